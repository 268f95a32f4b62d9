"""
The database refuses to change or delete a stamp or a countersignature: they are what others said of our heads.

One thing may still go: the name in front of a countersignature, where its person is erased. The signature behind it stays.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SENTENCE = "%s is append-only: what others signed of our heads is kept as it came"
STAMP, LINE = "witnesses_stamp", "witnesses_countersignature"
SIGNED = 105
"""Letters at the end of a countersigning line: 4 bytes of the key's id, 8 of the time, 64 signed, in base64; the newline."""
FIXED = ("id", "witness_id", "size", "seen_at", "received_at")


def differs(ending: str) -> str:
    changed = [f"NEW.{name} <> OLD.{name}" for name in FIXED]
    return " OR ".join([*changed, f"{ending.format('NEW.line')} <> {ending.format('OLD.line')}"])


def sqlite_statements() -> Iterator[tuple[str, str]]:
    for table, when in ((STAMP, ""), (LINE, f" WHEN {differs(f'substr({{}}, -{SIGNED})')}")):
        for change, condition in (("UPDATE", when), ("DELETE", "")):
            name, refuse = f"{table}_refuses_{change.lower()}", f"SELECT RAISE(ABORT, '{SENTENCE % table}')"
            yield (
                f"CREATE TRIGGER {name} BEFORE {change} ON {table}{condition} BEGIN {refuse}; END",
                f"DROP TRIGGER {name}",
            )


def postgres_statements() -> Iterator[tuple[str, str]]:
    for table, when in ((STAMP, ""), (LINE, f" WHEN ({differs(f'right({{}}, {SIGNED})')})")):
        for name, moment in (
            ("update", f"BEFORE UPDATE ON {table} FOR EACH ROW{when}"),
            ("delete", f"BEFORE DELETE ON {table} FOR EACH ROW"),
            ("truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ):
            yield (
                f"CREATE TRIGGER {table}_refuses_{name} {moment} EXECUTE FUNCTION ledger_refuse('{SENTENCE % table}')",
                f"DROP TRIGGER {table}_refuses_{name} ON {table}",
            )


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgres_statements}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for make, _ in STATEMENTS[editor.connection.vendor]():
        editor.execute(make, params=None)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for _, drop in reversed(list(STATEMENTS[editor.connection.vendor]())):
        editor.execute(drop, params=None)


class Migration(migrations.Migration):
    # PostgreSQL's function that refuses is the ledger's.
    dependencies = [("witnesses", "0002_stamps"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]
