"""The witness's own trees agree with core's, and find what core finds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from upheld.core.proof import Frontier, grow, inclusion_proof, leaf_hash, root_of
from upheld.interfaces.cli.witness.notes import Refused
from upheld.interfaces.cli.witness.trees import explain_growth, includes

ENTRIES = [str(number).encode() for number in range(600)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
NODES = {(level, index): hash_ for level, index, hash_ in grow(Frontier(), LEAVES)[1]}
SIZES = st.integers(0, 600)


def read_row(level, number):
    """The row of the largest tree: more than a smaller one needs."""
    places = [(8 * level, index) for index in range(number * 256, number * 256 + 256)]
    return [NODES[place] for place in places if place in NODES]


@settings(max_examples=300, deadline=None)
@given(SIZES, SIZES)
def test_growth_is_believed(one, other):
    """Every older size in every newer one."""
    old, new = sorted((one, other))

    assert explain_growth(old, root_of(LEAVES[:old]), new, root_of(LEAVES[:new]), read_row) is None


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 600), st.integers(1, 600), st.data())
def test_a_changed_entry_is_found(one, other, data):
    """Whatever entry of the old tree was another one: neither honest nor dishonest rows make both roots."""
    old, new = sorted((one, other))
    changed = list(LEAVES)
    changed[data.draw(st.integers(0, old - 1))] = bytes(32)
    kept = root_of(changed[:old])

    assert explain_growth(old, kept, new, root_of(LEAVES[:new]), read_row) is not None


def test_rows_that_do_not_fit_one_another_are_found():
    """A row of level 1 from another tree: its hash would stand for entries that were never those of the old one."""

    def mixed(level, number):
        return [bytes(32), *read_row(level, number)[1:]] if level else read_row(level, number)

    assert explain_growth(255, root_of(LEAVES[:255]), 600, root_of(LEAVES), read_row) is None
    assert explain_growth(256, root_of(LEAVES[:256]), 600, root_of(LEAVES), mixed) is not None
    assert explain_growth(256, mixed(1, 0)[0], 600, root_of(LEAVES), mixed) is not None


def test_a_tree_that_shrank_is_found():
    """Entries are gone, even if what is left fits."""
    assert "entries are gone" in str(explain_growth(9, root_of(LEAVES[:9]), 8, root_of(LEAVES[:8]), read_row))


def test_too_few_hashes_are_refused():
    """A row that ends too early proves nothing."""
    with pytest.raises(Refused, match="has too few hashes"):
        explain_growth(3, root_of(LEAVES[:3]), 9, root_of(LEAVES[:9]), lambda level, number: read_row(level, number)[:4])


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 600), st.data())
def test_an_entry_is_where_its_proof_says(size, data):
    """Core's proofs are accepted at their place and nowhere else."""
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size))
    proof, root = inclusion_proof(LEAVES, index, size), root_of(LEAVES[:size])

    assert includes(ENTRIES[index], index, size, proof, root)
    assert (other == index) == includes(ENTRIES[index], other, size, proof, root)
    assert not includes(ENTRIES[index] + b"x", index, size, proof, root)
