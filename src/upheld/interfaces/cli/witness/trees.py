"""The Merkle tree of RFC 6962, from the rows of hashes that a provider shows: proofs are made here, and then believed."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from upheld.interfaces.cli.witness.notes import Refused

WIDTH, HEIGHT = 256, 8
ReadRow = Callable[[int, int], "list[bytes]"]
"""`read_row(level, number)`: up to 256 neighbouring hashes of the tree's level 8 * level."""


class Tree:
    """A tree of `size` entries, read by rows; every hash that is used for two trees is read once."""

    def __init__(self, size: int, read_row: ReadRow) -> None:
        self.size, self._read = size, read_row
        self._rows: dict[tuple[int, int], list[bytes]] = {}

    def node(self, level: int, index: int) -> bytes:
        """The root of the complete subtree over the entries [index * 2**level, (index + 1) * 2**level)."""
        row_level, above = divmod(level, HEIGHT)
        first, count = index << above, 1 << above
        number, start = divmod(first, WIDTH)
        row = self._rows.get((row_level, number))
        if row is None:
            row = self._rows[row_level, number] = self._read(row_level, number)
        hashes = row[start : start + count]
        if len(hashes) != count:
            raise Refused(f"row {number} of level {row_level} has too few hashes for {self.size} entries")
        while len(hashes) > 1:
            hashes = [join(left, right) for left, right in zip(hashes[::2], hashes[1::2])]  # noqa: B905 - Python 3.9
        return hashes[0]

    def cover(self, start: int, end: int) -> bytes:
        """The root over the entries [start, end); a subtree that reaches to their end or beyond begins with the first."""
        peaks = []
        while start < end:
            level = (end - start).bit_length() - 1
            peaks.append(self.node(level, start >> level))
            start += 1 << level
        return fold(peaks)

    def divide(self, start: int, end: int, border: int, before: list[bytes]) -> bytes:
        """The root over [start, end), put together at a border; the subtrees before it are laid down in `before`."""
        if end <= border:
            before.append(self.cover(start, end))
            return before[-1]
        if start >= border:
            return self.cover(start, end)
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        left = self.divide(start, middle, border, before)
        return join(left, self.divide(middle, end, border, before))


def fold(peaks: list[bytes]) -> bytes:
    total = peaks[-1]
    for peak in reversed(peaks[:-1]):
        total = join(peak, total)
    return total


def join(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def explain_growth(size: int, root: bytes, new_size: int, new_root: bytes, read_row: ReadRow) -> str | None:
    """
    Why the tree of `new_size` entries does not begin with the one of `size`, or None.

    The subtrees that lie before the end of the old tree are put together twice: alone they must give the old root, with what
    follows the new one. That is the consistency proof of RFC 6962 2.1.2; hashes that fit both cannot be found otherwise.
    """
    if new_size < size:
        return f"it has {new_size} entries, and you hold a head of {size}: entries are gone"
    if new_size == size:
        return None if root == new_root else "it has as many entries as the head that you hold, and another root"
    if size == 0:
        return None
    before: list[bytes] = []
    if Tree(new_size, read_row).divide(0, new_size, size, before) != new_root:
        return "the hashes that are shown do not make its root"
    if fold(before) != root:
        return f"its first {size} entries are not those of the head that you hold: something in them was changed"
    return None


def includes(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf's bytes at its place to the root (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    total, place, last = sha256(b"\x00" + leaf).digest(), index, size - 1
    for hash_ in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            total = join(hash_, total)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            total = join(total, hash_)
        place, last = place >> 1, last >> 1
    return last == 0 and total == root
