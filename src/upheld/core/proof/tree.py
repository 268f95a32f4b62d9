"""The Merkle tree of RFC 6962: one hash that stands for every entry, in order, and grows without being built again.

A node is named by its level and its index in that level: level 0 are the leaves, and the node (level, index) is the
root of the complete subtree over the leaves [index * 2**level, (index + 1) * 2**level). Such a hash, once known,
never changes, so a store may keep it for ever; the proofs in `inclusion` and `consistency` are made of nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

HASH_SIZE = 32
"""Bytes in a SHA-256 hash."""

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves (RFC 6962 section 2.1)."""

ReadNode = Callable[[int, int], bytes]
"""`read_node(level, index)`: the hash of a complete subtree, from wherever it is kept."""


Node = tuple[int, int, bytes]
"""(level, index, hash) of one complete subtree: a plain tuple, because a store writes millions of them."""


class NotAFrontier(ValueError):
    """Kept peaks that cannot belong to a tree of the stated size."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 || entry) (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours: SHA-256(0x01 || left || right) (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that has to be kept of a tree in order to append to it and to know its root: at most one hash a level.

    `peaks` are the roots of the complete subtrees that cover the `size` leaves, the largest (leftmost) first.
    Immutable: growing makes a new one. It does not hold the leaves and cannot make proofs; keep the nodes of `grow`
    for these.

    >>> Frontier().append(leaf_hash(b"one")).append(leaf_hash(b"two")).size
    2
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Self:
        """The frontier with one more leaf hash."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Self:
        """The frontier with more leaf hashes, in order; cheaper than appending each."""
        size, peaks = self.size, list(self.peaks)
        for hash_ in leaves:
            upper = size
            # Each bit set at the end of the size is a complete subtree which this leaf joins to the one on its right.
            while upper & 1:
                hash_ = sha256(b"\x01" + peaks.pop() + hash_).digest()
                upper >>= 1
            peaks.append(hash_)
            size += 1
        return type(self)(size, tuple(peaks))

    def root(self) -> bytes:
        """The root hash of the tree: 32 bytes."""
        return fold_peaks(self.peaks) if self.peaks else EMPTY_ROOT

    def to_hex(self) -> list[str]:
        """The peaks as lower-case hex, for a row beside the size."""
        return [peak.hex() for peak in self.peaks]

    @classmethod
    def from_hex(cls, size: int, peaks: Sequence[str]) -> Self:
        """The frontier of a row; raises NotAFrontier where the peaks do not fit the size."""
        if size < 0 or len(peaks) != size.bit_count():
            raise NotAFrontier(
                f"a tree of {size} leaves has {max(size, 0).bit_count()} peaks, came {len(peaks)};"
                " restore the row from a backup or rebuild it from the entries"
            )
        for peak in peaks:
            if len(peak) != 2 * HASH_SIZE or not set(peak) <= set("0123456789abcdef"):
                raise NotAFrontier(f"a peak is 64 lower-case hex digits, came {peak[:80]!r}")
        return cls(size, tuple(bytes.fromhex(peak) for peak in peaks))


def grow(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
    """The frontier with more leaf hashes, and every node which they complete, the leaves (level 0) included.

    A store that keeps these nodes can answer `read_node` for each proof about the new tree.
    """
    size, peaks = frontier.size, list(frontier.peaks)
    nodes: list[Node] = []
    for hash_ in leaves:
        level, index = 0, size
        nodes.append((level, index, hash_))
        while index & 1:
            hash_ = sha256(b"\x01" + peaks.pop() + hash_).digest()
            level, index = level + 1, index >> 1
            nodes.append((level, index, hash_))
        peaks.append(hash_)
        size += 1
    return Frontier(size, tuple(peaks)), nodes


def nodes_completed_by(index: int) -> list[tuple[int, int]]:
    """The (level, index) of each node which the leaf `index` completes, from the leaf itself upward.

    >>> nodes_completed_by(3)
    [(0, 3), (1, 1), (2, 0)]
    """
    level, completed = 0, [(0, index)]
    while index & 1:
        level, index = level + 1, index >> 1
        completed.append((level, index))
    return completed


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root hash of a tree over these leaf hashes."""
    return Frontier().extend(leaves).root()


def fold_peaks(peaks: Sequence[bytes]) -> bytes:
    """The root over neighbouring complete subtrees, the largest first; at least one."""
    folded = peaks[-1]
    for peak in reversed(peaks[:-1]):
        folded = node_hash(peak, folded)
    return folded
