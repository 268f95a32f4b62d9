"""Recording facts and signing heads."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from tests.append_only import triggers_stand_aside
from tests.apps.ledger.facts_at_hand import ACORN, BIRCH, NOON, started
from upheld.apps.ledger import queries, services
from upheld.core.proof import Opened, canonical_bytes, leaf_hash, open_note, parse_checkpoint, parse_verifier_key, root_of
from upheld.core.timeline import SECOND
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

# SQLite replaces a row by deleting it silently; PostgreSQL empties a table without looking at its rows.
ROUNDABOUT = {
    "sqlite": ["INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry"],
    "postgresql": [f"TRUNCATE ledger_{name} CASCADE" for name in ("entry", "checkpoint", "tree")],
}


class TestRecord:
    def test_gives_facts_back_in_their_order(self):
        """What was recorded, in two goes, is read in the order in which it was recorded."""
        facts = [started(number) for number in range(5)]

        services.record(facts=facts[:2])
        services.record(facts=facts[2:])

        assert facts == queries.facts_of(ACORN)

    def test_keeps_a_tree_for_each_agreement(self):
        """Facts of two agreements in one call: each agreement counts its own from 0."""
        services.record(facts=[started(1), started(1, agreement=BIRCH), started(2)])

        assert ([0, 1], [0]) == (
            [entry.index for entry in queries.entries(ACORN)],
            [entry.index for entry in queries.entries(BIRCH)],
        )

    def test_records_the_same_fact_once(self):
        """Whoever does not know whether a recording succeeded may repeat it, also within one call."""
        services.record(facts=[started(1)])

        services.record(facts=[started(1), started(2), started(2)])

        assert [started(1), started(2)] == queries.facts_of(ACORN)

    def test_refuses_another_fact_under_a_known_id(self):
        """An id stands for one fact for ever; nothing of the refused call is recorded."""
        services.record(facts=[started(1)])

        with pytest.raises(services.FactDiffers, match="acorn-legal: a different fact is recorded as fact-1"):
            services.record(facts=[started(2), started(1, window="another")])

        assert [started(1)] == queries.facts_of(ACORN)

    def test_refuses_two_facts_under_one_id_in_one_call(self):
        """It does not matter that neither of the two was there before."""
        with pytest.raises(services.FactDiffers):
            services.record(facts=[started(1), started(1, window="another")])

        assert queries.head_of(ACORN) is None

    @pytest.mark.parametrize("key", ["", " acorn", "a" * 201, "a\x00b"])
    def test_refuses_a_key_that_cannot_be_kept(self, key):
        """The same keys are refused on every database."""
        with pytest.raises(services.UnusableKey):
            services.record(facts=[started(1, agreement=key)])

    def test_leaves_nothing_of_a_transaction_that_is_rolled_back(self):
        """The fact belongs to the caller's transaction: no row without its fact, no fact without its row."""

        def fail_after_recording():
            with transaction.atomic():
                services.record(facts=[started(1)])
                raise RuntimeError("the caller's own trouble")

        with pytest.raises(RuntimeError):
            fail_after_recording()

        assert queries.facts_of(ACORN) == []

    def test_asks_the_database_a_fixed_number_of_times(self, django_assert_max_num_queries):
        """A hundred facts cost as many statements as one."""
        services.record(facts=[started(0)])

        with django_assert_max_num_queries(10):
            services.record(facts=[started(number) for number in range(1, 101)])


class TestRecordInAnyGroups(HypothesisTestCase):
    @given(st.lists(st.integers(0, 9), max_size=6))
    def test_makes_the_tree_of_rfc_6962(self, groups):
        """However facts are grouped into calls, the root is that of the tree over all their leaves."""
        with transaction.atomic():
            count = 0
            for size in groups:
                services.record(facts=[started(count + step) for step in range(size)])
                count += size

            head = queries.head_of(ACORN)
            leaves = [leaf_hash(canonical_bytes(started(number).to_json())) for number in range(count)]
            assert (root_of(leaves) if count else None) == (head and head.root)
            assert [] == queries.verify_ledger(ACORN) if count else head is None


