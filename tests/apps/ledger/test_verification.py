"""What verify_ledger finds: every row that was altered behind the ledger's back, by an owner who put the triggers aside."""

import random

import pytest
from django.db import connection

from tests.append_only import triggers_stand_aside
from tests.apps.ledger.facts_at_hand import ACORN, BIRCH, NOON, started
from upheld.apps.ledger import queries, services
from upheld.apps.ledger.facts import leaf_of
from upheld.apps.ledger.queries import verification
from upheld.core.proof import leaf_hash, parse_verifier_key
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

KEYS = [parse_verifier_key(FakeSigner().verifier_key())]
COUNT = 13


@pytest.fixture(autouse=True)
def ledgers():
    """Two ledgers with signed heads of 5 and of all entries."""
    for agreement in (ACORN, BIRCH):
        facts = [started(number, agreement=agreement) for number in range(COUNT)]
        for part in (facts[:5], facts[5:]):
            services.record(facts=part)
            services.sign_checkpoint(agreement=agreement, at=NOON, signer=FakeSigner())


def tamper(statement, *values):
    with triggers_stand_aside(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0


def found(agreement=ACORN, keys=KEYS):
    return [str(problem) for problem in queries.verify_ledger(agreement, keys=keys)]


MINE = "tree_id = (SELECT id FROM ledger_tree WHERE agreement = 'acorn-legal')"


def hashes_of(index, level, other):
    """The hashes that an entry keeps, with another one of that level."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT hashes FROM ledger_entry WHERE "index" = %s AND {MINE}', [index])
        [(kept,)] = cursor.fetchall()
    return bytes(kept)[: 32 * level] + other + bytes(kept)[32 * level + 32 :]


class TestVerifyLedger:
    def test_finds_nothing_in_a_sound_ledger(self):
        """No false alarm, whether or not signatures are looked at."""
        assert ([], []) == (found(), found(keys=()))

    def test_finds_nothing_whatever_the_size_of_its_steps(self, monkeypatch):
        """A ledger larger than what is read at a time is walked through in steps."""
        for step in (1, 4, 5, 12, 13, 14):
            monkeypatch.setattr(verification, "ENTRIES_AT_A_TIME", step)
            assert [] == found()

    def test_knows_no_ledger_of_that_name(self):
        """An agreement without facts is a problem for who asks whether its facts are sound."""
        assert ["moon: nothing is recorded under this key"] == found("moon")

    def test_names_an_entry_that_says_something_else(self):
        """A leaf with other words: its hash, and from there every hash above it."""
        other = leaf_of(started(6, window="another"))
        tamper(f'UPDATE ledger_entry SET leaf = %s WHERE "index" = 6 AND {MINE}', other)

        assert "acorn-legal, entry 6: its hash is not that of its leaf" in found()
        assert [] == found(BIRCH)

    def test_names_the_first_hash_above_an_entry_that_was_replaced_with_its_hash(self):
        """A leaf replaced together with its hash: the hashes above it are not theirs, and the signed head says so."""
        other = leaf_of(started(6, window="another"))
        tamper(f'UPDATE ledger_entry SET leaf = %s, hashes = %s WHERE "index" = 6 AND {MINE}', other, leaf_hash(other))

        problems = found()
        assert problems[0] == "acorn-legal, entry 6: the hash over the 2 entries from here on is missing or is not theirs"
        assert any(
            problem.startswith("acorn-legal: the head of 13 entries: it was signed with the root") for problem in problems
        )
        assert not any("the head of 5 entries" in problem for problem in problems)

    def test_names_a_missing_entry(self):
        """The place and what comes next."""
        tamper(f'DELETE FROM ledger_entry WHERE "index" = 6 AND {MINE}')

        assert found()[0] == "acorn-legal, entry 6: is missing; the next that is there is entry 7"

    def test_names_entries_cut_off_at_the_end(self):
        """The tree states more than is there."""
        tamper(f'DELETE FROM ledger_entry WHERE "index" >= 6 AND {MINE}')

        assert {
            "acorn-legal: the tree states 13 entries, 6 are there",
            "acorn-legal: the head of 13 entries: its entries are not all there",
        } <= set(found())

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("fact_id", "x"),
            ("type", "x/1"),
            ("occurred_at", "2020-01-01 00:00+00:00"),
            ("recorded_at", "2020-01-01 00:00+00:00"),
        ],
    )
    def test_names_a_column_that_contradicts_its_leaf(self, column, value):
        """Queries look at columns, so a lie in one of them would hide a fact."""
        tamper(f'UPDATE ledger_entry SET {column} = %s WHERE "index" = 6 AND {MINE}', value)

        [problem] = found()
        assert problem.startswith(f"acorn-legal, entry 6: the column {column} says ")

    def test_names_a_fact_of_another_agreement(self):
        """A sound leaf in the wrong ledger."""
        foreign = leaf_of(started(6, agreement=BIRCH))
        tamper(f'UPDATE ledger_entry SET leaf = %s WHERE "index" = 6 AND {MINE}', foreign)

        assert "acorn-legal, entry 6: its fact belongs to the agreement birch-print" in found()

    def test_names_a_leaf_that_is_no_fact(self):
        """Other bytes altogether."""
        tamper(f'UPDATE ledger_entry SET leaf = %s WHERE "index" = 6 AND {MINE}', b"{}")

        assert any(problem.startswith("acorn-legal, entry 6: its leaf is no fact: type: ") for problem in found())

    def test_names_a_hash_that_was_altered(self):
        """Proofs would be made from it."""
        tamper(f'UPDATE ledger_entry SET hashes = %s WHERE "index" = 7 AND {MINE}', hashes_of(7, 1, bytes(32)))

        assert ["acorn-legal, entry 6: the hash over the 2 entries from here on is missing or is not theirs"] == found()

    def test_names_a_hash_that_is_missing(self):
        """Without it no proof of the entries under it could be made."""
        tamper(f'UPDATE ledger_entry SET hashes = %s WHERE "index" = 7 AND {MINE}', hashes_of(7, 3, b""))

        assert ["acorn-legal, entry 0: the hash over the 8 entries from here on is missing or is not theirs"] == found()

    def test_names_a_hash_that_belongs_nowhere(self):
        """An entry with an even place completes nothing but itself."""
        tamper(f'UPDATE ledger_entry SET hashes = %s WHERE "index" = 6 AND {MINE}', hashes_of(6, 1, bytes(32)))

        assert ["acorn-legal, entry 6: more hashes are kept with it than it completes"] == found()

    @pytest.mark.parametrize(
        ("peaks", "said"),
        [("[]", "a tree of 13 leaves has 3 peaks, came 0"), (str(["00" * 32] * 3).replace("'", '"'), "another root")],
    )
    def test_names_a_tree_with_another_root(self, peaks, said):
        """The next entry would be appended to something else."""
        tamper(f"UPDATE ledger_tree SET peaks = %s WHERE {MINE.replace('tree_id', 'id')}", peaks)

        [problem] = found()
        assert said in problem

    def test_names_a_head_that_was_altered(self):
        """Its columns, or its note."""
        tamper(f"UPDATE ledger_checkpoint SET root = %s WHERE size = 5 AND {MINE}", bytes(32))

        [of_entries, of_note] = found()
        assert of_entries.startswith(f"acorn-legal: the head of 5 entries: it was signed with the root {'00' * 32}")
        assert of_note.startswith("acorn-legal: the head of 5 entries: its note states 5 entries of upheld/acorn-legal")

    def test_names_a_note_that_is_none(self):
        """Text that nobody could show to a customer."""
        tamper(f"UPDATE ledger_checkpoint SET note = %s WHERE size = 5 AND {MINE}", "signed, honestly\n")

        [problem] = found()
        assert problem.startswith("acorn-legal: the head of 5 entries: a note has an empty line")

    def test_names_a_signature_by_another_key(self):
        """Only with the keys at hand: the rows themselves agree."""
        services.record(facts=[started(99)])
        services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner("eve.example"))

        [problem] = found()
        assert problem.startswith("acorn-legal: the head of 14 entries: no known key has signed the note")
        assert [] == found(keys=())


def test_any_altered_byte_is_found():
    """A hundred random bits in any of the rows that are evidence: each alteration is found, in the ledger that it struck."""
    chance = random.Random(2026)
    columns = (
        ("ledger_entry", "leaf"),
        ("ledger_entry", "hashes"),
        ("ledger_checkpoint", "root"),
    )
    for _ in range(100):
        table, column = chance.choice(columns)
        with triggers_stand_aside(), connection.cursor() as cursor:
            cursor.execute(f"SELECT id, {column} FROM {table} WHERE {MINE} ORDER BY id")
            row, kept = chance.choice(cursor.fetchall())
            kept = bytes(kept)
            place = chance.randrange(len(kept))
            altered = kept[:place] + bytes([kept[place] ^ (1 << chance.randrange(8))]) + kept[place + 1 :]
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [altered, row])

            assert found() != [], (table, column, row, place)

            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [kept, row])
    assert ([], []) == (found(), found(BIRCH))
