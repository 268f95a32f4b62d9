"""Asking a time stamping authority over HTTP(S), and believing its answer only when it verifies (RFC 3161)."""

from dataclasses import dataclass
from http.client import HTTPException
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from cryptography.x509 import Certificate, load_pem_x509_certificates

from upheld.core.timeline import Instant
from upheld.gateways.probe import read_target
from upheld.gateways.probe.addresses import Network
from upheld.gateways.webhook.exchange import SECONDS_FOR_ALL, post_vetted

LARGEST_ANSWER = 65_536
"""Bytes: a token with a long chain of certificates has some ten thousand."""
QUERY = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class UnusableAuthority(ValueError):
    """The settings name an authority that cannot be asked: the extra is missing, or the certificates are."""


class NotStamped(Exception):
    """No stamp came, or none that verifies; asked later, one may."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """The authority's whole answer (DER, TimeStampResp), and the time that it states."""

    token: bytes
    at: Instant


class Stamper(Protocol):
    def stamp(self, content: bytes) -> Stamped:
        """A stamp over the SHA-256 of the content; raises NotStamped."""
        ...


class FakeStamper:
    """Stamps with the time that it was made with, or refuses; for tests."""

    def __init__(self, at: Instant, refuses: str = "") -> None:
        self.at, self.refuses = at, refuses
        self.stamped: list[bytes] = []

    def stamp(self, content: bytes) -> Stamped:
        if self.refuses:
            raise NotStamped(self.refuses)
        self.stamped.append(content)
        return Stamped(b"fake", self.at)


class Authority:
    """One authority, by its address. Its certificate must come from one of the roots that the operator chose."""

    def __init__(self, library: Any, url: str, roots: list[Certificate], networks: tuple[Network, ...]) -> None:
        self._library, self._roots, self._networks = library, roots, networks
        self._target = read_target(url, schemes=("http", "https"))

    def stamp(self, content: bytes) -> Stamped:
        """A stamp over the SHA-256 of the content, verified; raises NotStamped."""
        library, name = self._library, self._target.authority
        asked = library.TimestampRequestBuilder(content, library.HashAlgorithm.SHA256).build()
        try:
            status, token = post_vetted(
                self._target, QUERY, asked.as_bytes(), networks=self._networks, seconds=SECONDS_FOR_ALL,
                most_bytes=LARGEST_ANSWER,
            )  # fmt: skip
        except (OSError, HTTPException) as trouble:
            raise NotStamped(f"{name}: {trouble or type(trouble).__name__}") from None
        if status != 200:
            raise NotStamped(f"{name} answered {status}")
        try:
            answer = library.decode_timestamp_response(token)
            verifier = library.VerifierBuilder(roots=self._roots, nonce=asked.nonce).build()
            verifier.verify_message(answer, content)
            return Stamped(token, Instant.of(answer.tst_info.gen_time))
        except (ValueError, library.VerificationError) as problem:
            raise NotStamped(f"the stamp of {name} does not verify: {problem}") from None


def open_authority(url: str, roots: Path | None, networks: tuple[Network, ...] = ()) -> Authority:
    """The authority at an address, whose stamps verify with the PEM certificates in a file. Raises UnusableAuthority."""
    try:
        library = import_module("rfc3161_client")
    except ImportError:
        raise UnusableAuthority(
            "UPHELD_TSA_URL names an authority, and the extra is not installed: pip install 'upheld[stamps]'"
        ) from None
    if roots is None:
        raise UnusableAuthority("UPHELD_TSA_ROOTS names the file with the authority's root certificates (PEM); it is empty")
    try:
        return Authority(library, url, load_pem_x509_certificates(roots.read_bytes()), networks)
    except (OSError, ValueError) as problem:
        raise UnusableAuthority(f"UPHELD_TSA_URL, UPHELD_TSA_ROOTS: {problem}") from None
