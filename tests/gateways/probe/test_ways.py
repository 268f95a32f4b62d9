"""On the way to a target: redirects, names, our own machine's faults, and what a probe leaves behind."""

import asyncio
import contextlib
import errno
import gc
import os
import resource
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from upheld.gateways.probe import Answer, Line, Verdict, prepare_order
from upheld.gateways.probe.attempt import Attempt
from upheld.gateways.probe.body import Body
from upheld.gateways.probe.connection import Connection
from upheld.gateways.probe.reasons import judge_connect
from upheld.gateways.probe.reply import Reply

GOOD, FAILED, REFUSED, HINDERED = Verdict.GOOD, Verdict.FAILED, Verdict.REFUSED, Verdict.HINDERED


async def hang_up(reader, writer):
    writer.close()


def redirect(location: bytes, status: bytes = b"302 Found"):
    return say(answer(b"", b"Location: " + location, status=status))


class TestRedirects:
    def test_follows_when_asked(self, run):
        """Asked to follow, the last answer counts; not asked, the redirect itself does."""

        async def probe():
            async with serve(say(answer(b"here"))) as there, serve(redirect(b"http://127.0.0.1:%d/" % there)) as port:
                followed = await ask(f"http://127.0.0.1:{port}/", redirects=1, body="here")
                stayed = await ask(f"http://127.0.0.1:{port}/", status="302")
                return followed, stayed

        followed, stayed = run(probe())

        assert (GOOD, 200, GOOD, 302) == (followed.verdict, followed.status, stayed.verdict, stayed.status)

    def test_ends_a_circle(self, run):
        """A server that redirects to itself for ever is left after as many redirects as were asked for."""

        async def probe():
            async with serve(redirect(b"/again")) as port:
                return await ask(f"http://127.0.0.1:{port}/", redirects=5)

        seen = run(probe())

        assert (FAILED, "expected status 200-299, got 302") == (seen.verdict, seen.reason)

    @pytest.mark.parametrize(
        ("location", "verdict"),
        [
            (b"http://169.254.169.254/latest/meta-data/", REFUSED),
            (b"http://[::ffff:169.254.169.254]/", REFUSED),
            (b"http://127.0.0.2:22/", REFUSED),
            (b"http://0x7f000002/", REFUSED),
            (b"http://10.0.0.1/", REFUSED),
            (b"//192.168.0.1/", REFUSED),
            (b"file:///etc/passwd", FAILED),
            (b"gopher://127.0.0.1:25/", FAILED),
            (b"http://user@127.0.0.1/", FAILED),
            (b"http://\xff\xfe/", FAILED),
            (b"http://" + b"x" * 4000, FAILED),
        ],
    )
    def test_vets_each_step(self, run, location, verdict):
        """Where a redirect leads is vetted like the first target, with the same allowances and no others."""

        async def probe():
            async with serve(redirect(location)) as port:
                return await ask(f"http://127.0.0.1:{port}/", allowed=("127.0.0.1/32",), redirects=5)

        assert verdict == run(probe()).verdict

    def test_shares_one_deadline(self, run):
        """Five slow redirects together have no more time than one answer."""

        async def slow(reader, writer):
            await read_request(reader)
            await asyncio.sleep(0.4)
            writer.write(answer(b"", b"Location: /", status=b"302 Found"))

        async def probe():
            async with serve(slow) as port:
                return await ask(f"http://127.0.0.1:{port}/", redirects=5, deadline_seconds=1)

        seen = run(probe())

        assert FAILED == seen.verdict
        assert seen.whole_us < 2_000_000


