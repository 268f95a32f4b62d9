"""Several processes as one: started together, started again when one dies, ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

SOONEST_RESTART_SECONDS = 0.5
LATEST_RESTART_SECONDS = 8.0
STEADY_SECONDS = 30.0
PATIENCE_SECONDS = 10.0
PARENT_DIED = 1  # PR_SET_PDEATHSIG
# Loaded before anything forks: between fork and exec nothing may be looked for.
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(slots=True)
class Part:
    """One process of the product: its name in the output, and what runs."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[str] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """
    Keeps the parts alive until it is told to end.

    A part that dies is started again, soon the first time and then with growing pauses. The kernel ends the parts when
    this process is killed, so that the same command can start again on the same ports.
    """

    parts: Sequence[Part]
    environment: Mapping[str, str]
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, lambda *_: self.ended.set())
        try:
            for part in self.parts:
                self.start(part)
            while not self.ended.wait(0.2):
                self.look_after()
        finally:
            self.end()

    def start(self, part: Part) -> None:
        # A session of its own: Ctrl-C reaches us alone, and what a killed part leaves behind can be ended with its group.
        part.process = subprocess.Popen(
            part.command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True, preexec_fn=end_with(os.getpid()),
        )  # fmt: skip
        part.started = time.monotonic()
        threading.Thread(target=relay, args=(part.name, part.process), daemon=True).start()

    def look_after(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            if part.process is not None and part.process.poll() is not None:
                kill_group(part.process.pid)
                steady = now - part.started > STEADY_SECONDS
                part.pause = SOONEST_RESTART_SECONDS if steady else min(part.pause * 2, LATEST_RESTART_SECONDS)
                part.pause = max(part.pause, SOONEST_RESTART_SECONDS)
                say(f"{part.name} {tell_end(part.process.returncode)}; it starts again in {part.pause:g} s")
                part.process, part.due = None, now + part.pause
            elif part.process is None and now >= part.due:
                self.start(part)

    def end(self) -> None:
        """Ask every part to end, the last started first; kill what does not within its patience."""
        running = [part for part in reversed(self.parts) if part.process is not None]
        for part in running:
            if part.process is not None and part.process.poll() is None:
                part.process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for part in running:
            assert part.process is not None
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{part.name} did not end within {PATIENCE_SECONDS:.0f} s and is killed")
            kill_group(part.process.pid)
            part.process.wait()


def end_with(parent: int) -> Callable[[], None]:
    """For the child: be ended by the kernel when the supervisor dies, however it dies (Linux)."""

    def tie() -> None:
        if LIBC is not None:
            LIBC.prctl(PARENT_DIED, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the tie was made
            os._exit(1)

    return tie


def kill_group(leader: int) -> None:
    """End what is left of a part's processes; its session keeps the number from being given to anybody else."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def tell_end(code: int) -> str:
    if code >= 0:
        return f"ended with {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def relay(name: str, process: subprocess.Popen[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        say(f"{name:<7} {line.rstrip()}")


def say(line: str) -> None:
    """One line for whoever watches; nobody need be there."""
    try:
        print(line, flush=True)
    except OSError:
        return
