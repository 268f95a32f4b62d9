"""Whatever a server does: the probe answers by its deadline (and a second), with a sentence a person can read."""

import asyncio
import gzip
import resource
import time
import zlib

import pytest

from tests.gateways.probe.local_servers import answer, ask, read_request, repeat, reset, say, serve, stay_silent
from upheld.gateways.probe import Verdict

DEADLINE = 1
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = b"Content-Encoding: gzip"
UPGRADE = b"HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
GOOD, FAILED = Verdict.GOOD, Verdict.FAILED


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(256)) + packer.flush()


async def hang_up(reader, writer):
    writer.close()


async def hold_after_half_close(reader, writer):
    await read_request(reader)
    writer.write(OK + b"Content-Length: 100\r\n\r\nten bytes.")
    writer.write_eof()
    await asyncio.sleep(60)


async def send_all_at_once_unasked(reader, writer):
    writer.write(answer(b"the needle, unasked"))
    await asyncio.sleep(60)


async def never_read(reader, writer):
    writer.transport.pause_reading()
    await asyncio.sleep(60)


# name, what the server does, the text expected in the body, the verdict, words of the reason
BEHAVIOURS = [
    ("endless body", repeat(OK + b"\r\n", b"x" * 65_536), "needle", FAILED, "not in the first 1048576 bytes"),
    ("endless body that is not looked at", repeat(OK + b"\r\n", b"x" * 65_536), None, GOOD, "as expected"),
    ("endless chunks of one byte", repeat(CHUNKED, b"1\r\nx\r\n" * 4096), "needle", FAILED, "more than 65536 pieces"),
    ("endless empty-looking chunk extensions", repeat(CHUNKED, b"1;" + b"e" * 8000 + b"\r\nx\r\n"), "needle", FAILED, ""),
    ("endless headers", repeat(OK, b"X-More: yes\r\n" * 100), None, FAILED, "longer than 65536 bytes"),
    ("one endless header", repeat(OK + b"X-More: ", b"x" * 4096), None, FAILED, "longer than 65536 bytes"),
    ("endless header name", repeat(OK, b"x" * 4096), None, FAILED, "longer than 65536 bytes"),
    ("endless status line", repeat(b"HTTP/1.1 200 ", b"O" * 4096), None, FAILED, "longer than 65536 bytes"),
    ("endless interim answers", repeat(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 50), None, FAILED, "longer"),
    ("endless trailers", repeat(CHUNKED + b"1\r\nx\r\n0\r\n", b"X-T: y\r\n" * 200), None, FAILED, "longer"),
    ("endless empty lines before the answer", repeat(b"", b"\r\n" * 4096), None, FAILED, ""),
    ("headers that drip", repeat(OK, b"X", pause=0.02), None, FAILED, "no whole answer within 1 s"),
    ("a body that drips", repeat(OK + b"\r\n", b"x", pause=0.02), None, FAILED, "no whole answer within 1 s"),
    ("silence after the connection", stay_silent, None, FAILED, "no whole answer within 1 s"),
    ("nothing is read", never_read, None, FAILED, "no whole answer within 1 s"),
    ("hangs up at once", hang_up, None, FAILED, "the connection"),
    ("breaks off", reset, None, FAILED, "broke the connection off"),
    ("closes after the request", say(), None, FAILED, "before a whole answer, after 0 bytes"),
    ("closes in the status line", say(b"HTTP/1.1 20"), None, FAILED, "before a whole answer, after 11 bytes"),
    ("closes in the headers", say(OK + b"Content-Le"), None, FAILED, "before a whole answer"),
    ("closes in the body", say(OK + b"Content-Length: 100\r\n\r\nten bytes."), None, FAILED, "inside the body, after 10"),
    ("half closes in the body and stays", hold_after_half_close, None, FAILED, "inside the body, after 10"),
    ("closes between chunks", say(CHUNKED + b"5\r\nhello\r\n"), None, FAILED, "inside the body"),
    ("random bytes", say(bytes(range(256)) * 8), None, FAILED, "not proper HTTP"),
    ("another protocol", say(b"SSH-2.0-OpenSSH_9.2\r\n"), None, FAILED, "not proper HTTP"),
    ("a page without a head (HTTP/0.9)", say(b"<html>needle</html>"), "needle", FAILED, "not proper HTTP"),
    ("a TLS alert", say(b"\x15\x03\x01\x00\x02\x02\x46"), None, FAILED, "not proper HTTP"),
    ("a negative length", say(OK + b"Content-Length: -1\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("a length with a sign", say(OK + b"Content-Length: +1\r\n\r\nx"), None, FAILED, "not proper HTTP"),
    ("a length beyond 64 bits", say(OK + b"Content-Length: 99999999999999999999\r\n\r\n"), None, FAILED, "not proper"),
    ("two lengths", say(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"), None, FAILED, "not proper HTTP"),
    ("a length and chunks", say(CHUNKED[:-2] + b"Content-Length: 3\r\n\r\n0\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("a chunk size that is none", say(CHUNKED + b"zz\r\nhello\r\n"), None, FAILED, "not proper HTTP"),
    ("a chunk size beyond 64 bits", say(CHUNKED + b"f" * 17 + b"\r\nhello\r\n"), None, FAILED, "not proper HTTP"),
    ("a chunk longer than it says", say(CHUNKED + b"1\r\nhello\r\n"), None, FAILED, "not proper HTTP"),
    ("a NUL in a header", say(OK + b"X: a\x00b\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("a space before the colon", say(OK + b"Content-Length : 0\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("a status of four digits", say(b"HTTP/1.1 2000 OK\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("a status that is no number", say(b"HTTP/1.1 OK\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("an unknown HTTP version", say(b"HTTP/9.9 200 OK\r\n\r\n"), None, FAILED, "not proper HTTP"),
    ("switching protocols unasked", say(UPGRADE), None, FAILED, "got 101"),
    ("a packed bomb", say(answer(bomb(), GZIP)), "needle", FAILED, "not in the first 1048576"),
    ("a bomb in a bomb", say(answer(bomb(), b"Content-Encoding: gzip, gzip")), "needle", FAILED, "packed as"),
    ("packing that is broken", say(answer(b"\x1f\x8bgarbage", GZIP)), "needle", FAILED, "cannot be unpacked"),
    ("packing that is unknown", say(answer(b"xx", b"Content-Encoding: br")), "needle", FAILED, "packed as"),
    ("packing that ends early", say(answer(gzip.compress(b"needle" * 9)[:-12], GZIP)), "noodle", FAILED, "not in"),
    ("the text only after the limit", say(OK + b"\r\n" + b"x" * 1_048_576 + b"needle"), "needle", FAILED, "in the first"),
    ("the wrong status", say(answer(b"needle", status=b"503 Busy")), "needle", FAILED, "expected status 200-299, got 503"),
    ("the wrong text", say(answer(b"all is well")), "needle", FAILED, "the text 'needle' is not in the body"),
    ("an answer before the question", send_all_at_once_unasked, "needle", GOOD, "as expected"),
    ("an interim answer first", say(b"HTTP/1.1 103 Hints\r\n\r\n", answer(b"needle"), pause=0.05), "needle", GOOD, ""),
    ("one byte at a time, in time", say(*(bytes((b,)) for b in answer(b"needle")), pause=0.003), "needle", GOOD, ""),
    ("more than it announced", say(answer(b"needle") + b"surplus"), "needle", GOOD, "as expected"),
    ("packed in two members", say(answer(gzip.compress(b"nee") + gzip.compress(b"dle"), GZIP)), "needle", GOOD, ""),
    ("packed with zlib", say(answer(zlib.compress(b"needle"), b"Content-Encoding: deflate")), "needle", GOOD, ""),
    ("a body without a length", say(OK + b"\r\nthe needle"), "needle", GOOD, "as expected"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "behave", "text", "verdict", "words"), BEHAVIOURS, ids=[row[0] for row in BEHAVIOURS])
def test_answers_in_time_and_in_words(run, name, behave, text, verdict, words):
    """No server makes a probe later than its deadline and a second, or makes it say anything but what happened."""

    async def probe():
        async with serve(behave) as port:
            began = time.monotonic()
            answer = await ask(f"http://127.0.0.1:{port}/", deadline_seconds=DEADLINE, body=text)
            return answer, time.monotonic() - began

    answer, took = run(probe())

    assert took < DEADLINE + 1
    assert (verdict, True) == (answer.verdict, words in answer.reason), answer.reason


def test_is_not_blown_up_by_bombs(run):
    """Twenty packed bombs of 256 MB each, at once, cost the prober less than 150 MB of memory."""

    async def probe():
        packed = bomb()
        async with serve(say(answer(packed, GZIP))) as port:
            probes = (ask(f"http://127.0.0.1:{port}/", body="needle") for _ in range(20))
            return await asyncio.gather(*probes)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers = run(probe())
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024

    assert {FAILED} == {answer.verdict for answer in answers}
    assert grown_mb < 150


def test_others_keep_their_pace_beside_a_flood(run):
    """While ten servers flood their probes, a healthy probe beside them is answered before any of these is given up."""

    async def probe():
        flood = repeat(CHUNKED, b"1\r\nx\r\n" * 4096)
        async with serve(flood) as bad, serve(say(answer(b"needle"))) as good:
            floods = [asyncio.ensure_future(ask(f"http://127.0.0.1:{bad}/", body="needle")) for _ in range(10)]
            await asyncio.sleep(0.05)
            healthy = [await ask(f"http://127.0.0.1:{good}/", body="needle") for _ in range(5)]
            return healthy, await asyncio.gather(*floods)

    healthy, flooded = run(probe())

    assert {GOOD} == {answer.verdict for answer in healthy}
    assert max(answer.whole_us for answer in healthy) < min(answer.whole_us for answer in flooded)
