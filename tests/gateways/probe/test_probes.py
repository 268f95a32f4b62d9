"""One probe against servers of our own: TCP, HTTP, TLS, deadlines, and where the time goes."""

import asyncio
import contextlib
import socket

import pytest

from tests.gateways.probe.local_servers import (
    LOOPBACK,
    answer,
    ask,
    find_closed_port,
    read_request,
    say,
    serve,
    stay_silent,
)
from upheld.gateways.probe import Line, Verdict, prepare_order

GOOD, FAILED, REFUSED, HINDERED = Verdict.GOOD, Verdict.FAILED, Verdict.REFUSED, Verdict.HINDERED


async def greet(reader, writer):
    writer.write(b"220 mail.example ESM")
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.write(b"TP ready\r\n")
    await asyncio.sleep(5)


async def hang_up(reader, writer):
    writer.close()


class TestTcp:
    def test_connects(self, run):
        """A listener that accepts is good; nothing is sent to it."""
        heard = []

        async def listen(reader, writer):
            heard.append(await reader.read())

        async def probe():
            async with serve(listen) as port:
                seen = await ask(f"tcp://127.0.0.1:{port}")
                await asyncio.sleep(0.05)
                return seen

        seen = run(probe())

        assert (GOOD, "127.0.0.1", [b""]) == (seen.verdict, seen.address, heard)
        assert ["resolve", "connect", "whole"] == list(seen.phases)

    def test_fails_where_nobody_listens(self, run):
        """A closed port is a failed target, in words."""
        seen = run(ask(f"tcp://127.0.0.1:{find_closed_port()}"))

        assert (FAILED, "the target refused the connection") == (seen.verdict, seen.reason)

    def test_finds_a_text_in_a_greeting(self, run):
        """A mail server's greeting may be asked for, also when it comes in pieces."""

        async def probe():
            async with serve(greet) as port:
                return await ask(f"tcp://127.0.0.1:{port}", body="ESMTP")

        assert GOOD == run(probe()).verdict

    def test_fails_without_the_text(self, run):
        """A greeting without the text, or none, is a failure that quotes the text."""

        async def probe():
            async with serve(hang_up) as port:
                return await ask(f"tcp://127.0.0.1:{port}", body="ESMTP")

        seen = run(probe())

        assert (FAILED, True) == (seen.verdict, "'ESMTP' is not in what the target said" in seen.reason)

    def test_waits_for_a_backlog_no_longer_than_the_deadline(self, run):
        """A host that takes no more connections leaves us waiting: the deadline ends it."""

        async def probe():
            with contextlib.ExitStack() as open_sockets:
                full = open_sockets.enter_context(socket.socket())
                full.bind(("127.0.0.1", 0))
                full.listen(0)
                for _ in range(4):
                    waiting = open_sockets.enter_context(socket.socket())
                    waiting.setblocking(False)
                    waiting.connect_ex(full.getsockname())
                await asyncio.sleep(0.05)
                return await ask(f"tcp://127.0.0.1:{full.getsockname()[1]}", deadline_seconds=1)

        seen = run(probe())

        assert (FAILED, "no connection within 1 s") == (seen.verdict, seen.reason)
        assert 1_000_000 <= seen.whole_us < 1_500_000

    def test_reaches_ipv6(self, run):
        """IPv6 is probed like IPv4."""
        try:
            listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
        except OSError:
            pytest.skip("no IPv6 loopback on this machine")
        with listener:
            seen = run(ask(f"tcp://[::1]:{listener.getsockname()[1]}"))

        assert (GOOD, "::1") == (seen.verdict, seen.address)


