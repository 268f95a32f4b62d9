"""The database by one setting."""

import os
import sqlite3

import pytest
from django.db import connection

from upheld.project.database import SQLITE_AT_START, read_database
from upheld.project.declared import NotASetting


def test_is_a_file_at_home_without_a_setting(tmp_path):
    """SQLite, whose transactions take the lock when they begin and wait for it."""
    described = read_database("", tmp_path)

    assert (str(tmp_path / "upheld.sqlite3"), "IMMEDIATE", 20) == (
        described["NAME"],
        described["OPTIONS"]["transaction_mode"],
        described["OPTIONS"]["timeout"],
    )


def test_keeps_what_was_acknowledged_through_a_loss_of_power(tmp_path):
    """What is said at the start of each connection holds: write-ahead log, synchronous to the disk, keys checked."""
    opened = sqlite3.connect(tmp_path / "x.sqlite3")
    opened.executescript(SQLITE_AT_START)

    states = [
        opened.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
    ]
    assert ["wal", 2, 1, 1] == states


def test_takes_another_file(tmp_path):
    """An absolute path, with what an address escapes."""
    assert read_database("sqlite:///srv/my%20data/u.sqlite3", tmp_path)["NAME"] == "/srv/my data/u.sqlite3"


def test_takes_a_server(tmp_path):
    """User, password, host, port and name, each unescaped; options go to libpq."""
    described = read_database("postgres://u%40x:p%2Fw@db.example:6432/upheld?sslmode=verify-full", tmp_path)

    parts = [described[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")]
    assert [
        "django.db.backends.postgresql", "u@x", "p/w", "db.example", "6432", "upheld", {"sslmode": "verify-full"},
    ] == parts  # fmt: skip


@pytest.mark.parametrize("url", ["mysql://h/n", "sqlite://relative", "sqlite:relative", "postgres://host", "upheld.sqlite3"])
def test_refuses_what_it_cannot_open(tmp_path, url):
    """The sentence names the setting."""
    with pytest.raises(NotASetting, match="UPHELD_DATABASE_URL"):
        read_database(url, tmp_path)


@pytest.mark.django_db
def test_the_one_under_test_is_the_one_that_was_asked_for():
    """A run on PostgreSQL that silently used SQLite would prove nothing."""
    asked = "postgresql" if os.environ.get("UPHELD_DATABASE_URL", "").startswith("postgres") else "sqlite"

    assert asked == connection.vendor
