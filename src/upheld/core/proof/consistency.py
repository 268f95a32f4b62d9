"""Proof that a tree has only grown: an older one is the beginning of a newer one (RFC 6962 2.1.2, RFC 9162 2.1.4)."""

from collections.abc import Sequence

from upheld.core.proof.problem import ProofProblem
from upheld.core.proof.subtrees import Leaves, nodes_of, read_subtrees, reader_of, split_of
from upheld.core.proof.tree import EMPTY_ROOT, HASH_SIZE, ReadNode, node_hash


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int, new_size: int) -> list[bytes]:
    """The proof that the first `old_size` leaves begin the tree of the first `new_size`; it hashes each leaf once more.

    Raises ValueError where the old tree is larger than the new one, or the new one than the leaves given.
    """
    if new_size > len(leaf_hashes):
        raise ValueError(f"a tree of {new_size} leaves is asked for, only {len(leaf_hashes)} are given")
    return consistency_proof_from(reader_of(leaf_hashes), old_size, new_size)


def consistency_proof_from(read_node: ReadNode, old_size: int, new_size: int) -> list[bytes]:
    """The same proof from stored nodes: about log2(new_size) reads, and fewer hashes than that.

    Empty for an empty old tree and for two trees of one size. Raises ValueError where the old tree is larger than the
    new one.
    """
    return read_subtrees(read_node, _subtrees_proven(old_size, new_size))


def nodes_for_consistency(old_size: int, new_size: int) -> list[tuple[int, int]]:
    """The (level, index) of each node that `consistency_proof_from` will read, to fetch them in one query."""
    return [node for subtree in _subtrees_proven(old_size, new_size) for node in nodes_of(subtree)]


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> ProofProblem | None:
    """None when `proof` shows that the old tree is the beginning of the new one; else why not.

    Two trees of one size must have one root. Every tree begins with the empty one, whose root is the hash of nothing.
    """
    if not 0 <= old_size <= new_size:
        return ProofProblem(f"consistency: a tree of {old_size} entries cannot have grown to {new_size}")
    if any(len(hash_) != HASH_SIZE for hash_ in (old_root, new_root, *proof)):
        return ProofProblem(f"consistency from {old_size} to {new_size}: a hash must be {HASH_SIZE} bytes")
    if old_size == 0 and old_root != EMPTY_ROOT:
        return ProofProblem(f"consistency: the root of an empty tree is {EMPTY_ROOT.hex()}, came {old_root.hex()}")
    expected = len(_subtrees_proven(old_size, new_size))
    if len(proof) != expected:
        return ProofProblem(f"consistency from {old_size} to {new_size}: the proof has {expected} hashes, came {len(proof)}")
    if old_size == 0 < new_size:
        return None
    # Where the old tree is itself a node of the new one, the proof leaves that node out: the verifier holds it.
    (seed, *others), hashes = _subtrees_between(old_size, new_size), list(proof)
    old_computed = new_computed = old_root if seed[0] == 0 else hashes.pop(0)
    for (start, _), sibling in zip(others, hashes, strict=True):
        if start < old_size:
            old_computed, new_computed = node_hash(sibling, old_computed), node_hash(sibling, new_computed)
        else:
            new_computed = node_hash(new_computed, sibling)
    for size, computed, root in ((old_size, old_computed, old_root), (new_size, new_computed, new_root)):
        if computed != root:
            return ProofProblem(
                f"consistency from {old_size} to {new_size}: the proof leads to the root {computed.hex()}"
                f" for {size} entries, the checkpoint has {root.hex()}; an earlier entry or the proof was changed"
            )
    return None


def _subtrees_proven(old_size: int, new_size: int) -> list[Leaves]:
    """The subtrees whose hashes the proof holds."""
    seed, *others = _subtrees_between(old_size, new_size)
    return others if seed[0] == 0 else [seed, *others]


def _subtrees_between(old_size: int, new_size: int) -> list[Leaves]:
    """The subtree that ends where the old tree ends, then those beside its way up to the root, in that order."""
    if not 0 <= old_size <= new_size:
        raise ValueError(f"a tree of {old_size} entries cannot have grown to {new_size}")
    if old_size == 0:
        return [(0, 0)]
    start, end, beside = 0, new_size, []
    while old_size < end:
        middle = start + split_of(end - start)
        if old_size <= middle:
            beside.append((middle, end))
            end = middle
        else:
            beside.append((start, middle))
            start = middle
    return [(start, end), *reversed(beside)]
