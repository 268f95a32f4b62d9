"""The open time of some years of a calendar in arrays, asked for a piece of a row at a time."""

import numpy as np

from upheld.bulk.micros import FAR, Micros
from upheld.bulk.places import Places
from upheld.core.service_hours import OpenTime

PIECE = 1 << 14
"""Questions at once: so few that what lies between the steps stays in the cache."""


class LaidOut:
    """Twin of core's OpenTime. `first_at` to `last_at` is answered; what is reached later than that is FAR or later."""

    def __init__(self, open_time: OpenTime[int]) -> None:
        starts, ends, through = (
            np.array(each, dtype=np.int64) for each in (open_time.starts, open_time.ends, open_time.through)
        )
        self.first_at, self.last_at, self.total = open_time.first_at, open_time.last_at, int(through[-1])
        # Before the nth span so much was open; from its start on the open time runs along with the clock.
        self._before = np.concatenate((np.zeros(1, np.int64), through))
        self._along = self._before - np.append(starts, FAR)
        # So much later than its own open time lies what is reached in the nth span.
        self._later = np.append(ends - through, FAR)
        self._closings = Places(ends, self.first_at, self.last_at)
        self._totals = Places(through, 0, self.total)

    def opened_by(self, at: Micros, opened: Micros, place: Micros, scratch: Micros) -> None:
        """Write into `opened` the open time before each instant."""
        self._closings.find(at, place, scratch)
        np.take(self._along, place, out=scratch, mode="clip")
        np.add(scratch, at, out=scratch)
        np.take(self._before, place, out=opened, mode="clip")
        np.maximum(opened, scratch, out=opened)

    def elapsed(self, starts: Micros, ends: Micros) -> Micros:
        found = np.empty_like(starts)
        place, scratch, before = (np.empty(min(PIECE, len(starts)), np.int64) for _ in range(3))
        for low in range(0, len(starts), PIECE):
            some, piece = slice(0, len(starts[low : low + PIECE])), slice(low, low + PIECE)
            self.opened_by(starts[piece], before[some], place[some], scratch[some])
            self.opened_by(ends[piece], found[piece], place[some], scratch[some])
            np.subtract(found[piece], before[some], out=found[piece])
        return found

    def due(self, starts: Micros, allowances: Micros) -> Micros:
        """The earliest instant at which more than nothing is used up."""
        found = np.empty_like(starts)
        place, scratch, opened = (np.empty(min(PIECE, len(starts)), np.int64) for _ in range(3))
        for low in range(0, len(starts), PIECE):
            some, piece = slice(0, len(starts[low : low + PIECE])), slice(low, low + PIECE)
            self.opened_by(starts[piece], opened[some], place[some], scratch[some])
            np.minimum(allowances[piece], self.total + 1, out=scratch[some])
            np.add(opened[some], scratch[some], out=opened[some])
            # The first closing that sees so much open time: not a single one before it does, even at its last moment.
            np.subtract(opened[some], 1, out=opened[some])
            self._totals.find(opened[some], place[some], scratch[some])
            np.take(self._later, place[some], out=scratch[some], mode="clip")
            np.add(opened[some], scratch[some], out=found[piece])
            np.add(found[piece], 1, out=found[piece])
        return found