class TestNames:
    def ask_with(self, run, get_addresses, **conditions):
        async def probe():
            line = Line(get_addresses=get_addresses)
            try:
                order = prepare_order(
                    **{"url": "http://name.example/", "deadline_seconds": 1, "allowed": LOOPBACK, **conditions}
                )
                return await line.ask(order)
            finally:
                line.close()

        return run(probe())

    def test_connects_only_what_it_vetted(self, run):
        """A name that changes between two look-ups (rebinding) is looked up once per attempt and vetted as found."""
        asked = []

        def flip(host, port):
            asked.append(host)
            return [(socket.AF_INET, ("169.254.169.254" if len(asked) % 2 else "127.0.0.1", port))]

        seen = self.ask_with(run, flip)

        assert (REFUSED, 1) == (seen.verdict, len(asked))

    def test_skips_closed_addresses_beside_open_ones(self, run):
        """A name with a closed and an open address: only the open one is connected."""

        async def probe():
            async with serve(say(answer(b"ok"))) as port:
                places = [(socket.AF_INET, ("10.0.0.1", port)), (socket.AF_INET, ("127.0.0.1", port))]
                line = Line(get_addresses=lambda host, _: places)
                seen = await line.ask(prepare_order(f"http://name.example:{port}/", deadline_seconds=1, allowed=LOOPBACK))
                line.close()
                return seen

        seen = run(probe())

        assert (GOOD, "127.0.0.1") == (seen.verdict, seen.address)

    def test_tries_the_next_address(self, run):
        """The first of two addresses refuses the connection: the second one is tried, within the same deadline."""

        async def probe():
            async with serve(say(answer(b"ok"))) as port:
                places = [(socket.AF_INET, ("127.0.0.9", port)), (socket.AF_INET, ("127.0.0.1", port))]
                line = Line(get_addresses=lambda host, _: places)
                seen = await line.ask(prepare_order(f"http://name.example:{port}/", deadline_seconds=1, allowed=LOOPBACK))
                line.close()
                return seen

        seen = run(probe())

        assert (GOOD, "127.0.0.1") == (seen.verdict, seen.address)

    @pytest.mark.parametrize(
        ("problem", "verdict", "words"),
        [
            (socket.gaierror(socket.EAI_NONAME, "x"), FAILED, "has no address"),
            (socket.gaierror(socket.EAI_AGAIN, "x"), FAILED, "no answer came for the name"),
            (socket.gaierror(socket.EAI_SYSTEM, "x"), HINDERED, "this machine could not resolve names"),
            (OSError(errno.EMFILE, "too many"), FAILED, "could not be resolved"),
        ],
    )
    def test_says_why_a_name_is_not_found(self, run, problem, verdict, words):
        """The reason names the name; the resolve phase stays open, so that a control by name is asked for."""

        def fail(host, port):
            raise problem

        seen = self.ask_with(run, fail)

        assert (verdict, None, True) == (seen.verdict, seen.resolve_us, words in seen.reason)

    def test_is_not_held_up_by_a_slow_resolver(self, run):
        """A resolver that takes its time ends with the deadline, not with the resolver."""
        began = time.monotonic()

        seen = self.ask_with(run, lambda host, port: time.sleep(3))

        assert (FAILED, True) == (seen.verdict, "no answer for the name" in seen.reason)
        assert time.monotonic() - began < 2

    def test_knows_when_it_did_not_get_to_ask(self, run):
        """More slow names than threads: those that were never asked for are our own fault, not the target's."""

        def sleep_and_fail(host, port):
            time.sleep(2)
            raise OSError("too late")

        async def probe():
            line = Line(get_addresses=sleep_and_fail)
            orders = (prepare_order(f"http://n{n}.example/", deadline_seconds=1) for n in range(40))
            seen = await asyncio.gather(*(line.ask(order) for order in orders))
            line.close()
            return seen

        verdicts = [seen.verdict for seen in run(probe())]

        assert (32, 8) == (verdicts.count(FAILED), verdicts.count(HINDERED))


