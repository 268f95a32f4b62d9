"""The database itself refuses to change or delete what was recorded, and lets a tree only grow."""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

UNALTERABLE = ("ledger_entry", "ledger_node", "ledger_checkpoint")
SENTENCE = "%s is append-only: record a further fact that corrects the wrong one"
GROWS = "ledger_tree only grows: no tree is deleted, renamed or made smaller"
SHRINKS = "NEW.id <> OLD.id OR NEW.agreement <> OLD.agreement OR NEW.origin <> OLD.origin OR NEW.size <= OLD.size"


def sqlite_statements() -> Iterator[tuple[str, str]]:
    for table in UNALTERABLE:
        for change in ("UPDATE", "DELETE"):
            name = f"{table}_refuses_{change.lower()}"
            refuse = f"SELECT RAISE(ABORT, '{SENTENCE % table}')"
            yield f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN {refuse}; END", f"DROP TRIGGER {name}"
    for name, when in (("update", f"UPDATE ON ledger_tree WHEN {SHRINKS}"), ("delete", "DELETE ON ledger_tree")):
        yield (
            f"CREATE TRIGGER ledger_tree_refuses_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{GROWS}'); END",
            f"DROP TRIGGER ledger_tree_refuses_{name}",
        )


def postgres_statements() -> Iterator[tuple[str, str]]:
    refuse = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0]"
    make = f"CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$"
    yield make, "DROP FUNCTION ledger_refuse()"
    for table in UNALTERABLE:
        for name, when in (
            ("change", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
            ("truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
        ):
            yield (
                f"CREATE TRIGGER {table}_refuses_{name} {when} EXECUTE FUNCTION ledger_refuse('{SENTENCE % table}')",
                f"DROP TRIGGER {table}_refuses_{name} ON {table}",
            )
    for name, when in (
        ("update", f"BEFORE UPDATE ON ledger_tree FOR EACH ROW WHEN ({SHRINKS})"),
        ("delete", "BEFORE DELETE ON ledger_tree FOR EACH ROW"),
        ("truncate", "BEFORE TRUNCATE ON ledger_tree FOR EACH STATEMENT"),
    ):
        yield (
            f"CREATE TRIGGER ledger_tree_refuses_{name} {when} EXECUTE FUNCTION ledger_refuse('{GROWS}')",
            f"DROP TRIGGER ledger_tree_refuses_{name} ON ledger_tree",
        )


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgres_statements}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for make, _ in STATEMENTS[editor.connection.vendor]():
        editor.execute(make, params=None)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for _, drop in reversed(list(STATEMENTS[editor.connection.vendor]())):
        editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]
