"""After tests of real transactions the tables are emptied, which the ledger's triggers refuse: they stand aside for that."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def triggers_stand_aside() -> Iterator[None]:
    """No trigger of ours acts meanwhile. For emptying a test database, and for tests that tamper as an owner could."""
    # PostgreSQL touches no trigger of a table while foreign keys wait to be checked.
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            take, give = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        else:
            cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
            tables = [name for (name,) in cursor.fetchall()]
            take = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in tables]
            give = [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in tables]
        for statement in take:
            cursor.execute(statement)
    try:
        yield
    finally:
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in give:
                cursor.execute(statement)
