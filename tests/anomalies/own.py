"""An installation of its own for tests that kill processes: its own home, its own database, no part of pytest's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parents[2]


@contextmanager
def own_installation(home: Path, *, migrated: bool = True) -> Iterator[dict[str, str]]:
    """The environment of an installation, with or without tables; on PostgreSQL with a database of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
    environment |= {
        "UPHELD_HOME": str(home),
        "UPHELD_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "upheld.project.settings",
    }
    server = os.environ.get("UPHELD_DATABASE_URL", "")
    name = f"upheld_{home.name.lower()}_{os.getpid()}"[:60]
    if server.startswith("postgres"):
        environment["UPHELD_DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        execute(server, "CREATE DATABASE {}", name)
    try:
        if migrated:
            run(environment, "django", "migrate", "--verbosity=0")
        yield environment
    finally:
        if server.startswith("postgres"):
            execute(server, "DROP DATABASE {} WITH (FORCE)", name)


def execute(server: str, statement: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def start(environment: dict[str, str], *module_and_arguments: str) -> subprocess.Popen[str]:
    """A process of the installation, whose output can be read."""
    return subprocess.Popen(
        [sys.executable, "-m", *module_and_arguments],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(environment: dict[str, str], *module_and_arguments: str) -> str:
    """What such a process printed; one that fails fails the test with its own words."""
    process = start(environment, *module_and_arguments)
    printed, complained = process.communicate()
    if process.returncode != 0:
        raise AssertionError(f"{' '.join(module_and_arguments)} ended with {process.returncode}:\n{complained}")
    return printed
