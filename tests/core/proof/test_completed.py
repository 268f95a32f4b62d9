"""Rows of hashes hold every node of the tree that core builds one by one."""

from hypothesis import given
from hypothesis import strategies as st

from upheld.core.proof import Frontier, grow, leaf_hash
from upheld.core.proof.completed import complete, completing_leaf, hash_in_row

LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]


@given(st.integers(0, 300), st.integers(0, 300))
def test_every_node_is_found_in_its_row(first, second):
    """In whatever two steps the tree grew: each hash where it is looked for, and the same frontier."""
    first, second = sorted((first, second))
    begun, early = complete(Frontier(), LEAVES[:first])
    grown, late = complete(begun, LEAVES[first:second])
    rows = early + late

    expected, nodes = grow(Frontier(), LEAVES[:second])

    assert expected == grown
    assert [hash_ for _, _, hash_ in nodes] == [
        hash_in_row(rows[completing_leaf(level, index)], level) for level, index, _ in nodes
    ]
    assert 32 * len(nodes) == sum(map(len, rows))


def test_a_row_without_the_level_gives_less_than_a_hash():
    """A reader notices that it is not there."""
    _, rows = complete(Frontier(), LEAVES[:3])

    assert b"" == hash_in_row(rows[2], 1)
