"""Where a probe goes: a URL read strictly, into the host, the port and the path that are really used."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

_PORTS = {"http": 80, "https": 443}
_SCHEMES = ("http", "https", "tcp")
_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\Z")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\]")


class UnfitTarget(ValueError):
    """A URL that no probe can be sent to; the text says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Target:
    """One place to probe. `place` holds family and socket address when the host is an address itself, else None."""

    scheme: str
    host: str
    port: int
    path: str
    place: tuple[socket.AddressFamily, tuple[str, int]] | None

    @property
    def is_secure(self) -> bool:
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """What an HTTP request says in `Host` (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if _PORTS.get(self.scheme) == self.port else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def read_target(url: str, *, schemes: tuple[str, ...] = _SCHEMES) -> Target:
    """Read `url` as a probe would. Raises UnfitTarget.

    >>> read_target("https://example.org/health?deep=1").path
    '/health?deep=1'
    """
    try:
        url = url.encode("ascii").decode()
    except UnicodeEncodeError:
        url = _spell_in_ascii(url)
    if len(url) > 2_048 or _UNFIT.search(url):
        raise UnfitTarget(f"expected a URL of at most 2048 printable characters without spaces, got {url[:80]!r}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise UnfitTarget(f"expected a URL such as https://example.org/, got {url!r}: {problem}") from None
    if parts.scheme not in schemes:
        raise UnfitTarget(f"expected one of {', '.join(schemes)}, got the scheme {parts.scheme!r} in {url!r}")
    return _assemble(parts, port, url)


def follow(target: Target, location: str) -> Target:
    """Where a redirect leads, read as strictly as the first URL and by HTTP alone. Raises UnfitTarget."""
    return read_target(urljoin(target.url, location), schemes=("http", "https"))


def _assemble(parts: SplitResult, port: int | None, url: str) -> Target:
    if parts.username is not None or parts.password is not None:
        raise UnfitTarget(f"expected a URL without a user and password, got them before @ in the host of {url!r}")
    host = (parts.hostname or "").removesuffix(".")
    port = _PORTS.get(parts.scheme) if port is None else port
    if not port:
        raise UnfitTarget(f"expected a port from 1 to 65535, as in tcp://example.org:5432, got {url!r}")
    place = _find_place(host, port)
    if place is None and not (_HOST.match(host) and all(1 <= len(label) <= 63 for label in host.split("."))):
        raise UnfitTarget(f"expected a host name or an address, got {host!r} in {url!r}")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "tcp":
        if path != "/":
            raise UnfitTarget(f"expected nothing behind the port of a tcp target, got {url!r}")
        path = ""
    return Target(parts.scheme, host, port, path, place)


def _find_place(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]] | None:
    # Only the two canonical spellings are addresses here; 127.1 and 0x7f.1 go to the resolver and are vetted after it.
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return family, (host, port)
    return None


def _spell_in_ascii(url: str) -> str:
    """A URL with a host in another script, with that host in its ASCII form (RFC 3490); the rest must be ASCII."""
    head, mark, rest = url.partition("://")
    authority, slash, tail = rest.partition("/")
    host, colon, port = authority.partition(":")
    try:
        return f"{head}{mark}{host.encode('idna').decode()}{colon}{port}{slash}{tail}".encode("ascii").decode()
    except UnicodeError:
        raise UnfitTarget(f"expected a host name that can be written in ASCII, and %-escapes, got {url!r}") from None
