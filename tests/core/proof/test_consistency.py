"""A tree is proven to have only grown, and one that was changed is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.proof.by_the_book import proof as proof_by_the_book
from tests.core.proof.published import CONSISTENCY_OF_6_WITH_8, ENTRIES, ROOTS
from tests.core.proof.stored import UniformTree, store_nodes
from upheld.core.proof import (
    EMPTY_ROOT,
    consistency_proof,
    consistency_proof_from,
    leaf_hash,
    nodes_for_consistency,
    root_of,
    verify_consistency,
)

LARGEST = 70
NUMBERED = [f"entry {number}".encode() for number in range(LARGEST)]
LEAVES = [leaf_hash(entry) for entry in NUMBERED]
ROOT_AT = [root_of(LEAVES[:size]) for size in range(LARGEST + 1)]
growths = st.tuples(st.integers(1, LARGEST), st.integers(1, LARGEST)).map(sorted)


def test_equals_the_published_proof() -> None:
    """Six entries, then eight, of Certificate Transparency's reference tree."""
    leaves = [leaf_hash(entry) for entry in ENTRIES]

    proof = consistency_proof(leaves, 6, 8)

    assert [hash_.hex() for hash_ in proof] == CONSISTENCY_OF_6_WITH_8
    assert verify_consistency(6, bytes.fromhex(ROOTS[6]), 8, bytes.fromhex(ROOTS[8]), proof) is None


@pytest.mark.parametrize("new_size", range(1, LARGEST))
def test_equals_the_definition_for_every_older_size(new_size: int) -> None:
    """From the leaves and from stored nodes: the proof of RFC 6962 section 2.1.2, and it verifies."""
    read_node = store_nodes(LEAVES[:new_size])
    for old_size in range(1, new_size + 1):
        expected = proof_by_the_book(old_size, NUMBERED[:new_size])

        assert expected == consistency_proof(LEAVES, old_size, new_size)
        assert expected == consistency_proof_from(read_node, old_size, new_size)
        assert verify_consistency(old_size, ROOT_AT[old_size], new_size, ROOT_AT[new_size], expected) is None


@given(growths)
def test_reads_the_nodes_that_were_foretold(growth: list[int]) -> None:
    """A store that fetched `nodes_for_consistency` in one query needs no other node."""
    every = store_nodes(LEAVES[: growth[1]])
    fetched = {(level, number): every(level, number) for level, number in nodes_for_consistency(*growth)}

    proof = consistency_proof_from(lambda level, number: fetched.pop((level, number)), *growth)

    assert consistency_proof(LEAVES, *growth) == proof
    assert fetched == {}


@pytest.mark.parametrize("old_size", [1, 2, 524_288, 524_289, 777_777, 999_999])
def test_takes_few_reads_in_a_tree_of_a_million(old_size: int) -> None:
    """Twenty levels: no more than forty reads, a proof of at most twenty-one hashes, and it verifies."""
    tree = UniformTree(leaf_hash(b"same"))

    proof = consistency_proof_from(tree.read_node, old_size, 1_000_000)

    assert tree.reads <= 40
    assert len(proof) <= 21
    assert verify_consistency(old_size, tree.root(old_size), 1_000_000, tree.root(1_000_000), proof) is None


class TestEmptyTree:
    """Every tree begins with the empty one: nothing has to be shown, and nothing may be."""

    @pytest.mark.parametrize("new_size", [0, 1, 7])
    def test_begins_every_tree(self, new_size: int) -> None:
        """The proof is empty, and holds."""
        assert consistency_proof(LEAVES, 0, new_size) == []
        assert verify_consistency(0, EMPTY_ROOT, new_size, ROOT_AT[new_size], []) is None

    def test_has_one_root(self) -> None:
        """Another root for no entries is refused, on the old side and on the new."""
        assert "the root of an empty tree" in str(verify_consistency(0, ROOT_AT[1], 5, ROOT_AT[5], []))
        assert "leads to the root" in str(verify_consistency(0, EMPTY_ROOT, 0, ROOT_AT[1], []))

    def test_has_no_proof(self) -> None:
        """A hash too many is refused."""
        assert "has 0 hashes, came 1" in str(verify_consistency(0, EMPTY_ROOT, 5, ROOT_AT[5], [ROOT_AT[1]]))


@given(growths, st.data())
def test_does_not_verify_once_anything_is_changed(growth: list[int], data: st.DataObject) -> None:
    """Another root or size, a changed, missing, added or moved hash: each is found, and told."""
    old_size, new_size = growth
    proof = consistency_proof(LEAVES, old_size, new_size)
    old_root, new_root = ROOT_AT[old_size], ROOT_AT[new_size]
    changes = [
        (old_size, ROOT_AT[old_size - 1], new_size, new_root, proof),
        (old_size, old_root, new_size, ROOT_AT[new_size - 1], proof),
        (old_size, old_root, new_size, new_root, [*proof, new_root]),
        (new_size + 1, old_root, new_size, new_root, proof),
        (-1, old_root, new_size, new_root, proof),
        (old_size, old_root[1:], new_size, new_root, proof),
        (old_size, old_root, new_size, new_root + b"\x00", proof),
    ]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        changes.append((old_size, old_root, new_size, new_root, [*proof[:at], flipped, *proof[at + 1 :]]))
        changes.append((old_size, old_root, new_size, new_root, [*proof[:at], b"", *proof[at + 1 :]]))
        changes.append((old_size, old_root, new_size, new_root, [*proof[:at], *proof[at + 1 :]]))
    if len(proof) > 1:
        changes.append((old_size, old_root, new_size, new_root, [*proof[1:], proof[0]]))

    for change in changes:
        assert str(verify_consistency(*change)).startswith("consistency")


@given(growths, st.data())
def test_finds_history_rewritten_and_rebuilt(growth: list[int], data: st.DataObject) -> None:
    """One early entry replaced, and the whole tree made again with proofs of its own: the older root does not fit."""
    old_size, new_size = growth
    forged = list(LEAVES)
    forged[data.draw(st.integers(0, old_size - 1))] = leaf_hash(b"what suits us better")

    proof = consistency_proof(forged, old_size, new_size)

    assert verify_consistency(old_size, ROOT_AT[old_size], new_size, root_of(forged[:new_size]), proof) is not None


@pytest.mark.parametrize(("old_size", "new_size"), [(3, 2), (-1, 2), (1, LARGEST + 1)])
def test_is_not_made_where_a_tree_cannot_have_grown(old_size: int, new_size: int) -> None:
    """Asking for a proof that cannot exist is the asker's mistake."""
    with pytest.raises(ValueError, match="tree of"):
        consistency_proof(LEAVES, old_size, new_size)
