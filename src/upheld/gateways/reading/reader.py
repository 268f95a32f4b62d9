"""Reading mails in a child process that may die of one of them: the mail is then salvaged, the child replaced."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import IO, Any, cast

from upheld.gateways.reading.limits import CPU_SECONDS, LARGEST_MAIL, MEMORY_BYTES, WALL_SECONDS
from upheld.gateways.reading.mail import Mail, Ours, Unreadable
from upheld.gateways.reading.salvage import salvage_mail
from upheld.gateways.reading.wire import Garbled, read_message, unpack_mail, write_message

log = logging.getLogger("upheld.reading")

CHILD = "upheld.gateways.reading.child"
MOST_TRIES = 6
"""Two for each time that a mail is given to read."""
MOST_REMEMBERED = 1_000


@dataclass(slots=True)
class Tally:
    """What a reader did so far, and what the hungriest mail took."""

    mails: int = 0
    unreadable: int = 0
    deaths: int = 0
    most_cpu_us: int = 0
    peak_kb: int = 0


class Died(Exception):
    """The child ended. `by_machine`: nothing says that the mail is why; `in_reading`: it had the mail by then."""

    def __init__(self, because: str, *, by_machine: bool = False, in_reading: bool = False) -> None:
        super().__init__(because)
        self.by_machine = by_machine
        self.in_reading = in_reading


class Reader:
    """Reads one mail at a time, whoever asks; threads wait for each other. Close it, or use it in a `with`."""

    def __init__(self, ours: Ours = Ours(), *, wall_seconds: float = WALL_SECONDS) -> None:  # noqa: B008 (frozen)
        self._ours = ours
        self._wall_seconds = wall_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._parent = os.getpid()
        self._killings: Counter[bytes] = Counter()
        self.tally = Tally()

    def read(self, raw: bytes, *, envelope_from: str | None = None) -> Mail | Unreadable:
        """
        The mail, or what could be salvaged of it: never an error, whatever the bytes are.

        `envelope_from`: the return path as our server got it; empty for the null path, None where it is unknown.
        """
        if len(raw) > LARGEST_MAIL:
            return self._give_up(raw, f"the mail has {len(raw)} bytes; at most {LARGEST_MAIL} are read")
        with self._lock:
            self.tally.mails += 1
            reasons: list[str] = []
            may_read_later = False
            for cleans_html in (True, False):
                try:
                    answer, blobs = self._ask(raw, envelope_from, cleans_html)
                    if answer["reason"] is None:
                        mail = unpack_mail(answer["mail"], blobs)
                        return replace(mail, doubts=(*mail.doubts, *(f"the HTML was left out: {why}" for why in reasons)))
                    reason, may_read_later = str(answer["reason"]), False
                except Died as death:
                    reason, may_read_later = str(death), death.by_machine
                    if death.in_reading and may_read_later:
                        may_read_later = self._count_killing(raw) < MOST_TRIES
                except (Garbled, KeyError) as wrong:
                    self._end()
                    reason, may_read_later = f"the reader's answer made no sense: {wrong}", False
                # HTML is where mails are hungriest: the second time it is left as it is.
                log.warning("a mail was not read: %s", reason)
                reasons.append(reason)
            return self._give_up(raw, reason, may_read_later=may_read_later)

    def close(self) -> None:
        with self._lock:
            self._end()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _count_killing(self, raw: bytes) -> int:
        """How often a child was killed from outside over this mail: one over which it always is must not wait for ever."""
        if len(self._killings) > MOST_REMEMBERED:
            self._killings.clear()
        self._killings[sha256(raw).digest()] += 1
        return self._killings[sha256(raw).digest()]

    def _give_up(self, raw: bytes, reason: str, *, may_read_later: bool = False) -> Unreadable:
        self.tally.unreadable += 1
        return replace(salvage_mail(raw, reason), may_read_later=may_read_later)

    def _ask(self, raw: bytes, envelope_from: str | None, cleans_html: bool) -> tuple[dict[str, Any], list[bytes]]:
        process = self._child()
        question = {
            "authserv_id": self._ours.authserv_id,
            "domains": list(self._ours.domains),
            "envelope_from": envelope_from,
            "cleans_html": cleans_html,
        }
        # The kernel ends a child that calculates too long; this ends one that does nothing at all.
        alarm = threading.Timer(self._wall_seconds, process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            write_message(cast(IO[bytes], process.stdin), question, [raw])
            answer, blobs = read_message(cast(IO[bytes], process.stdout))
        except (OSError, EOFError):
            self.tally.deaths += 1
            code = self._end()
            raise Died(
                describe_death(code, self._wall_seconds), by_machine=code == -signal.SIGKILL, in_reading=True
            ) from None
        finally:
            alarm.cancel()
        self.tally.most_cpu_us = max(self.tally.most_cpu_us, int(answer.get("cpu_us", 0)))
        self.tally.peak_kb = max(self.tally.peak_kb, int(answer.get("peak_kb", 0)))
        if answer.get("is_last"):
            self._end()
        return answer, blobs

    def _child(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._parent != os.getpid():
            # After a fork the child belongs to somebody else: two who ask it would read each other's answers.
            self._process = None
        self._parent = os.getpid()
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = start_child()
        return self._process

    def _end(self) -> int:
        """Part from the child; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return 0
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast(IO[bytes], pipe).close()
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def start_child() -> "subprocess.Popen[bytes]":
    """A new child that has given up everything; raises Died where none can be had."""
    try:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            # Nothing of ours is in its environment: no password of a database, no key.
            env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except OSError as trouble:
        raise Died(f"no process to read mails in could be started: {trouble}", by_machine=True) from None
    alarm = threading.Timer(WALL_SECONDS, process.kill)
    alarm.daemon = True
    alarm.start()
    try:
        read_message(cast(IO[bytes], process.stdout))
    except (EOFError, Garbled):
        process.kill()
        raise Died(
            f"no process to read mails in could be started (it ended with {process.wait()})", by_machine=True
        ) from None
    finally:
        alarm.cancel()
    return process


def describe_death(code: int, wall_seconds: float) -> str:
    limits = f"at most {CPU_SECONDS} s of processor time, {MEMORY_BYTES >> 20} MB and {wall_seconds:g} s in all"
    return f"reading it ended the process that read it (exit {code}): it may use {limits}"


_shared: dict[Ours, Reader] = {}
_shared_lock = threading.Lock()


def read_mail(raw: bytes, ours: Ours = Ours(), *, envelope_from: str | None = None) -> Mail | Unreadable:  # noqa: B008 (frozen)
    """As Reader.read, by a reader that this process keeps; it ends with the process."""
    with _shared_lock:
        reader = _shared.setdefault(ours, Reader(ours))
    return reader.read(raw, envelope_from=envelope_from)
