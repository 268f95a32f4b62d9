"""The role of pages and worker on PostgreSQL: it records and signs, and no grant or missing trigger lets it change a row."""

from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.append_only import triggers_stand_aside
from tests.apps.ledger.facts_at_hand import ACORN, NOON, started
from upheld.apps.ledger import platform, queries, roles, services
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

NEEDS_ROLES = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no roles: run through tools.with_postgres"
)
CHANGES = [
    "UPDATE ledger_entry SET leaf = leaf",
    "DELETE FROM ledger_entry",
    "TRUNCATE ledger_entry",
    "UPDATE ledger_checkpoint SET root = root",
    "DELETE FROM ledger_checkpoint",
    "TRUNCATE ledger_checkpoint",
    "DELETE FROM ledger_tree",
    "TRUNCATE ledger_tree CASCADE",
    "UPDATE ledger_tree SET agreement = 'other'",
    "UPDATE witnesses_stamp SET token = token",
    "DELETE FROM witnesses_stamp",
    "UPDATE witnesses_countersignature SET size = 1",
    "DELETE FROM witnesses_countersignature",
    "TRUNCATE witnesses_countersignature",
    "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER ledger_entry_refuses_change ON ledger_entry",
]


@contextmanager
def acting(role):
    """As this role, in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield cursor
        # Where something was refused, the roll-back gives the role back.
        cursor.execute("RESET ROLE")


@NEEDS_ROLES
class TestTheRole:
    @pytest.fixture(autouse=True)
    def granted(self):
        """A ledger, and the role; grants may be given twice."""
        services.record(facts=[started(1), started(2)])
        services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())
        connection.check_constraints()
        roles.apply_grants("upheld_app")
        roles.apply_grants("upheld_app")

    def test_records_and_signs(self):
        """All that the product does with ledgers."""
        with acting("upheld_app"):
            services.record(facts=[started(2), started(3)])
            services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())
            platform.sign_platform(at=NOON, signer=FakeSigner())
            connection.check_constraints()

        assert ([], [], 3) == (queries.verify_ledger(ACORN), platform.verify_platform(), len(queries.facts_of(ACORN)))

    @pytest.mark.parametrize("change", CHANGES)
    def test_changes_nothing_even_when_triggers_stand_aside(self, change):
        """Not the trigger refuses it: the role has no right to."""
        with (
            triggers_stand_aside(),
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            acting("upheld_app") as cursor,
        ):
            cursor.execute(change)

    @pytest.mark.parametrize("change", [change for change in CHANGES if "_entry SET" in change or "FROM ledger_e" in change])
    def test_rows_are_out_of_reach_even_with_the_right(self, change):
        """Somebody granted too much, and put the triggers aside: the rule of rows lets no row be touched."""
        with connection.cursor() as cursor:
            cursor.execute("GRANT UPDATE, DELETE ON ledger_entry TO upheld_app")

        with triggers_stand_aside(), acting("upheld_app") as cursor:
            cursor.execute(change)
            touched = cursor.rowcount

        assert (0, 2) == (touched, len(queries.facts_of(ACORN)))


@pytest.mark.parametrize("name", ["", "Upheld", "a; DROP TABLE x", "a" * 64, "1a"])
def test_a_name_that_is_none_is_refused(name):
    """It would stand in a statement."""
    with pytest.raises(roles.NotARole, match="a role has a name of small letters"):
        roles.list_grants(name)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has roles")
def test_sqlite_says_what_guards_it():
    """Nothing is pretended."""
    with pytest.raises(roles.NotARole, match="SQLite has no roles"):
        roles.apply_grants("upheld_app")
