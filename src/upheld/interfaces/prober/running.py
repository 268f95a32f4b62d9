"""Running one prober from start to a clean end."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import resource
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import IO, Any

from upheld.gateways.clock import SystemClock
from upheld.gateways.probe import Line
from upheld.gateways.samples import Spool
from upheld.interfaces.prober.journal import Signature
from upheld.interfaces.prober.prober import Prober

log = logging.getLogger("upheld.prober")


class SpoolInUse(Exception):
    """Another prober works on this folder."""


def run_prober(spool_path: Path, name: str, *, seal_seconds: int = 5, ca_file: str | None = None) -> None:
    """Watch what is assigned in the spool until SIGTERM or SIGINT; seals what it has before it returns.

    Uses uvloop when it is installed. Raises SpoolInUse, and OSError when the folder cannot be made.
    """
    _raise_limit_of_files()
    spool = Spool(spool_path)
    spool.prepare()
    with _hold_spool(spool_path):
        spool.sweep()
        choose_runner()(_watch(spool, name, seal_seconds, ca_file))


async def _watch(spool: Spool, name: str, seal_seconds: int, ca_file: str | None) -> None:
    clock = SystemClock()
    started_at = clock.now_us()
    # The instant comes first, so that batches sort by age; the rest keeps two boots of one instant apart.
    signature = Signature(name, f"{started_at:016d}x{os.urandom(4).hex()}", started_at)
    line = Line(ca_file=ca_file)
    task = asyncio.ensure_future(Prober(spool, signature, line, clock, seal_seconds=seal_seconds).run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    log.info("prober %s started, boot %s, spool %s", name, signature.boot, spool.path)
    try:
        await task
    except asyncio.CancelledError:
        log.info("prober %s stopped", name)
    finally:
        line.close()


def _hold_spool(path: Path) -> IO[str]:
    """Hold the folder for this process: two probers on one spool would overwrite each other's heartbeat."""
    held = (path / "prober.lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise SpoolInUse(f"expected to be the only prober on {path}, but another one runs there; stop it first") from None
    return held


def _raise_limit_of_files() -> None:
    """Each probe under way holds a socket: when thousands of targets hang, the usual 1024 are not enough."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def choose_runner() -> Callable[[Coroutine[Any, Any, None]], None]:
    """uvloop when it is installed, else the standard loop."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run
    return uvloop.run
