"""Which addresses are closed: a corpus of spellings, each vetted as the address that would really be connected."""

import asyncio
import doctest
import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gateways.probe.local_servers import ask
from upheld.gateways.probe import Line, Verdict, addresses, prepare_order, read_networks, vet_address
from upheld.gateways.probe.connection import Connection


def read_words(text: str) -> list[str]:
    return text.split()


CLOSED = read_words("""
0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 127.0.0.0
127.0.0.1 127.0.0.53 127.1.2.3 127.255.255.255 168.63.129.16 169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255
172.16.0.0 172.17.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.0.255 192.0.2.1 192.88.99.1 192.168.0.1
192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 224.0.0.251 232.1.2.3 239.255.255.255
240.0.0.1 254.1.1.1 255.255.255.255 :: ::1 ::2 ::127.0.0.1 ::7f00:1 ::10.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1
::ffff:7f00:1 ::ffff:10.1.2.3 ::ffff:169.254.169.254 ::ffff:192.168.1.1 ::ffff:100.64.1.1 ::ffff:0.0.0.0
::ffff:224.0.0.1 ::ffff:168.63.129.16 ::FFFF:172.16.0.1 0:0:0:0:0:ffff:7f00:1 0000:0000:0000:0000:0000:0000:0000:0001
0:0:0:0:0:0:0:0 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 64:ff9b::192.168.0.1
64:ff9b::0.0.0.0 64:ff9b::100.64.0.1 64:ff9b::224.0.0.1 64:ff9b::a83f:8110 64:ff9b:1::1 64:ff9b:1::7f00:1
64:ff9b:1:ffff::8.8.8.8 64:ff9b:1:fffe:a9fe:a9fe:: 100::1 100::ffff:ffff:ffff:ffff 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:1ff:ffff::1 2001:db8::1 2001:db8:ffff::1
2002:7f00:1:: 2002:7f00:1::1 2002:a9fe:a9fe:: 2002:a00:1:: 2002:c0a8:101::1 2002:0:0:: 2002:e000:1:: 2002:6440:1::
2002:a83f:8110:: 3fff::1 3fff:fff:ffff::1 4000::1 5f00::1 8000::1 a000::1 c000::1 e000::1 fc00::1 fd00::1
fd00:ec2::254 fdff:ffff::1 fe80::1 fe80::1%lo fe80::1%eth0 febf::1 fec0::1 feff::1 fe00::1 ff00::1 ff01::1 ff02::1
ff02::fb ff05::2 ff0e::1 ffff::1 1::1 1fff::1 200::1 0:1::1 2600:1::5efe:7f00:1 2600:1::200:5efe:a00:1
2600:1::5efe:169.254.169.254 ::ffff:0:127.0.0.1
""")

OPEN = read_words("""
1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
168.63.129.15 168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.1 192.0.3.0
192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 203.0.112.255
223.255.255.255 ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808:: 2000::1 2001:200::1 2001:4860:4860::8888 2003::1
2606:4700::1111 2620:fe::fe 2a00:1450::1 3ffe::1 2600:1::5efe:8.8.8.8
""")

# Spellings that only a resolver understands: what it makes of them is what gets vetted.
SPELLED = read_words("""
127.1 127.0.1 0 1 0x0 00 0x7f.1 0x7f000001 0x7F000001 2130706433 017700000001 0177.0.0.1 0177.1 127.0.0.01 127.0.0.0x1
0x7f.0x0.0x0.0x1 0x7f.0.1 127.0x1 10.1 012.1 0xa.1 0xa000001 167772161 172.1048577 0xac.0x10.1 192.168.257 192.168.1
0xc0a80001 3232235521 0300.0250.1 169.254.43518 0xa9fea9fe 2852039166 0251.0376.0251.0376 0xa9.0xfe.0xa9.0xfe
0xa9.254.0251.254 100.4219904 0x64400001 0xe0000001 4294967295 0xffffffff 037777777777 255.16777215
""")