class TestDatabase:
    @pytest.mark.parametrize("table", ["ledger_entry", "ledger_checkpoint"])
    @pytest.mark.parametrize("change", ["UPDATE {} SET tree_id = tree_id", "DELETE FROM {}"])
    def test_refuses_to_alter_what_was_recorded(self, table, change):
        """Not our code but the database refuses it, with a sentence that says what to do instead."""
        services.record(facts=[started(1), started(2)])
        services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())

        with pytest.raises(IntegrityError, match=f"{table} is append-only: record a further fact"), transaction.atomic():
            connection.cursor().execute(change.format(table))

    @pytest.mark.parametrize(
        "change",
        [
            "DELETE FROM ledger_tree",
            "UPDATE ledger_tree SET size = size - 1",
            "UPDATE ledger_tree SET size = size",
            "UPDATE ledger_tree SET agreement = 'other', size = size + 1",
        ],
    )
    def test_lets_a_tree_only_grow(self, change):
        """A tree cannot be deleted, renamed, made smaller, or given another root at the same size."""
        services.record(facts=[started(1), started(2)])

        with pytest.raises(IntegrityError, match="ledger_tree only grows"), transaction.atomic():
            connection.cursor().execute(change)

    @pytest.mark.parametrize("statement", ROUNDABOUT[connection.vendor])
    def test_refuses_the_ways_round_a_delete(self, statement):
        """What passes by the triggers of rows is refused as well."""
        services.record(facts=[started(1)])
        connection.check_constraints()

        with pytest.raises(IntegrityError, match=r"append-only|only grows"), transaction.atomic():
            connection.cursor().execute(statement)


class TestSignCheckpoint:
    def test_signs_what_is_recorded(self):
        """The note opens with the signer's key alone, and states origin, size and root of the tree."""
        signer = FakeSigner()
        services.record(facts=[started(1), started(2)])

        signed = services.sign_checkpoint(agreement=ACORN, at=NOON, signer=signer)

        opened = open_note(signed.note, [parse_verifier_key(signer.verifier_key())])
        assert isinstance(opened, Opened)
        stated = parse_checkpoint(opened.text)
        assert queries.head_of(ACORN) == queries.Head(ACORN, stated.origin, stated.size, stated.root)
        assert ("upheld/acorn-legal", 2) == (stated.origin, stated.size)

    def test_shows_the_same_head_until_something_is_added(self):
        """Two calls, one signature: the second answers with the head that is kept."""
        signer = FakeSigner()
        services.record(facts=[started(1)])

        first = services.sign_checkpoint(agreement=ACORN, at=NOON, signer=signer)
        second = services.sign_checkpoint(agreement=ACORN, at=NOON + SECOND, signer=signer)

        assert (first, 1) == (second, len(signer.signed))

    def test_keeps_what_it_shows(self):
        """The head that was returned is the latest that queries know."""
        services.record(facts=[started(1)])

        signed = services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())

        assert signed == queries.latest_checkpoint(ACORN)

    def test_signs_nothing_for_an_agreement_without_facts(self):
        """An empty tree proves nothing, so no head of it is signed."""
        with pytest.raises(services.NothingToSign, match="nothing is recorded for the agreement 'acorn-legal'"):
            services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())

    def test_refuses_to_sign_a_tree_that_was_rewritten(self):
        """Somebody with the database's password replaced the tree behind a signed head: our key does not vouch for that."""
        services.record(facts=[started(1), started(2)])
        services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())
        with triggers_stand_aside(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_entry")
            cursor.execute("UPDATE ledger_tree SET size = 0, peaks = '[]'")
        services.record(facts=[started(1), started(3), started(4)])

        with pytest.raises(services.LedgerWentBack, match="do not continue the head of 2 that was signed"):
            services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())

    def test_refuses_to_sign_a_tree_that_lost_entries(self):
        """An older state of the database, put back: fewer entries than were signed."""
        services.record(facts=[started(1), started(2)])
        services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())
        with triggers_stand_aside(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_entry")
            cursor.execute("UPDATE ledger_tree SET size = 0, peaks = '[]'")
        services.record(facts=[started(1)])

        with pytest.raises(services.LedgerWentBack, match="a head of 2 entries was signed, but 1 are recorded"):
            services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())
