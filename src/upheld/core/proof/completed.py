"""The hashes of a tree, each kept with the leaf that completes it: a store then writes one row for a leaf and no more.

The node (level, index) covers the leaves [index * 2**level, (index + 1) * 2**level): the last of these completes it. A
leaf's row of hashes begins with its own and goes on upward: every second leaf completes a pair, every fourth a subtree of
four as well, so that a leaf has two hashes on average. Nothing in a row ever changes.
"""

from collections.abc import Iterable
from hashlib import sha256

from upheld.core.proof.tree import HASH_SIZE, Frontier


def complete(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, list[bytes]]:
    """The frontier with more leaf hashes, and for each the hashes that it completes, its own first, as one row of bytes.

    >>> grown, rows = complete(Frontier(), [bytes(32)] * 4)
    >>> [len(row) // 32 for row in rows]
    [1, 2, 1, 3]
    """
    size, peaks = frontier.size, list(frontier.peaks)
    rows: list[bytes] = []
    for hash_ in leaves:
        row, upper = hash_, size
        while upper & 1:
            hash_ = sha256(b"\x01" + peaks.pop() + hash_).digest()
            row += hash_
            upper >>= 1
        peaks.append(hash_)
        rows.append(row)
        size += 1
    return Frontier(size, tuple(peaks)), rows


def completing_leaf(level: int, index: int) -> int:
    """The leaf in whose row the node (level, index) is kept.

    >>> completing_leaf(2, 1)
    7
    """
    return ((index + 1) << level) - 1


def hash_in_row(row: bytes, level: int) -> bytes:
    """The hash of a level in a leaf's row; shorter than 32 bytes where the row has none of that level."""
    return row[HASH_SIZE * level : HASH_SIZE * (level + 1)]