class TestOwnFaults:
    @pytest.mark.parametrize("code", [errno.EMFILE, errno.ENOBUFS, errno.EADDRNOTAVAIL, errno.ENETDOWN, errno.EPERM])
    def test_are_not_the_targets(self, code):
        """Out of sockets, ports or network: nothing was learnt about the target."""
        assert HINDERED == judge_connect(code, at_once=True)[0]

    def test_a_missing_route_is_ours_only_before_anything_was_sent(self):
        """The kernel has no route: ours. A router says so later: about the target."""
        assert HINDERED == judge_connect(errno.ENETUNREACH, at_once=True)[0]
        assert FAILED == judge_connect(errno.ENETUNREACH, at_once=False)[0]

    def test_running_out_of_descriptors_fails_no_target(self, run):
        """With no descriptor left, a healthy target is not called failed; and probes work again afterwards."""

        async def probe():
            line = Line()
            with contextlib.ExitStack() as taken:
                listener = taken.enter_context(socket.create_server(("127.0.0.1", 0)))
                port = listener.getsockname()[1]
                order = prepare_order(f"tcp://127.0.0.1:{port}", deadline_seconds=2, allowed=LOOPBACK)
                _, hard = limits = resource.getrlimit(resource.RLIMIT_NOFILE)
                taken.callback(resource.setrlimit, resource.RLIMIT_NOFILE, limits)
                resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, os.listdir("/proc/self/fd"))) + 2, hard))
                with contextlib.ExitStack() as copies:
                    with contextlib.suppress(OSError):
                        while True:  # until every descriptor is taken
                            copies.callback(os.close, os.dup(listener.fileno()))
                    hindered = await line.ask(order)
                good = await line.ask(order)
            line.close()
            return hindered, good

        hindered, good = run(probe())

        assert (HINDERED, GOOD) == (hindered.verdict, good.verdict)
        assert "file descriptor" in hindered.reason


def count_parts() -> int:
    """How many parts of probes are in memory."""
    # By type, not by isinstance: that would wake the lazy objects of whoever else's tests ran in this process.
    return sum(type(thing) in (Attempt, Connection, Reply) for thing in gc.get_objects())


class TestLine:
    def test_leaves_no_descriptor_open(self, run):
        """After two hundred probes of every fate, as many descriptors are open as before."""

        async def probe():
            async with serve(say(answer(b"ok"))) as good, serve(hang_up) as bad:
                line = Line()
                urls = (f"http://127.0.0.1:{good}/", f"http://127.0.0.1:{bad}/", f"tcp://127.0.0.1:{find_closed_port()}")
                orders = [prepare_order(url, deadline_seconds=2, allowed=LOOPBACK) for url in urls] * 20
                await asyncio.gather(*(line.ask(order) for order in orders[:3]))
                before = len(os.listdir("/proc/self/fd"))
                for _ in range(4):
                    await asyncio.gather(*(line.ask(order) for order in orders))
                await asyncio.sleep(0.2)
                after = len(os.listdir("/proc/self/fd"))
                watched = len(line.wire)
                line.close()
                return before, after, watched

        before, after, watched = run(probe())

        assert (0, True) == (watched, after <= before + 2), (before, after)

    def test_is_freed_without_the_cycle_collector(self, run):
        """A finished probe leaves nothing behind for the collector, whose pauses would delay other probes."""

        async def probe():
            async with serve(say(answer(b"ok"))) as port:
                line = Line()
                order = prepare_order(f"http://127.0.0.1:{port}/", deadline_seconds=2, allowed=LOOPBACK, body="ok")
                gc.collect()
                gc.disable()
                try:
                    before = count_parts()
                    for _ in range(20):
                        await line.ask(order)
                    return count_parts() - before
                finally:
                    gc.enable()
                    line.close()

        assert 0 == run(probe())

    def test_an_abandoned_probe_says_nothing(self, run):
        """Called off, an attempt closes its socket and never answers."""
        answers: list[Answer] = []

        async def probe():
            async with serve(stay_silent) as port:
                line = Line()
                order = prepare_order(f"http://127.0.0.1:{port}/", deadline_seconds=1, allowed=LOOPBACK)
                attempt = line.start(order, answers.append)
                await asyncio.sleep(0.05)
                attempt.abandon()
                watched = len(line.wire)
                await asyncio.sleep(1.2)
                line.close()
                return watched

        assert (0, []) == (run(probe()), answers)


@given(st.binary(min_size=1, max_size=6), st.binary(max_size=60), st.lists(st.integers(1, 7), max_size=30))
def test_finds_a_text_however_the_body_is_cut(text, page, sizes):
    """Cut anywhere, a text is found exactly when it is there."""
    body = Body(text)
    rest = page
    for size in sizes:
        body.take(rest[:size])
        rest = rest[size:]
    body.take(rest)

    assert (text in page) == body.is_found
