"""Which addresses a probe may connect to: the public ones, and the networks an operator names.

The address about to be connected is vetted, never the text of a name or a URL: `127.1`, `0x7f.1` and a name that
resolves to loopback are all the same four bytes here. The table is our own, after the IANA special-purpose registries
(RFC 6890 and its updates), because `ipaddress.is_private` passes shared space, multicast, cloud metadata hosts and IPv4
addresses wrapped in IPv6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

_CLOSED_V4 = tuple(
    (IPv4Network(text), name)
    for text, name in (
        ("0.0.0.0/8", "this host (RFC 791)"),
        ("10.0.0.0/8", "private (RFC 1918)"),
        ("100.64.0.0/10", "shared by carriers and clouds (RFC 6598)"),
        ("127.0.0.0/8", "loopback (RFC 1122)"),
        ("168.63.129.16/32", "the host of a cloud machine"),
        ("169.254.0.0/16", "link-local, where clouds answer with credentials (RFC 3927)"),
        ("172.16.0.0/12", "private (RFC 1918)"),
        ("192.0.0.0/24", "set aside for protocols (RFC 6890)"),
        ("192.0.2.0/24", "documentation (RFC 5737)"),
        ("192.88.99.0/24", "retired 6to4 relays (RFC 7526)"),
        ("192.168.0.0/16", "private (RFC 1918)"),
        ("198.18.0.0/15", "benchmarking (RFC 2544)"),
        ("198.51.100.0/24", "documentation (RFC 5737)"),
        ("203.0.113.0/24", "documentation (RFC 5737)"),
        ("224.0.0.0/4", "multicast (RFC 5771)"),
        ("240.0.0.0/4", "reserved or broadcast (RFC 1112)"),
    )
)
_OPEN_V6 = IPv6Network("2000::/3")  # the only space given out for the public internet (RFC 4291)
_CLOSED_V6 = tuple(
    (IPv6Network(text), name)
    for text, name in (
        ("::1/128", "loopback (RFC 4291)"),
        ("::/96", "unspecified, or an IPv4 address in a retired form (RFC 4291)"),
        ("64:ff9b:1::/48", "translation inside one network (RFC 8215)"),
        ("100::/64", "discarded (RFC 6666)"),
        ("2001::/23", "set aside for protocols, Teredo among them (RFC 2928, RFC 4380)"),
        ("2001:db8::/32", "documentation (RFC 3849)"),
        ("3fff::/20", "documentation (RFC 9637)"),
        ("5f00::/16", "segment routing (RFC 9602)"),
        ("fc00::/7", "private (RFC 4193)"),
        ("fe80::/10", "link-local (RFC 4291)"),
        ("fec0::/10", "private, retired (RFC 3879)"),
        ("ff00::/8", "multicast (RFC 4291)"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_ISATAP_MARKS = (0x0000_5EFE, 0x0200_5EFE)  # the upper half of an ISATAP interface identifier (RFC 5214)


@dataclass(frozen=True)
class Refusal:
    """An address that must not be connected, and why, in words for the person who set up the check."""

    address: str
    because: str

    def __str__(self) -> str:
        return (
            f"refused: {self.address} is {self.because}; expected a public address, "
            "or name its network among the allowed networks of this check"
        )


@lru_cache(maxsize=1_024)  # thousands of checks allow the same: they share it
def read_networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """The networks named by an operator, in CIDR notation. Raises ValueError with the text that is none."""
    networks = []
    for text in texts:
        try:
            networks.append(ip_network(text))
        except ValueError as problem:
            raise ValueError(f"expected a network such as 127.0.0.0/8, got {text!r}: {problem}") from None
    return tuple(networks)


@lru_cache(maxsize=8_192)
def vet_address(address: str, allowed: tuple[Network, ...] = ()) -> Refusal | None:
    """None when `address` may be connected, else the refusal.

    An allowance speaks of the address as it goes on the wire; only `::ffff:a.b.c.d` equals `a.b.c.d`. So allowing
    127.0.0.0/8 does not open the NAT64 or 6to4 spelling of loopback.

    >>> vet_address("93.184.215.14") is None
    True
    >>> print(vet_address("64:ff9b::7f00:1").because)
    127.0.0.1 behind NAT64 (RFC 6052): loopback (RFC 1122)
    """
    try:
        parsed = ip_address(address.partition("%")[0])  # a zone such as %eth0 chooses a link, not an address
    except ValueError:
        return Refusal(address, "not an address")
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if any(parsed in network for network in allowed):
        return None
    because = _why_closed(parsed)
    return Refusal(address, because) if because else None


def _why_closed(parsed: IPv4Address | IPv6Address) -> str | None:
    if isinstance(parsed, IPv4Address):
        return next((name for network, name in _CLOSED_V4 if parsed in network), None)
    for network, name in _CLOSED_V6:
        if parsed in network:
            return name
    embedded = _find_embedded(parsed)
    if embedded is not None:
        inner, form = embedded
        name_of_inner = _why_closed(inner)
        return f"{inner} behind {form}: {name_of_inner}" if name_of_inner else None
    return None if parsed in _OPEN_V6 else "outside the public IPv6 space 2000::/3 (RFC 4291)"


def _find_embedded(parsed: IPv6Address) -> tuple[IPv4Address, str] | None:
    """The IPv4 address that a gateway on the way would connect instead, and by which form."""
    number = int(parsed)
    if parsed in _NAT64:
        return IPv4Address(number & 0xFFFF_FFFF), "NAT64 (RFC 6052)"
    if parsed in _SIX_TO_FOUR:
        return IPv4Address(number >> 80 & 0xFFFF_FFFF), "6to4 (RFC 3056)"
    if number >> 32 & 0xFFFF_FFFF in _ISATAP_MARKS:
        return IPv4Address(number & 0xFFFF_FFFF), "ISATAP (RFC 5214)"
    return None
