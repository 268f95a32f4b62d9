"""Several processes as one: started together, started again when one dies, ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SOONEST_RESTART_SECONDS = 0.5
LATEST_RESTART_SECONDS = 15.0
STEADY_SECONDS = 30.0
PATIENCE_SECONDS = 10.0
PARENT_DIED = 1  # PR_SET_PDEATHSIG


@dataclass(slots=True)
class Part:
    """One process of the product: its name in the output, and what runs."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    pause: float = SOONEST_RESTART_SECONDS
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """
    Keeps the parts alive until it is told to end.

    A part that dies is started again, at once the first time and then with growing pauses. The kernel ends the parts when
    this process is killed, so that the same command can start again on the same ports.
    """

    parts: Sequence[Part]
    environment: Mapping[str, str]
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: self.ended.set())
        for part in self.parts:
            self.start(part)
        while not self.ended.wait(0.2):
            self.look_after()
        self.end()

    def start(self, part: Part) -> None:
        part.process = subprocess.Popen(
            part.command, env={**os.environ, **self.environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", preexec_fn=end_with_parent,
        )  # fmt: skip
        part.started = time.monotonic()
        threading.Thread(target=relay, args=(part.name, part.process), daemon=True).start()

    def look_after(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            if part.process is not None and part.process.poll() is not None:
                steady = now - part.started > STEADY_SECONDS
                part.pause = SOONEST_RESTART_SECONDS if steady else min(part.pause * 2, LATEST_RESTART_SECONDS)
                say(f"{part.name} ended with {part.process.returncode}; it starts again in {part.pause:.0f} s")
                part.process, part.due = None, now + part.pause
            elif part.process is None and now >= part.due:
                self.start(part)

    def end(self) -> None:
        """Ask every part to end, the last started first; kill what does not within its patience."""
        for part in reversed(self.parts):
            if part.process is not None and part.process.poll() is None:
                part.process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for part in self.parts:
            if part.process is None:
                continue
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{part.name} did not end within {PATIENCE_SECONDS:.0f} s and is killed")
                part.process.kill()
                part.process.wait()


def end_with_parent() -> None:
    """In the child: be ended by the kernel when the supervisor dies, however it dies (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PARENT_DIED, signal.SIGTERM)


def relay(name: str, process: subprocess.Popen[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        say(f"{name:<7} {line.rstrip()}")


def say(line: str) -> None:
    print(line, flush=True)
