"""The database refuses to change or delete a version of a text, or a value that was set: customers hold their digests."""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SENTENCES = {
    "agreements_version": "agreements_version is never altered: a changed text is a new version",
    "agreements_parameter": "agreements_parameter is never altered: set another value from an instant on",
}


def sqlite_statements() -> Iterator[tuple[str, str]]:
    for table, sentence in SENTENCES.items():
        for change in ("UPDATE", "DELETE"):
            name = f"{table}_refuses_{change.lower()}"
            refuse = f"SELECT RAISE(ABORT, '{sentence}')"
            yield f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN {refuse}; END", f"DROP TRIGGER {name}"


def postgres_statements() -> Iterator[tuple[str, str]]:
    refuse = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0]"
    make = f"CREATE FUNCTION agreements_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$"
    yield make, "DROP FUNCTION agreements_refuse()"
    for table, sentence in SENTENCES.items():
        for name, when in (
            (f"{table}_refuses_change", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
            (f"{table}_refuses_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ):
            make = f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION agreements_refuse('{sentence}')"
            yield make, f"DROP TRIGGER {name} ON {table}"


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgres_statements}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for make, _ in STATEMENTS[editor.connection.vendor]():
        editor.execute(make, params=None)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for _, drop in reversed(list(STATEMENTS[editor.connection.vendor]())):
        editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]
