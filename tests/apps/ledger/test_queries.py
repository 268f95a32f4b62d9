"""What the ledger says: facts as of an instant, heads, and proofs that core's verification believes."""

import pytest

from tests.apps.ledger.facts_at_hand import ACORN, BIRCH, NOON, started
from upheld.apps.ledger import queries, services
from upheld.apps.ledger.facts import UnreadableLeaf, leaf_of, read_leaf
from upheld.core.facts import WindowEnded, WindowStarted
from upheld.core.proof import canonical_bytes, leaf_hash, root_of, verify_consistency, verify_inclusion
from upheld.core.timeline import SECOND
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

COUNT = 21


@pytest.fixture
def facts():
    facts = [started(number) for number in range(COUNT)]
    services.record(facts=facts)
    return facts


@pytest.fixture
def hashes(facts):
    return [leaf_hash(leaf_of(fact)) for fact in facts]


class TestFactsOf:
    def test_are_those_that_were_recorded_by_then(self, facts):
        """The instant itself counts: a fact recorded at noon is known at noon."""
        assert facts[:4] == queries.facts_of(ACORN, as_of=NOON + SECOND * 3)

    def test_are_those_of_the_kinds_that_were_asked_for(self, facts):
        """Asked in the database, so that a ledger full of batches answers quickly."""
        assert (facts, []) == (queries.facts_of(ACORN, kinds=[WindowStarted]), queries.facts_of(ACORN, kinds=[WindowEnded]))

    def test_are_nobody_elses(self, facts):
        """Another agreement has its own ledger."""
        assert [] == queries.facts_of(BIRCH)

    def test_are_found_by_their_id(self, facts):
        """With place and leaf; an unknown one is a sentence."""
        found = queries.fact_of(ACORN, "fact-3")

        assert (3, facts[3], leaf_of(facts[3])) == (found.index, found.fact, found.leaf)
        with pytest.raises(queries.NotRecorded, match="acorn-legal: no fact 'fact-99' is recorded"):
            queries.fact_of(ACORN, "fact-99")


class TestEntries:
    def test_are_read_in_steps(self, facts):
        """A reader that remembers the last place it read misses nothing and reads nothing twice."""
        read, after = [], -1
        while step := queries.entries(ACORN, after, 4):
            read += [entry.fact for entry in step]
            after = step[-1].index

        assert facts == read


class TestLeavesOf:
    def test_are_the_bytes_of_the_tree(self, facts):
        """As many as asked for, each canonical."""
        assert [canonical_bytes(fact.to_json()) for fact in facts[:5]] == queries.leaves_of(ACORN, 5)

    def test_cannot_be_more_than_there_are(self, facts):
        """A bundle of a size that is not there is never half made."""
        with pytest.raises(queries.NotRecorded, match="acorn-legal: 21 entries are recorded, asked was for 22"):
            queries.leaves_of(ACORN, 22)


class TestHeads:
    def test_follow_the_tree(self, facts, hashes):
        """Size and root of all that is recorded; none where nothing is."""
        head = queries.head_of(ACORN)

        assert head == queries.Head(ACORN, f"upheld/{ACORN}", COUNT, root_of(hashes))
        assert queries.head_of(BIRCH) is None

    def test_are_listed_as_they_were_signed(self, facts):
        """From small to large, and the latest by itself."""
        first = services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())
        services.record(facts=[started(99)])
        second = services.sign_checkpoint(agreement=ACORN, at=NOON, signer=FakeSigner())

        assert ([first, second], second, None) == (
            queries.checkpoints(ACORN),
            queries.latest_checkpoint(ACORN),
            queries.latest_checkpoint(BIRCH),
        )


class TestProofs:
    def test_show_that_an_entry_is_in_the_tree(self, hashes):
        """Each entry, in trees of every size, by core's own verification."""
        for size in range(1, COUNT + 1):
            root = root_of(hashes[:size])
            for index in range(size):
                proof = queries.prove_inclusion(ACORN, index, size)
                assert verify_inclusion(hashes[index], index, size, proof, root) is None

    def test_show_that_a_tree_begins_another(self, hashes):
        """Every older size in every newer one."""
        for new in range(1, COUNT + 1):
            for old in range(1, new + 1):
                proof = queries.prove_consistency(ACORN, old, new)
                assert verify_consistency(old, root_of(hashes[:old]), new, root_of(hashes[:new]), proof) is None

    def test_are_not_made_for_what_is_not_there(self, facts):
        """A size beyond the tree, an entry beyond the size."""
        with pytest.raises(queries.NotRecorded):
            queries.prove_inclusion(ACORN, 0, COUNT + 1)
        with pytest.raises(ValueError, match="entry 5 is not in a tree of 5 entries"):
            queries.prove_inclusion(ACORN, 5, 5)


@pytest.mark.parametrize("leaf", [b"{}", b"not json", b'{"type":"window-started/9"}', b'{"type": "window-started/1"}'])
def test_a_leaf_that_is_no_fact_is_never_dropped(leaf):
    """It raises, with every reason: what a later version wrote, or somebody altered, does not vanish from a figure."""
    with pytest.raises(UnreadableLeaf):
        read_leaf(leaf)
