"""Posting a text over HTTP(S) to a vetted address; errors name the host alone, since an address may hold a secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from upheld.gateways.probe import read_target
from upheld.gateways.probe.addresses import Network
from upheld.gateways.texts.text import NotTaken
from upheld.gateways.webhook.exchange import SECONDS_FOR_ALL, post_vetted

MOST_SAID = 16_384


@dataclass(frozen=True, slots=True)
class Wire:
    """Which private networks may be reached, and how long an answer may take."""

    networks: tuple[Network, ...] = ()
    seconds: float = SECONDS_FOR_ALL


def post_text(url: str, headers: Mapping[str, str], body: bytes, *, wire: Wire) -> tuple[str, int, bytes]:
    """The host asked, the status of its answer and the beginning of what it says; raises NotTaken where none comes."""
    try:
        target = read_target(url, schemes=("http", "https"))
    except ValueError:
        raise NotTaken("the address is no URL that begins with https:// or http://", for_ever=True) from None
    try:
        status, said = post_vetted(
            target, headers, body, networks=wire.networks, seconds=wire.seconds, most_bytes=MOST_SAID
        )  # fmt: skip
    except (OSError, HTTPException) as trouble:
        raise NotTaken(f"{target.authority}: {trouble or type(trouble).__name__}") from None
    return target.authority, status, said
