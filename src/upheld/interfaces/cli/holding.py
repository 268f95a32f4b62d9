"""One supervisor for each home: who holds it, and what a killed one left running."""

import fcntl
import os
import signal
import time
from pathlib import Path
from typing import IO

MARK = "STARTED_BY_UPHELD_RUN"
"""In the environment of every process that a supervisor starts: its home. Nothing else sets it."""
ENDING_SECONDS = 5.0
LOOK_SECONDS = 0.05


class HomeInUse(RuntimeError):
    """Another process holds the home; the message says which."""


def hold_home(home: Path, words: str) -> IO[str]:
    """
    Hold the home as long as the file that is given back is open. `words` tell others who holds it.

    The kernel lets go of it when this process ends, in whatever way: nothing has to be removed by hand. Raises HomeInUse.
    """
    held = (home / "running.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        holder = held.read().strip() or "another process"
        held.close()
        raise HomeInUse(f"{home} is in use: {holder}. End that first, or take another home with --home") from None
    held.truncate(0)
    held.write(words)
    held.flush()
    return held


def end_leftovers(home: Path) -> list[int]:
    """
    End what an earlier supervisor of this home left running because it was killed; the process ids are given back.

    Only for who holds the home: then no living supervisor needs these processes. Known by their mark, never by their name.
    """
    found = find_marked(home)
    for sent in (signal.SIGTERM, signal.SIGKILL):
        for process in find_marked(home):
            kill(process, sent)
        give_up_at = time.monotonic() + ENDING_SECONDS
        while find_marked(home) and time.monotonic() < give_up_at:
            time.sleep(LOOK_SECONDS)
    return found


def find_marked(home: Path) -> list[int]:
    """The processes (other than this one) that carry the mark of this home, where the system has /proc."""
    mark = f"{MARK}={home}".encode()
    marked = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0") and int(folder.name) != os.getpid():
                marked.append(int(folder.name))
        except OSError:
            continue  # it ended meanwhile, or it is somebody else's
    return sorted(marked)


def kill(process: int, sent: int) -> None:
    try:
        os.kill(process, sent)
    except ProcessLookupError:
        return
