"""One worker for each home."""

import fcntl
import os
from pathlib import Path
from typing import IO


class WorkerRuns(RuntimeError):
    """Another worker holds the home; the message says which process it is."""


def hold_worker(home: Path) -> IO[str]:
    """
    Be the one worker of a home for as long as the file that is given back is open. Raises WorkerRuns.

    The kernel lets go of it when its process ends in whatever way: what a killed one left behind holds nobody up.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = (home / "worker.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        holder = held.read().strip() or "another process"
        held.close()
        raise WorkerRuns(f"{home}: a worker runs already ({holder}); one is enough, end that one first") from None
    held.truncate(0)
    held.write(f"process {os.getpid()}")
    held.flush()
    return held
