"""Every row of the database as a line of JSON, and back: the same lines for SQLite and PostgreSQL."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from upheld.interfaces.cli.migrations import Step

MADE_ANEW = frozenset({"contenttypes", "auth", "sessions"})
"""Apps whose rows are not kept: Django makes them anew, and nobody stays signed in through a restore."""
ROWS_AT_A_TIME = 1000

Table = type[models.Model]


def list_tables(applied: Sequence[Step]) -> list[Table]:
    """The tables as they are after these migrations, which need not be the ones of today."""
    loader = MigrationLoader(None)
    known = [step for step in applied if step in loader.disk_migrations]
    tables = loader.project_state(known, at_end=True).apps.get_models(include_auto_created=True)
    kept = [table for table in tables if table._meta.managed and table._meta.app_label not in MADE_ANEW]
    return sorted(kept, key=lambda table: table._meta.db_table)


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read meanwhile is the database of one moment; writers are not kept waiting."""
    if connection.vendor == "sqlite":
        # Django's own transactions take the writer's lock; a plain one reads a snapshot of the log.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def write_rows(table: Table) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, one canonical line each."""
    for row in table._base_manager.order_by("pk").iterator(ROWS_AT_A_TIME):
        fields = {field.attname: write_value(field, row) for field in table._meta.concrete_fields}
        yield json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def write_value(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    """JSON as it is; everything else as the text that the field itself reads back; None for nothing."""
    value = field.value_from_object(row)
    return value if value is None or isinstance(field, models.JSONField) else field.value_to_string(row)


def read_rows(table: Table, lines: Iterable[bytes]) -> int:
    """Put rows into an empty table; how many. Raises what the database raises, and ValueError for a line that is no row."""
    fields = {field.attname: field for field in table._meta.concrete_fields}
    rows = (table(**read_fields(fields, json.loads(line))) for line in lines)
    count = 0
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        table._base_manager.bulk_create(some)
        count += len(some)
    return count


def read_fields(fields: "dict[str, models.Field[Any, Any]]", written: dict[str, Any]) -> dict[str, Any]:
    if set(fields) != set(written):
        odd = ", ".join(sorted(set(fields) ^ set(written)))
        raise ValueError(f"expected the columns {', '.join(sorted(fields))}; {odd} stand on one side only")
    return {
        name: value if value is None or isinstance(fields[name], models.JSONField) else fields[name].to_python(value)
        for name, value in written.items()
    }


def count_on(tables: Sequence[Table]) -> None:
    """Let the counters behind the keys go on after the rows that were put in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def migrate_to(applied: Sequence[Step]) -> None:
    """Make the tables as they were after exactly these migrations, in a database that has none."""
    executor = MigrationExecutor(connection)
    graph, wanted = executor.loader.graph, set(applied)
    # The last ones of each app; a step that another one of its app follows would be asked to go back to.
    last = [
        step
        for step in applied
        if not any((child.key[0], child.key in wanted) == (step[0], True) for child in graph.node_map[step].children)
    ]
    executor.migrate(last)


def has_rows() -> bool:
    """Whether the database holds anything of anybody: then nothing may be restored into it."""
    own = {"django_migrations", "django_content_type", "auth_permission"}
    for name in connection.introspection.table_names():
        if name in own:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")
            if cursor.fetchone() is not None:
                return True
    return False
