"""The tree's root is RFC 6962's, however it was grown and wherever it was kept meanwhile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.proof.by_the_book import tree_hash
from tests.core.proof.published import ENTRIES, ROOTS
from upheld.core.proof import (
    EMPTY_ROOT,
    Frontier,
    NotAFrontier,
    grow,
    leaf_hash,
    node_hash,
    nodes_completed_by,
    root_of,
)

LARGEST = 70
NUMBERED = [f"entry {number}".encode() for number in range(LARGEST)]
LEAVES = [leaf_hash(entry) for entry in NUMBERED]


class TestRoots:
    @pytest.mark.parametrize("size", range(9))
    def test_equal_the_published_ones(self, size: int) -> None:
        """The reference tree of Certificate Transparency, at each of its sizes."""
        assert root_of(leaf_hash(entry) for entry in ENTRIES[:size]).hex() == ROOTS[size]

    @pytest.mark.parametrize("size", range(LARGEST))
    def test_equal_the_definition(self, size: int) -> None:
        """Appending one at a time gives what the recursive definition of RFC 6962 section 2.1 gives."""
        assert root_of(LEAVES[:size]) == tree_hash(NUMBERED[:size])

    def test_of_nothing_is_the_hash_of_nothing(self) -> None:
        """An empty tree has a root too."""
        assert Frontier().root() == EMPTY_ROOT == tree_hash([])

    def test_a_leaf_is_not_mistaken_for_a_node(self) -> None:
        """An entry that spells two hashes does not hash to their parent."""
        assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


class TestFrontier:
    @given(st.integers(0, LARGEST), st.integers(0, LARGEST))
    def test_grows_alike_in_any_portions(self, first: int, second: int) -> None:
        """All at once, in two portions, or leaf by leaf: one frontier."""
        start, end = sorted((first, second))
        leaf_by_leaf = Frontier()
        for leaf in LEAVES[:end]:
            leaf_by_leaf = leaf_by_leaf.append(leaf)

        portions = Frontier().extend(LEAVES[:start]).extend(LEAVES[start:end])

        assert Frontier().extend(LEAVES[:end]) == portions == leaf_by_leaf
        assert portions.size == end

    def test_is_left_as_it_was_by_growing(self) -> None:
        """Whoever holds a frontier holds that tree for ever."""
        held = Frontier().extend(LEAVES[:3])

        held.append(LEAVES[3])
        grow(held, LEAVES[3:9])

        assert Frontier().extend(LEAVES[:3]) == held

    @pytest.mark.parametrize("size", range(LARGEST))
    def test_survives_a_row_in_a_database(self, size: int) -> None:
        """Its size and a list of hex text are all of it."""
        kept = Frontier().extend(LEAVES[:size])

        assert Frontier.from_hex(kept.size, kept.to_hex()) == kept

    @pytest.mark.parametrize(
        ("size", "peaks", "reason"),
        [
            (3, ["00" * 32], "a tree of 3 leaves has 2 peaks, came 1"),
            (0, ["00" * 32], "a tree of 0 leaves has 0 peaks, came 1"),
            (-1, ["00" * 32], "a tree of -1 leaves has 0 peaks"),
            (1, ["00" * 31], "64 lower-case hex digits"),
            (1, ["AB" * 32], "64 lower-case hex digits"),
            (1, [" " + "0" * 63], "64 lower-case hex digits"),
        ],
    )
    def test_refuses_a_damaged_row(self, size: int, peaks: list[str], reason: str) -> None:
        """Peaks that cannot belong to the size would silently make another tree."""
        with pytest.raises(NotAFrontier, match=reason):
            Frontier.from_hex(size, peaks)


class TestGrow:
    def test_gives_the_frontier_of_extend(self) -> None:
        """The nodes come on top; the tree is the same."""
        frontier, _ = grow(Frontier().extend(LEAVES[:5]), LEAVES[5:])

        assert Frontier().extend(LEAVES) == frontier

    def test_gives_each_complete_subtree_once_with_its_hash(self) -> None:
        """Grown in portions, exactly the complete subtrees of the whole tree have been given."""
        _, before = grow(Frontier(), LEAVES[:13])
        _, after = grow(Frontier().extend(LEAVES[:13]), LEAVES[13:])

        expected = {
            (level, index): tree_hash(NUMBERED[index << level : (index + 1) << level])
            for level in range(LARGEST.bit_length())
            for index in range(LARGEST >> level)
        }
        assert expected == {(level, index): hash_ for level, index, hash_ in before + after}
        assert len(expected) == len(before) + len(after)

    @pytest.mark.parametrize("index", range(LARGEST))
    def test_completes_the_nodes_that_were_foretold(self, index: int) -> None:
        """Which nodes a leaf completes is known before its hash is."""
        _, nodes = grow(Frontier().extend(LEAVES[:index]), [LEAVES[index]])

        assert nodes_completed_by(index) == [(level, place) for level, place, _ in nodes]
