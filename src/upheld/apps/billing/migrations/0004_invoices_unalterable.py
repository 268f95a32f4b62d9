"""
The database refuses to change or delete an invoice or a credit note that was issued; only when it was paid is still noted.

SQLite makes a table anew when a later migration alters its columns, and the triggers go with the old one: such a migration
of `billing_invoice` ends with `guard` again.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "billing_invoice"
SENTENCE = "an issued invoice is never altered: take it back by a credit note and issue another one"
FIXED = (
    "agreement_id", "number", "kind", "series_id", "place", "amount", "net", "tax", "period_from_at", "period_to_at", "turn",
    "corrects_id", "because", "content", "issued_by", "issued_at", "due_at",
)  # fmt: skip


def sqlite_statements() -> Iterator[tuple[str, str]]:
    for name, when in ((f"{TABLE}_refuses_update", f"UPDATE OF {', '.join(FIXED)}"), (f"{TABLE}_refuses_delete", "DELETE")):
        refuse = f"SELECT RAISE(ABORT, '{SENTENCE}')"
        yield f"CREATE TRIGGER {name} BEFORE {when} ON {TABLE} BEGIN {refuse}; END", f"DROP TRIGGER {name}"


def postgres_statements() -> Iterator[tuple[str, str]]:
    refuse = "RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0]"
    make = f"CREATE FUNCTION billing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$"
    yield make, "DROP FUNCTION billing_refuse()"
    for name, when in (
        (f"{TABLE}_refuses_change", f"BEFORE UPDATE OF {', '.join(FIXED)} OR DELETE ON {TABLE} FOR EACH ROW"),
        (f"{TABLE}_refuses_truncate", f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT"),
    ):
        yield (
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION billing_refuse('{SENTENCE}')",
            f"DROP TRIGGER {name} ON {TABLE}",
        )


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgres_statements}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for make, _ in STATEMENTS[editor.connection.vendor]():
        editor.execute(make, params=None)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for _, drop in reversed(list(STATEMENTS[editor.connection.vendor]())):
        editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_invoices_drawn_up")]
    operations = [migrations.RunPython(guard, unguard, elidable=False)]
