"""An installation of its own for tests that kill processes: its own home, its own database, no part of pytest's."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[2]
ROWS = "upheld.sqlite3"


@contextmanager
def own_installation(home: Path, *, migrated: bool = True) -> Iterator[dict[str, str]]:
    """The environment of an installation, with or without tables; on PostgreSQL with a database of its own."""
    environment = environment_of(home)
    server = os.environ.get("UPHELD_DATABASE_URL", "")
    if not server.startswith("postgres"):
        if migrated:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy(migrated_rows() / ROWS, home / ROWS)
        yield environment
        return
    name = f"upheld_{home.name.lower()}_{os.getpid()}"[:60]
    execute(server, "CREATE DATABASE {} TEMPLATE {}", name, migrated_database(server) if migrated else "template1")
    try:
        yield environment | {"UPHELD_DATABASE_URL": address_of(server, name)}
    finally:
        execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def environment_of(home: Path) -> dict[str, str]:
    """Nothing of the installation under test but the home."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
    return environment | {
        "UPHELD_HOME": str(home),
        "UPHELD_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "upheld.project.settings",
    }


@cache
def migrated_rows() -> Path:
    """A home whose database has its tables: made once by each process of the tests, then copied."""
    home = Path(tempfile.mkdtemp(prefix="upheld-migrated-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    run(environment_of(home), "django", "migrate", "--verbosity=0")
    return home


@cache
def migrated_database(server: str) -> str:
    """The name of a database that has its tables, to make others after; it goes when the tests end."""
    name = f"upheld_migrated_{os.getpid()}"
    execute(server, "CREATE DATABASE {}", name)
    atexit.register(execute, server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    with tempfile.TemporaryDirectory(prefix="upheld-migrated-") as home:
        environment = environment_of(Path(home)) | {"UPHELD_DATABASE_URL": address_of(server, name)}
        run(environment, "django", "migrate", "--verbosity=0")
    return name


def address_of(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def execute(server: str, statement: str, *names: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def start(environment: dict[str, str], *module_and_arguments: str, is_read: bool = True) -> subprocess.Popen[str]:
    """A process of the installation, whose output can be read. Where nobody will read it, it must not fill a pipe."""
    printed = subprocess.PIPE if is_read else subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", *module_and_arguments],
        env=environment, cwd=ROOT, stdout=printed, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(environment: dict[str, str], *module_and_arguments: str) -> str:
    """What such a process printed; one that fails fails the test with its own words."""
    process = start(environment, *module_and_arguments)
    printed, complained = process.communicate()
    if process.returncode != 0:
        raise AssertionError(f"{' '.join(module_and_arguments)} ended with {process.returncode}:\n{complained}")
    return printed
