"""The steps that bring a database to what this version of the programme expects."""

from collections.abc import Sequence

import typer

Step = tuple[str, str]
"""An app and the name of one of its migrations."""


def list_pending() -> list[str]:
    """What is still to be done, in order; nothing for a database that is up to date. Cannot reach it: the command ends."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from upheld.interfaces.cli.stopping import stop

    try:
        executor = MigrationExecutor(connection)
        return [str(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    except DatabaseError as problem:
        stop(f"the database cannot be used: {str(problem).strip()}; UPHELD_DATABASE_URL names it")


def migrate() -> int:
    """Bring the database up to date; how many steps it took. Safe to repeat."""
    from django.core.management import call_command

    pending = list_pending()
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
    return len(pending)


def list_applied() -> list[Step]:
    """What was done to the database, oldest first by name within each app."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(MigrationRecorder(connection).applied_migrations())


def list_unknown(applied: Sequence[Step]) -> list[Step]:
    """Those of `applied` that this version of the programme does not have: a later one took them."""
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None).disk_migrations)
    return [step for step in applied if step not in known]


def tell_migrated(steps: int) -> None:
    typer.echo(f"the database was brought up to date in {steps} steps" if steps else "the database is up to date")
