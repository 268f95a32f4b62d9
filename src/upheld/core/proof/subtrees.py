"""Subtrees of a Merkle tree as spans of leaves, and the nodes that cover them: what both kinds of proof are made of."""

from collections.abc import Iterable, Sequence

from upheld.core.proof.tree import ReadNode, fold_peaks, root_of

Leaves = tuple[int, int]
"""The leaves [start, end) of one subtree."""


def split_of(size: int) -> int:
    """The leaves on the left side of a tree of `size` >= 2: the largest power of two below it (RFC 6962 2.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def nodes_of(subtree: Leaves) -> list[tuple[int, int]]:
    """The (level, index) of the complete nodes that cover a subtree, the largest first."""
    start, end = subtree
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def read_subtrees(read_node: ReadNode, subtrees: Iterable[Leaves]) -> list[bytes]:
    """The root hash of each subtree: one read for a complete one, at most one a level for the ragged right edge."""
    return [fold_peaks([read_node(level, index) for level, index in nodes_of(subtree)]) for subtree in subtrees]


def reader_of(leaf_hashes: Sequence[bytes]) -> ReadNode:
    """A `read_node` that computes each node from the leaf hashes: for small trees, or where no nodes are kept."""

    def read_node(level: int, index: int) -> bytes:
        return root_of(leaf_hashes[index << level : (index + 1) << level])

    return read_node