class TestHttp:
    def test_times_the_phases(self, run):
        """Resolve, connect and first byte are timed in whole microseconds, and together are no more than the whole."""

        async def slow(reader, writer):
            await read_request(reader)
            await asyncio.sleep(0.05)
            writer.write(answer(b"hello"))

        async def probe():
            async with serve(slow) as port:
                return await ask(f"http://127.0.0.1:{port}/", body="hello")

        seen = run(probe())
        phases = dict(seen.phases)
        whole = phases.pop("whole")

        assert (GOOD, 200, 5) == (seen.verdict, seen.status, seen.body_size)
        assert {int} == {type(spent) for spent in phases.values()}
        assert phases["first_byte"] >= 50_000
        assert sum(phases.values()) <= whole

    def test_makes_a_new_connection_each_time(self, run):
        """Ten probes are ten connections, each with one request on it."""
        requests = []

        async def count(reader, writer):
            requests.append(await read_request(reader))
            writer.write(answer(b"ok"))

        async def probe():
            async with serve(count) as port:
                line = Line()
                order = prepare_order(f"http://127.0.0.1:{port}/", deadline_seconds=2, allowed=LOOPBACK)
                seen = [await line.ask(order) for _ in range(10)]
                line.close()
                return seen

        seen = run(probe())

        assert ([GOOD] * 10, 10) == ([each.verdict for each in seen], len(requests))

    def test_ignores_the_proxy_of_the_environment(self, run, monkeypatch):
        """A proxy setting changes nothing: the target itself is connected."""
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{find_closed_port()}")

        async def probe():
            async with serve(say(answer(b"direct"))) as port:
                return await ask(f"http://127.0.0.1:{port}/", body="direct")

        assert GOOD == run(probe()).verdict

    def test_is_failed_by_an_answer_after_the_deadline(self, run):
        """A good answer that was read late, because we were late, is not good."""
        now = [0]

        async def probe():
            async with serve(say(answer(b"ok"))) as port:
                line = Line(monotonic_us=lambda: now[0])
                order = prepare_order(f"http://127.0.0.1:{port}/", deadline_seconds=1, allowed=LOOPBACK)
                asking = asyncio.ensure_future(line.ask(order))
                await asyncio.sleep(0)
                now[0] = 1_000_001
                seen = await asking
                line.close()
                return seen

        seen = run(probe())

        assert (FAILED, "the answer took 1000 ms; expected at most 1000 ms") == (seen.verdict, seen.reason)


class TestTls:
    def test_verifies(self, run, authority):
        """A certificate of a trusted authority for this address is good, and its handshake is timed."""
        certified = authority.certify("127.0.0.1")

        async def probe():
            async with serve(say(answer(b"sealed")), tls=certified.tls) as port:
                return await ask(f"https://127.0.0.1:{port}/", ca_file=certified.ca_file, body="sealed")

        seen = run(probe())

        assert GOOD == seen.verdict
        assert seen.tls_us is not None
        assert seen.tls_us > 0

    @pytest.mark.parametrize(
        ("names", "years", "by_itself", "words"),
        [
            (("other.example",), (2020, 2119), False, "is for another address"),
            (("127.0.0.1",), (2000, 2001), False, "has expired"),
            (("127.0.0.1",), (2118, 2119), False, "is not valid yet"),
            (("127.0.0.1",), (2020, 2119), True, "is signed by itself"),
        ],
    )
    def test_refuses_a_certificate_with_a_reason(self, run, authority, names, years, by_itself, words):
        """Wrong name, expired, not yet valid, self-signed: each is said in plain words."""
        certified = authority.certify(*names, first_year=years[0], last_year=years[1], by_itself=by_itself)

        async def probe():
            async with serve(say(answer(b"x")), tls=certified.tls) as port:
                return await ask(f"https://127.0.0.1:{port}/", ca_file=certified.ca_file)

        seen = run(probe())

        assert (FAILED, True) == (seen.verdict, words in seen.reason), seen.reason

    def test_compares_the_host_name(self, run, authority):
        """The name in the URL is the name in the certificate, not the address it resolves to."""
        certified = authority.certify("good.example")

        async def probe():
            async with serve(say(answer(b"x")), tls=certified.tls) as port:
                line = Line(
                    ca_file=certified.ca_file, get_addresses=lambda host, port: [(socket.AF_INET, ("127.0.0.1", port))]
                )
                orders = (
                    prepare_order(f"https://{host}:{port}/", deadline_seconds=2, allowed=LOOPBACK)
                    for host in ("good.example", "bad.example")
                )
                seen = [await line.ask(order) for order in orders]
                line.close()
                return seen

        good, bad = run(probe())

        assert (GOOD, FAILED) == (good.verdict, bad.verdict)
        assert "is for another host name" in bad.reason

    def test_does_not_trust_an_unknown_authority(self, run, authority):
        """Without our authority among the trusted ones, its certificate is not accepted."""

        async def probe():
            async with serve(say(answer(b"x")), tls=authority.certify("127.0.0.1").tls) as port:
                return await ask(f"https://127.0.0.1:{port}/")

        assert run(probe()).verdict in (FAILED, HINDERED)

    @pytest.mark.parametrize(
        ("behave", "words"),
        [
            (stay_silent, "no TLS handshake within 1 s"),
            (hang_up, "during the TLS handshake"),
            (greet, "did not speak TLS"),
        ],
    )
    def test_fails_in_the_handshake(self, run, behave, words):
        """A server that is silent, closes or speaks plain where TLS is expected."""

        async def probe():
            async with serve(behave) as port:
                return await ask(f"https://127.0.0.1:{port}/", deadline_seconds=1)

        seen = run(probe())

        assert (FAILED, True) == (seen.verdict, words in seen.reason), seen.reason
        assert seen.whole_us < 2_000_000
