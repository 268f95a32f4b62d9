"""Proof that one entry is in a tree, at its place, without showing the others (RFC 6962 2.1.1, RFC 9162 2.1.3)."""

from collections.abc import Sequence

from upheld.core.proof.problem import ProofProblem
from upheld.core.proof.subtrees import Leaves, nodes_of, read_subtrees, reader_of, split_of
from upheld.core.proof.tree import HASH_SIZE, ReadNode, node_hash


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """The proof that the leaf `index` is in the tree of the first `size` leaves; it hashes each leaf once more.

    Raises ValueError for a leaf outside the tree, or a tree larger than the leaves given.
    """
    if size > len(leaf_hashes):
        raise ValueError(f"a tree of {size} leaves is asked for, only {len(leaf_hashes)} are given")
    return inclusion_proof_from(reader_of(leaf_hashes), index, size)


def inclusion_proof_from(read_node: ReadNode, index: int, size: int) -> list[bytes]:
    """The same proof from stored nodes: about log2(size) reads, and fewer hashes than that.

    Raises ValueError for a leaf outside the tree.
    """
    return read_subtrees(read_node, _subtrees_beside(index, size))


def nodes_for_inclusion(index: int, size: int) -> list[tuple[int, int]]:
    """The (level, index) of each node that `inclusion_proof_from` will read, to fetch them in one query."""
    return [node for subtree in _subtrees_beside(index, size) for node in nodes_of(subtree)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> ProofProblem | None:
    """None when `proof` shows the leaf hash `leaf` at `index` in the tree of `size` leaves with `root`; else why not.

    The root must come from a checkpoint that is trusted: the proof says nothing about who made the tree.
    """
    if not 0 <= index < size:
        return ProofProblem(f"inclusion: entry {index} cannot be in a tree of {size} entries, which are counted from 0")
    if any(len(hash_) != HASH_SIZE for hash_ in (leaf, root, *proof)):
        return ProofProblem(f"inclusion of entry {index}: a hash must be {HASH_SIZE} bytes")
    beside = _subtrees_beside(index, size)
    if len(proof) != len(beside):
        return ProofProblem(
            f"inclusion of entry {index}: {size} entries need a proof of {len(beside)} hashes, came {len(proof)}"
        )
    computed = leaf
    for (start, _), sibling in zip(beside, proof, strict=True):
        computed = node_hash(sibling, computed) if start < index else node_hash(computed, sibling)
    if computed != root:
        return ProofProblem(
            f"inclusion of entry {index}: the proof leads to the root {computed.hex()}, the tree of {size} entries has"
            f" {root.hex()}; the entry, its place or the proof was changed"
        )
    return None


def _subtrees_beside(index: int, size: int) -> list[Leaves]:
    """The subtrees that hang beside the way from the leaf up to the root, in that order."""
    if not 0 <= index < size:
        raise ValueError(f"entry {index} is not in a tree of {size} entries, which are counted from 0")
    start, end, beside = 0, size, []
    while end - start > 1:
        middle = start + split_of(end - start)
        if index < middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    beside.reverse()
    return beside
