"""The database from one setting: SQLite in the installation's folder, or PostgreSQL by its address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from upheld.project.declared import NotASetting

# WAL: readers do not wait for the writer. FULL: a commit that was acknowledged survives a loss of power.
# Recursive triggers: INSERT OR REPLACE, too, is refused where rows may not be deleted.
SQLITE_AT_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
SECONDS_TO_WAIT_FOR_A_LOCK = 20
SECONDS_TO_KEEP_A_CONNECTION = 60


def read_database(url: str, home: Path) -> dict[str, Any]:
    """Django's description of the database that `url` names; SQLite in `home` for an empty one. Raises NotASetting."""
    if not url:
        return describe_sqlite(home / "upheld.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.startswith("/") or parts.netloc:
            raise NotASetting(f"UPHELD_DATABASE_URL: write sqlite:///absolute/path, came {url!r}")
        return describe_sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgres", "postgresql"):
        name = unquote(parts.path.removeprefix("/"))
        if not name:
            raise NotASetting(
                "UPHELD_DATABASE_URL: the name of the database is missing; write postgres://user:password@host:5432/name"
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": SECONDS_TO_KEEP_A_CONNECTION,
            "CONN_HEALTH_CHECKS": True,
            # `?host=/folder` names a socket, `?sslmode=verify-full` asks for TLS: what libpq understands is handed on.
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise NotASetting(f"UPHELD_DATABASE_URL begins with postgres:// or sqlite:///, came {parts.scheme or url!r}")


def describe_sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        # A transaction that will write takes the lock at its start: it waits then, instead of failing half-way.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": SECONDS_TO_WAIT_FOR_A_LOCK, "init_command": SQLITE_AT_START},
    }
