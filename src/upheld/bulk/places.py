"""How many of some sorted instants lie at or before each of very many others."""

import numpy as np

from upheld.bulk.micros import FAR, Micros

MOST_SLOTS = 1 << 18  # a table of two megabytes: larger ones no longer fit the cache


class Places:
    """
    Sorted instants, looked up by a table instead of by halving: the time from `first` to `last` is cut into slots, each a
    power of two long, so that finding a slot is a shift. A slot knows how many instants lie before it; those inside it
    are compared one after the other, and slots are so short that there is at most one, unless instants crowd.
    """

    def __init__(self, instants: Micros, first: int, last: int) -> None:
        self._first = first
        nearest = int(np.diff(instants).min()) if len(instants) > 1 else last - first
        self._shift = max(nearest.bit_length() - 1, (max(last - first, 1) // MOST_SLOTS).bit_length())
        slots = first + (np.arange(((last - first) >> self._shift) + 2, dtype=np.int64) << self._shift)
        self._before = np.searchsorted(instants, slots, side="right").astype(np.int64)
        self._most_inside = int(np.diff(self._before).max())
        self._reached_from = np.append(instants, FAR) - 1

    def find(self, asked: Micros, found: Micros, scratch: Micros) -> None:
        """Write into `found` how many instants are at or before each asked one; nothing is asked before `first`."""
        np.subtract(asked, self._first, out=scratch)
        np.right_shift(scratch, self._shift, out=scratch)
        np.take(self._before, scratch, out=found, mode="clip")
        for _ in range(self._most_inside):
            np.take(self._reached_from, found, out=scratch, mode="clip")
            np.subtract(scratch, asked, out=scratch)
            np.right_shift(scratch, 63, out=scratch)  # -1 where the next instant is reached, else 0
            np.subtract(found, scratch, out=found)
