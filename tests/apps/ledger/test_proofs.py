"""Inclusion proofs whose upper part is at hand: the same as core's, and never of a tree that is another one by now."""

from hashlib import sha256

import pytest
from django.db import transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.apps.ledger.facts_at_hand import ACORN, started
from upheld.apps.ledger import services, statements
from upheld.apps.ledger.facts import leaf_of
from upheld.apps.ledger.queries import nodes, proofs
from upheld.core.proof import inclusion_proof, inclusion_proof_from, leaf_hash, nodes_for_inclusion

COUNT = 1300
SOME = (0, 1, 255, 256, 700, 1023, 1024, 1279, 1280, 1298, 1299)


def hash_of(level: int, index: int) -> bytes:
    return sha256(f"{level} {index}".encode()).digest()


@st.composite
def places(draw):
    size = draw(st.integers(2**9, 2**40))
    return draw(st.integers(0, size - 1)), size


class TestWay:
    @given(places())
    def test_is_that_of_core(self, place):
        """Neighbours below, the right edge where the ways meet, left neighbours above: for any entry of any tree."""
        index, size = place
        joint = proofs.find_joint(index, size)
        assume(joint >= nodes.UPPER_LEVEL)
        expected = inclusion_proof_from(hash_of, index, size)
        read = nodes_for_inclusion(index, size)
        upper = nodes.Upper(size, nodes={node: hash_of(*node) for node in read}, edges={joint: expected[joint]})

        below = [(level, index >> level ^ 1) for level in range(nodes.UPPER_LEVEL)]
        above = proofs.prove_above(upper, index)

        assert (below, expected[nodes.UPPER_LEVEL :]) == (read[: nodes.UPPER_LEVEL], above)


@pytest.fixture
def selected(monkeypatch):
    """The statements that are asked."""
    asked = []

    def select(statement, values):
        asked.append(statement)
        return answer(statement, values)

    answer = statements.select
    monkeypatch.setattr(nodes, "select", select)
    monkeypatch.setattr(proofs, "select", select)
    nodes.at_hand.clear()
    return asked


def recorded(first: int, count: int) -> list[bytes]:
    facts = [started(number) for number in range(first, first + count)]
    services.record(facts=facts)
    return [leaf_hash(leaf_of(fact)) for fact in facts]


@pytest.mark.django_db
class TestProveInclusion:
    def test_is_that_of_core(self, selected):
        """Asked twice for each: first read whole, then from what is at hand."""
        hashes = recorded(0, COUNT)

        for index in SOME * 2:
            assert inclusion_proof(hashes, index, COUNT) == proofs.prove_inclusion(ACORN, index, COUNT)

    def test_asks_once(self, selected):
        """One statement reads the tree and the rows of a proof: one for each lower level, where the rest is at hand."""
        recorded(0, COUNT)
        proofs.prove_inclusion(ACORN, 700, COUNT)
        proofs.prove_inclusion(ACORN, 701, COUNT)

        assert 2 == len(selected)
        assert proofs.LOWER_ROWS == selected[1]

    def test_forgets_a_tree_that_grew(self, selected):
        """Of the old size and the new one, each as core makes it."""
        hashes = recorded(0, COUNT)
        proofs.prove_inclusion(ACORN, 700, COUNT)
        hashes += recorded(COUNT, 300)

        for size in (COUNT, COUNT + 300):
            assert inclusion_proof(hashes, 700, size) == proofs.prove_inclusion(ACORN, 700, size)

    def test_does_not_mix_two_trees_of_one_size(self, selected):
        """What was taken back leaves nothing behind: another history of the same length is proved with its own hashes."""
        taken_back = transaction.savepoint()
        recorded(5000, COUNT)
        proofs.prove_inclusion(ACORN, 700, COUNT)
        transaction.savepoint_rollback(taken_back)
        hashes = recorded(0, COUNT)

        assert inclusion_proof(hashes, 700, COUNT) == proofs.prove_inclusion(ACORN, 700, COUNT)
