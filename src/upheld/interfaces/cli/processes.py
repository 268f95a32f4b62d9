"""`upheld migrate`, `web`, `worker`, `prober`: the parts of the product one by one, for a service manager."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from upheld.interfaces.cli.installation import Home, choose_home, open_installation
from upheld.interfaces.cli.migrations import migrate, tell_migrated

# As many as the server finds fitting for one interpreter on this machine.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)


def migrate_rows(home: Home = None) -> None:
    """Bring the database up to date. Safe to repeat; upheld run does it by itself."""
    open_installation(home)
    tell_migrated(migrate())


def run_web(
    host: Annotated[str, typer.Option(help="Where the pages are served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="On which port.")] = 8000,
    home: Home = None,
) -> None:
    """Run the web server: the console, the status page."""
    choose_home(home)
    module, *arguments = serve_pages(host, port)
    become(module, *arguments)


def serve_pages(host: str, port: int) -> list[str]:
    """The web server's module with its arguments."""
    return [
        "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--workers", "1",
        "--blocking-threads", str(THREADS), "--workers-kill-timeout", "5", "--respawn-failed-workers",
        "--log-level", "warning", "upheld.project.wsgi:application",
    ]  # fmt: skip


def run_worker(home: Home = None) -> None:
    """Run the worker: it takes over what probers saw, records facts, tells recipients, renders the status page."""
    choose_home(home)
    become("upheld.interfaces.worker")


def run_prober(
    spool: Annotated[Path | None, typer.Option(help="Folder shared with the worker; else the spool of the home.")] = None,
    name: Annotated[str, typer.Option(help="The prober's name in batches and statements.")] = "local",
    home: Home = None,
) -> None:
    """Run a prober: it watches what the worker assigns. It needs neither the database nor the keys."""
    become("upheld.interfaces.prober", "--spool", str(spool or choose_home(home) / "spool"), "--name", name)


def become(module: str, *arguments: str) -> None:
    """Go on as that process, with our process id: a service manager sees one process, and its signals arrive."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])
