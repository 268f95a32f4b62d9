"""The role of PostgreSQL under which pages and worker run: it may add to the ledger, and change nothing in it.

The triggers refuse changes too, but whoever owns the tables can put them aside. This role owns nothing: what it may do is
granted, and rules of rows stand behind the grants. `upheld migrate` goes on running as the owner.
"""

import re
from collections.abc import Iterator

from django.db import connection, transaction

ONLY_ADDED_TO = ("ledger_entry", "ledger_checkpoint", "witnesses_stamp")
CHANGED_IN_PART = {"ledger_tree": "size, peaks", "witnesses_countersignature": "line"}
"""A tree grows, and of a countersignature an erased name goes; triggers say how far."""
ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class NotARole(ValueError):
    """A name that is none for a role, or a database that has no roles."""


def list_grants(role: str) -> list[str]:
    """The statements that make a role fit, in their order; they may be repeated. Raises NotARole."""
    if not ROLE.fullmatch(role):
        raise NotARole(f"a role has a name of small letters, digits and _, at most 63; came {role!r}")
    return list(write_grants(role))


def write_grants(role: str) -> Iterator[str]:
    yield (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
        f"THEN CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS; END IF; END $$"
    )
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    for what, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE, SELECT")):
        yield f"GRANT {rights} ON ALL {what} IN SCHEMA public TO {role}"
        # What later versions add, when the same owner migrates.
        yield f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {what} TO {role}"
    for table in (*ONLY_ADDED_TO, *CHANGED_IN_PART, "django_migrations"):
        yield f"REVOKE ALL ON {table} FROM {role}"
        yield f"GRANT SELECT ON {table} TO {role}"
    adding = {"SELECT": "USING (true)", "INSERT": "WITH CHECK (true)"}
    for table in (*ONLY_ADDED_TO, *CHANGED_IN_PART):
        yield f"GRANT INSERT ON {table} TO {role}"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        changing = {"UPDATE": "USING (true) WITH CHECK (size >= 0)"} if table in CHANGED_IN_PART else {}
        yield from write_policies(table, adding | changing)
    for table, columns in CHANGED_IN_PART.items():
        yield f"GRANT UPDATE ({columns}) ON {table} TO {role}"


def write_policies(table: str, allowed: dict[str, str]) -> Iterator[str]:
    """Rules of rows: what no rule allows touches no row, whatever is granted."""
    for command, what in allowed.items():
        name = f"{table}_{command.lower()}"
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f"CREATE POLICY {name} ON {table} FOR {command} TO PUBLIC {what}"


def apply_grants(role: str) -> None:
    """Do it, as the owner of the tables, whole or not at all. Raises NotARole on a database without roles."""
    statements = list_grants(role)
    if connection.vendor != "postgresql":
        raise NotARole("SQLite has no roles: whoever can write its file can write all of it; its guards are the triggers")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
