"""From an instant on a customer may be bound by another version of the text; the database refuses to alter such a row."""

from collections.abc import Iterator

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "agreements_amendment"
SENTENCE = "agreements_amendment is never altered: bind the customer by a further version"


def sqlite_statements() -> Iterator[tuple[str, str]]:
    for change in ("UPDATE", "DELETE"):
        name, refuse = f"{TABLE}_refuses_{change.lower()}", f"SELECT RAISE(ABORT, '{SENTENCE}')"
        yield f"CREATE TRIGGER {name} BEFORE {change} ON {TABLE} BEGIN {refuse}; END", f"DROP TRIGGER {name}"


def postgres_statements() -> Iterator[tuple[str, str]]:
    for name, when in (
        (f"{TABLE}_refuses_change", f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW"),
        (f"{TABLE}_refuses_truncate", f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT"),
    ):
        make = f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION agreements_refuse('{SENTENCE}')"
        yield make, f"DROP TRIGGER {name} ON {TABLE}"


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgres_statements}


def guard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for make, _ in STATEMENTS[editor.connection.vendor]():
        editor.execute(make, params=None)


def unguard(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for _, drop in reversed(list(STATEMENTS[editor.connection.vendor]())):
        editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_zone")]

    operations = [
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("fact_id", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("approved_by", models.CharField(max_length=200)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="agreements.agreement"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="agreements.version"
                    ),
                ),
            ],
            options={
                "db_table": "agreements_amendment",
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "fact_id"), name="an_amendment_has_its_own_fact"),
                    models.UniqueConstraint(
                        fields=("agreement", "from_at"), name="one_version_begins_to_bind_at_an_instant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", models.F("approved_by")), _negated=True),
                        name="an_amendment_has_two_persons",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, unguard, elidable=False),
    ]
