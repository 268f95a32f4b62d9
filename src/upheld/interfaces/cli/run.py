"""`upheld run`: the whole product with one command."""

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Annotated

import typer

from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.cli.holding import MARK, HomeInUse, end_leftovers, hold_home
from upheld.interfaces.cli.installation import Home, open_installation
from upheld.interfaces.cli.migrations import migrate
from upheld.interfaces.cli.ports import explain_port, find_responder, keep_ports
from upheld.interfaces.cli.processes import serve_pages
from upheld.interfaces.cli.stopping import stop
from upheld.interfaces.cli.supervise import Part, Supervisor, say

DEMO_PORTS = "demo/ports.json"
PROBER = "local"
SIGNER = "signer/ask"
READY_SECONDS = 60.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Who listens at every address answers at the loopback's."""


def run(
    demo: Annotated[bool, typer.Option("--demo", help="With a make-believe provider whose service is probed.")] = False,
    host: Annotated[str, typer.Option(help="Where the pages are served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="On which port.")] = 8000,
    home: Home = None,
    agreements: Annotated[
        Path, typer.Option(file_okay=False, help="With --demo: the folder of the agreements that the demo is bound by.")
    ] = Path("agreements"),
) -> None:
    """Start web, worker and prober (with --demo a demo service too), and keep them running until Ctrl-C or SIGTERM."""
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if host in EVERYWHERE and not os.environ.get("UPHELD_URL"):
        say("set UPHELD_URL to the address by which people reach this machine; until then it answers to localhost alone")
        address = f"http://localhost:{port}"
    os.environ.setdefault("UPHELD_URL", address)
    folder = open_installation(home, log="info")
    try:
        held = hold_home(folder, f"process {os.getpid()} runs there since {Instant(now_us())}, at {address}")
    except HomeInUse as problem:
        stop(str(problem))
    with held:
        if left := end_leftovers(folder):
            say(f"an earlier run was killed; {len(left)} processes that it left behind were ended")
        if taken := explain_port(host, port):
            stop(f"{taken}; choose another port with --port, or another address with --host")
        if steps := migrate():
            say(f"the database was brought up to date in {steps} steps")
        parts = [
            Part("web", [sys.executable, "-m", *serve_pages(host, port)]),
            Part("worker", [sys.executable, "-m", "upheld.interfaces.worker"]),
            Part("prober", [sys.executable, "-m", "upheld.interfaces.prober", "--spool", str(spool()), "--name", PROBER]),
        ]
        shared = {MARK: str(folder), "PYTHONUNBUFFERED": "1"}
        if not os.environ.get("UPHELD_SIGNER"):
            place = folder / SIGNER
            parts.insert(0, Part("signer", sign_at(place)))
            shared["UPHELD_SIGNER"] = str(place)
        if demo:
            parts.append(prepare_demo(folder, agreements, address))
        welcome = threading.Thread(target=tell_when_ready, args=(host, port, address, offer_setup()), daemon=True)
        supervisor = Supervisor(parts, shared)
        say(f"starting {', '.join(part.name for part in parts)}; everything is kept in {folder}")
        welcome.start()
        supervisor.run()
        say("ended")


def sign_at(place: Path) -> list[str]:
    """The process that alone opens the signing key; the others ask it."""
    from django.conf import settings

    keys = ["--keys", str(settings.UPHELD_KEYS), "--name", settings.UPHELD_NAME]
    return [sys.executable, "-m", "upheld.interfaces.cli.signer", "--socket", str(place), *keys]


def spool() -> Path:
    from django.conf import settings

    return Path(settings.UPHELD_SPOOL)


def offer_setup() -> str | None:
    """The one-time right to become the first administrator, while nobody is one."""
    from django.db import connections

    from upheld.apps.parties import services

    try:
        return services.offer_setup()
    finally:
        connections.close_all()


def prepare_demo(home: Path, agreements: Path, console: str) -> Part:
    """The demo's rows, and its service on the ports that this home remembers."""
    ports = keep_ports(home / DEMO_PORTS, ("service", "server", "switch"))
    for name, port in ports.items():
        if problem := explain_port("127.0.0.1", port):
            stop(
                f"the demo's {name} was at port {port} so far: {problem}; end what holds it, "
                f"or remove {home / DEMO_PORTS} and the demo moves to another port"
            )
    control = find_responder(home)
    seed = [sys.executable, "-m", "upheld.interfaces.demo.seed", "--agreements", str(agreements)]
    seeded = subprocess.run(
        [*seed, "--port", str(ports["service"]), "--server", str(ports["server"]), "--control", control],
        env={**os.environ, "UPHELD_LOG_LEVEL": "warning"},
    )
    if seeded.returncode != 0:
        raise typer.Exit(seeded.returncode)
    return Part(
        "demo",
        [
            sys.executable, "-m", "upheld.interfaces.demo.shop", "--port", str(ports["service"]),
            "--server", str(ports["server"]), "--switch", str(ports["switch"]), "--console", f"{console}/",
            "--note", str(home / DEMO_PORTS), "--agreements", str(agreements), "--control", control,
        ],
    )  # fmt: skip


def tell_when_ready(host: str, port: int, address: str, token: str | None) -> None:
    """Say where to look as soon as somebody answers there."""
    give_up_at = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up_at:
        try:
            socket.create_connection((EVERYWHERE.get(host, host), port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        break
    else:
        say(f"nothing answers at {address} after {READY_SECONDS:.0f} s: the lines of web say why")
        return
    say(f"Upheld is at {address}/  (Ctrl-C ends it)")
    if token is not None:
        say(f"nobody can sign in yet; this link makes the first administrator, once: {address}/set-up/{token}")