class TestVetAddress:
    @pytest.mark.parametrize("address", CLOSED)
    def test_closes(self, address):
        """Each of these leads somewhere that is not the public internet; the refusal names it and says why."""
        refusal = vet_address(address)

        assert refusal is not None
        assert address in str(refusal)

    @pytest.mark.parametrize("address", OPEN)
    def test_leaves_open(self, address):
        """Neighbours of the closed networks, and ordinary public hosts, may be probed."""
        assert vet_address(address) is None

    def test_the_corpus_is_large_enough(self):
        """At least 150 different spelled addresses are closed."""
        assert len({*CLOSED, *SPELLED}) >= 150

    @pytest.mark.parametrize("nonsense", ["", "localhost", "1.2.3", "1.2.3.4.5", "::g", "127.1", "0x7f.1", "1.2.3.256"])
    def test_closes_what_is_no_address(self, nonsense):
        """Only an address in its plain form can be vetted; everything else is refused."""
        refusal = vet_address(nonsense)

        assert refusal is not None
        assert refusal.because == "not an address"

    def test_opens_a_named_network(self):
        """An operator names loopback: it may be probed, also as IPv4 in an IPv6 socket; its neighbours may not."""
        allowed = read_networks(("127.0.0.0/8",))

        assert vet_address("127.0.0.1", allowed) is None
        assert vet_address("::ffff:127.0.0.1", allowed) is None
        assert vet_address("10.0.0.1", allowed) is not None

    @pytest.mark.parametrize("address", ["64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "2600:1::5efe:7f00:1", "::1"])
    def test_opens_no_other_spelling_of_it(self, address):
        """What goes on the wire is another address: a gateway far away would connect its own loopback."""
        assert vet_address(address, read_networks(("127.0.0.0/8",))) is not None

    @given(st.integers(0, 2**32 - 1))
    def test_is_never_laxer_than_the_registry_of_python(self, number):
        """Every IPv4 address that Python knows as not global is closed here too."""
        address = ipaddress.IPv4Address(number)
        if not address.is_global or address.is_multicast or address.is_reserved:
            assert vet_address(str(address)) is not None

    @given(st.sampled_from([text for text in CLOSED if ":" not in text]))
    def test_sees_through_every_wrapping(self, address):
        """A closed IPv4 address stays closed in each IPv6 form that carries it."""
        number = int(ipaddress.IPv4Address(address))
        wrapped = [
            ipaddress.IPv6Address((0xFFFF << 32) | number),
            ipaddress.IPv6Address(number),
            ipaddress.IPv6Address((0x64FF9B << 96) | number),
            ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
            ipaddress.IPv6Address((0x2600 << 112) | (0x5EFE << 32) | number),
        ]

        assert [] == [str(form) for form in wrapped if vet_address(str(form)) is None]


class TestReadNetworks:
    @pytest.mark.parametrize("text", ["127.0.0.1/8", "loopback", "10.0.0.0/33", "", "127.0.0.0/8 "])
    def test_refuses_what_is_no_network(self, text):
        """A typing error in an allowance opens nothing: it is an error that quotes it."""
        with pytest.raises(ValueError, match="expected a network such as"):
            read_networks((text,))


@pytest.mark.parametrize("spelling", SPELLED)
def test_no_spelling_of_a_closed_address_is_connected(spelling, monkeypatch):
    """The resolver turns odd spellings into closed addresses: the probe is refused and nothing is dialled."""
    dialled = []
    monkeypatch.setattr(Connection, "dial", lambda self, place: dialled.append(place))

    answer = asyncio.run(ask(f"http://{spelling}/", allowed=()))

    assert (Verdict.REFUSED, []) == (answer.verdict, dialled)


@pytest.mark.parametrize("address", CLOSED)
def test_no_name_leads_to_a_closed_address(address, monkeypatch):
    """A name that resolves to a closed address is refused like the address itself, whatever the record says."""
    dialled = []
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(Connection, "dial", lambda self, place: dialled.append(place))

    async def probe():
        line = Line(get_addresses=lambda host, port: [(family, (address, port))])
        try:
            return await line.ask(prepare_order("http://innocent.example/", deadline_seconds=2))
        finally:
            line.close()

    answer = asyncio.run(probe())

    assert (Verdict.REFUSED, []) == (answer.verdict, dialled)
    assert "innocent.example: refused" in answer.reason


def test_the_examples_in_the_docstrings_run():
    """The examples shown are true."""
    assert (0, True) == (doctest.testmod(addresses).failed, doctest.testmod(addresses).attempted > 0)
