"""
Words of tickets and messages are found by each database's own full text: FTS5 tables that triggers keep on SQLite, generated
columns with an index on PostgreSQL. Both fold case, keep accents, and take letters and digits for words.
"""

from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WORDS = {"desk_ticket": ("subject", "address"), "desk_message": ("text", "shown_as")}
"""Which columns of which table are looked through."""
LONGEST = 100_000
"""Letters of a column that PostgreSQL looks through: its vectors hold a megabyte at most, and a longer one is an error."""


CAPITALS = "".join(letter for letter in map(chr, range(0xC0, 0x530)) if letter.isupper() and len(letter.lower()) == 1)
"""Capital letters of Europe beside A to Z: a server that was made with the locale C does not know their small ones."""
ASIDE = r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf"
BETWEEN = rf"[{ASIDE}\u2000-\u206f\u3000-\u303f]+"
"""What stands between words, whatever the locale of the server calls a letter."""


def sqlite_statements() -> Iterator[tuple[str, str]]:
    for table, columns in WORDS.items():
        found, listed = f"{table}_words", ", ".join(columns)
        kind = f"fts5({listed}, content='{table}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
        yield f"CREATE VIRTUAL TABLE {found} USING {kind}", f"DROP TABLE {found}"

        def take(row: str, found: str = found, listed: str = listed, columns: tuple[str, ...] = columns) -> str:
            values = ", ".join(f"{row}.{column}" for column in columns)
            what = (f"({found}, rowid, {listed})", "'delete', ") if row == "OLD" else (f"(rowid, {listed})", "")
            return f"INSERT INTO {found}{what[0]} VALUES ({what[1]}{row}.id, {values});"

        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        deeds = {
            "insert": (f"INSERT ON {table}", take("NEW")),
            "delete": (f"DELETE ON {table}", take("OLD")),
            "update": (f"UPDATE OF {listed} ON {table} WHEN {changed}", f"{take('OLD')} {take('NEW')}"),
        }
        for name, (when, does) in deeds.items():
            yield f"CREATE TRIGGER {found}_{name} AFTER {when} BEGIN {does} END", f"DROP TRIGGER {found}_{name}"
        yield f"INSERT INTO {found}({found}) VALUES ('rebuild')", "SELECT 1"


def postgres_statements() -> Iterator[tuple[str, str]]:
    for table, columns in WORDS.items():
        text = " || ' ' || ".join(f"left({column}, {LONGEST})" for column in columns)
        small = f"lower(translate({text}, '{CAPITALS}', '{CAPITALS.lower()}'))"
        plain = f"regexp_replace({small}, '{BETWEEN}', ' ', 'g')"
        vector = f"to_tsvector('simple', {plain})"
        made = f"ALTER TABLE {table} ADD COLUMN words tsvector GENERATED ALWAYS AS ({vector}) STORED"
        yield made, f"ALTER TABLE {table} DROP COLUMN words"
        yield f"CREATE INDEX {table}_words ON {table} USING GIN (words)", f"DROP INDEX {table}_words"


STATEMENTS = {"sqlite": sqlite_statements, "postgresql": postgres_statements}


def index(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for make, _ in STATEMENTS[editor.connection.vendor]():
        editor.execute(make, params=None)


def unindex(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for _, drop in reversed(list(STATEMENTS[editor.connection.vendor]())):
        editor.execute(drop, params=None)


class Migration(migrations.Migration):
    dependencies = [("desk", "0003_macros_presence_rating")]
    operations = [migrations.RunPython(index, unindex, elidable=False)]
