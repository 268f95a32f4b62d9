"""An entry is proven to be in a tree, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.proof.by_the_book import audit_path
from tests.core.proof.published import ENTRIES, INCLUSION_OF_5_IN_8, ROOTS
from tests.core.proof.stored import UniformTree, store_nodes
from upheld.core.proof import (
    inclusion_proof,
    inclusion_proof_from,
    leaf_hash,
    nodes_for_inclusion,
    root_of,
    verify_inclusion,
)

LARGEST = 70
NUMBERED = [f"entry {number}".encode() for number in range(LARGEST)]
LEAVES = [leaf_hash(entry) for entry in NUMBERED]
ROOT_AT = [root_of(LEAVES[:size]) for size in range(LARGEST + 1)]
places = st.integers(1, LARGEST).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size)))


def test_equals_the_published_proof() -> None:
    """Entry 5 of the eight of Certificate Transparency's reference tree."""
    leaves = [leaf_hash(entry) for entry in ENTRIES]

    assert [hash_.hex() for hash_ in inclusion_proof(leaves, 5, 8)] == INCLUSION_OF_5_IN_8
    assert verify_inclusion(leaves[5], 5, 8, inclusion_proof(leaves, 5, 8), bytes.fromhex(ROOTS[8])) is None


@pytest.mark.parametrize("size", range(1, LARGEST))
def test_equals_the_definition_for_every_entry(size: int) -> None:
    """From the leaves and from stored nodes: the path of RFC 6962 section 2.1.1, and it verifies."""
    read_node = store_nodes(LEAVES[:size])
    for index in range(size):
        expected = audit_path(index, NUMBERED[:size])

        assert expected == inclusion_proof(LEAVES, index, size) == inclusion_proof_from(read_node, index, size)
        assert verify_inclusion(LEAVES[index], index, size, expected, ROOT_AT[size]) is None


@given(places)
def test_reads_the_nodes_that_were_foretold(place: tuple[int, int]) -> None:
    """A store that fetched `nodes_for_inclusion` in one query needs no other node."""
    index, size = place
    every = store_nodes(LEAVES[:size])
    fetched = {(level, number): every(level, number) for level, number in nodes_for_inclusion(index, size)}

    proof = inclusion_proof_from(lambda level, number: fetched.pop((level, number)), index, size)

    assert inclusion_proof(LEAVES, index, size) == proof
    assert fetched == {}


@pytest.mark.parametrize("index", [0, 1, 524_287, 524_288, 999_998, 999_999])
def test_takes_few_reads_in_a_tree_of_a_million(index: int) -> None:
    """Twenty levels: no more than forty reads, a proof of at most twenty hashes, and it verifies."""
    tree = UniformTree(leaf_hash(b"same"))

    proof = inclusion_proof_from(tree.read_node, index, 1_000_000)

    assert tree.reads <= 40
    assert len(proof) <= 20
    assert verify_inclusion(leaf_hash(b"same"), index, 1_000_000, proof, tree.root(1_000_000)) is None


@given(places, st.data())
def test_does_not_verify_once_anything_is_changed(place: tuple[int, int], data: st.DataObject) -> None:
    """Another entry, place, size, root, a changed, missing, added or moved hash: each is found, and told."""
    index, size = place
    proof = inclusion_proof(LEAVES, index, size)
    leaf, root = LEAVES[index], ROOT_AT[size]
    changes = [
        (LEAVES[(index + 1) % LARGEST], index, size, proof, root),
        (leaf, index, size, proof, ROOT_AT[size - 1]),
        (leaf, index, size, [*proof, root], root),
        (leaf, size, size, proof, root),
        (leaf, -1, size, proof, root),
        (leaf[:31], index, size, proof, root),
        (leaf, index, size, proof, root + b"\x00"),
    ]
    if size > 1:
        changes.append((leaf, data.draw(st.integers(0, size - 1).filter(lambda other: other != index)), size, proof, root))
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        flipped = bytes([proof[at][0] ^ 1]) + proof[at][1:]
        changes.append((leaf, index, size, [*proof[:at], flipped, *proof[at + 1 :]], root))
        changes.append((leaf, index, size, [*proof[:at], proof[at][1:], *proof[at + 1 :]], root))
        changes.append((leaf, index, size, [*proof[:at], *proof[at + 1 :]], root))
    if len(proof) > 1:
        changes.append((leaf, index, size, [*proof[1:], proof[0]], root))

    for change in changes:
        assert str(verify_inclusion(*change)).startswith("inclusion")


def test_tells_what_was_expected_and_what_came() -> None:
    """The sentence holds both roots, so that the reader can compare them with the checkpoint."""
    problem = verify_inclusion(LEAVES[0], 2, 3, [ROOT_AT[2]], ROOT_AT[3])

    assert ROOT_AT[3].hex() in str(problem)
    assert "entry 2" in str(problem)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3), (0, LARGEST + 1)])
def test_is_not_made_for_an_entry_outside_the_tree(index: int, size: int) -> None:
    """Asking for a proof that cannot exist is the asker's mistake."""
    with pytest.raises(ValueError, match=r"entries|leaves"):
        inclusion_proof(LEAVES, index, size)
