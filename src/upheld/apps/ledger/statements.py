"""Statements by the database's driver: where Django's own way there costs as much as what is asked."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connections

ROWS_AT_ONCE = 50
"""Each statement has its cost; one of more rows than these is no quicker for each of them."""


def select(statement: str, values: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
    """What a statement selects."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.ensure_connection()
        with database.wrap_database_errors:
            return database.connection.execute(mark_as_sqlite(statement), values).fetchall()  # type: ignore[no-any-return]
    with database.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()  # type: ignore[no-any-return]


def insert(table: str, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows as they are. Not `bulk_create`: making an object for each costs more than hashing and encoding it."""
    database = connections["default"]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        statement, values = write_insert(table, columns, len(some)), list(chain.from_iterable(some))
        if database.vendor == "sqlite":
            database.ensure_connection()
            with database.wrap_database_errors:
                database.connection.execute(mark_as_sqlite(statement), values)
        else:
            with database.cursor() as cursor:
                cursor.execute(statement, values)


@lru_cache(maxsize=256)
def mark_as_sqlite(statement: str) -> str:
    """SQLite's driver marks a value by a question mark. No statement here has such a mark, or a percent sign, of its own."""
    return statement.replace("%s", "?")


@lru_cache(maxsize=256)
def write_insert(table: str, columns: tuple[str, ...], count: int) -> str:
    quoted = ", ".join(map(connections["default"].ops.quote_name, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({quoted}) VALUES {', '.join([row] * count)}"
