"""The hashes above the entries move into the rows of the entries that complete them: one row for a fact, and no more."""

from collections.abc import Iterator

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from upheld.core.proof import Frontier, complete, grow

ENTRIES_AT_A_TIME = 5000
SENTENCE = "%s is append-only: record a further fact that corrects the wrong one"


def take_guards(editor: BaseDatabaseSchemaEditor) -> None:
    """An entry's row is written once more here: its fact and its own hash stay as they are."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER IF EXISTS ledger_entry_refuses_update", params=None)
    else:
        editor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_refuses_change", params=None)


def give_guards(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    """All of the table's: SQLite makes a table anew in order to rename a column, and its triggers are gone then."""
    if editor.connection.vendor == "sqlite":
        for change in ("update", "delete"):
            editor.execute(f"DROP TRIGGER IF EXISTS ledger_entry_refuses_{change}", params=None)
        for statement in guard_sqlite("ledger_entry", "UPDATE", "DELETE"):
            editor.execute(statement, params=None)
    else:
        editor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_refuses_change", params=None)


def guard_sqlite(table: str, *changes: str) -> Iterator[str]:
    for change in changes:
        refuse = f"SELECT RAISE(ABORT, '{SENTENCE % table}')"
        yield f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} BEGIN {refuse}; END"


def guard_postgres(table: str) -> Iterator[str]:
    refuse = f"EXECUTE FUNCTION ledger_refuse('{SENTENCE % table}')"
    yield f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}"
    yield f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"


def fill_rows(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    take_guards(editor)
    for tree in apps.get_model("ledger", "Tree").objects.order_by("pk"):
        frontier = Frontier()
        while page := read_page(apps, tree.pk, frontier.size):
            frontier, rows = complete(frontier, [hash_[:32] for _, hash_ in page])
            write_page(editor, page, rows)
    give_guards(apps, editor)


def empty_rows(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guard_nodes(editor):
        editor.execute(statement, params=None)
    take_guards(editor)
    nodes = apps.get_model("ledger", "Node")
    for tree in apps.get_model("ledger", "Tree").objects.order_by("pk"):
        frontier = Frontier()
        while page := read_page(apps, tree.pk, frontier.size):
            hashes = [hash_[:32] for _, hash_ in page]
            frontier, found = grow(frontier, hashes)
            made = [nodes(tree_id=tree.pk, level=level, index=index, hash=hash_) for level, index, hash_ in found if level]
            nodes.objects.bulk_create(made, batch_size=ENTRIES_AT_A_TIME)
            write_page(editor, page, hashes)
    give_guards(apps, editor)


def guard_nodes(editor: BaseDatabaseSchemaEditor) -> Iterator[str]:
    if editor.connection.vendor == "sqlite":
        return guard_sqlite("ledger_node", "UPDATE", "DELETE")
    return guard_postgres("ledger_node")


def read_page(apps: StateApps, tree: int, start: int) -> list[tuple[int, bytes]]:
    """The keys and hashes of the next entries."""
    rows = apps.get_model("ledger", "Entry").objects.filter(tree_id=tree, index__gte=start).order_by("index")
    return [(key, bytes(hash_)) for key, hash_ in rows.values_list("pk", "hashes")[:ENTRIES_AT_A_TIME]]


def write_page(editor: BaseDatabaseSchemaEditor, page: list[tuple[int, bytes]], rows: list[bytes]) -> None:
    written = [(row, key) for (key, _), row in zip(page, rows, strict=True)]
    with editor.connection.cursor() as cursor:
        cursor.executemany("UPDATE ledger_entry SET hashes = %s WHERE id = %s", written)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, give_guards, elidable=False),
        migrations.RenameField(model_name="entry", old_name="leaf_hash", new_name="hashes"),
        migrations.AlterField(model_name="entry", name="hashes", field=models.BinaryField()),
        migrations.RunPython(fill_rows, empty_rows, elidable=False),
        migrations.DeleteModel(name="Node"),
    ]
