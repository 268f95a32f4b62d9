"""Open time and due instants of very many questions to one calendar."""

import numpy as np
from numpy.typing import ArrayLike

from upheld.bulk.laid_out import LaidOut
from upheld.bulk.micros import Micros, NotMicros, read_micros
from upheld.core.service_hours import ServiceHours
from upheld.core.service_hours.calendar import LONGEST_SEARCH
from upheld.core.timeline import DAY, Instant, Span

AHEAD = 400 * DAY.micros


class BusinessTime:
    """
    Twin of core's ServiceHours: `elapsed` and `due` for rows of questions, equal to core's answer for each of them.

    Whatever the hours: split, overnight, overlapping, across clock changes and closed days, to the microsecond.
    """

    def __init__(self, hours: ServiceHours) -> None:
        self.hours = hours
        self._laid: LaidOut | None = None

    def elapsed(self, starts: ArrayLike, ends: ArrayLike) -> Micros:
        """
        The open time of each span, in microseconds.

        Raises SpanRunsBackwards for the first span that ends before it starts, NotMicros for anything but whole numbers.
        """
        first, last = read_micros(starts, "starts"), read_micros(ends, "ends")
        require_pairs(first, last, "starts", "ends")
        if not len(first):
            return first.copy()
        if (backwards := last < first).any():
            row = int(np.argmax(backwards))
            Span(Instant(int(first[row])), Instant(int(last[row])))  # which says what is wrong with it
        return self._lay_out(int(first.min()), int(last.max())).elapsed(first, last)

    def due(self, starts: ArrayLike, allowances: ArrayLike) -> Micros:
        """
        The earliest instant at which each allowance of open time is used up; nothing is used up at once.

        Raises NeverOpen for the first question that has no answer within ten years.
        """
        begun, allowed = read_micros(starts, "starts"), read_micros(allowances, "allowances")
        require_pairs(begun, allowed, "starts", "allowances")
        if not len(begun):
            return begun.copy()
        first, last = int(begun.min()), int(begun.max())
        laid = self._lay_out(first, last)
        found = laid.due(begun, allowed)
        while laid.last_at < last + LONGEST_SEARCH and (found > laid.last_at).any():
            laid = self._lay_out(first, laid.last_at + AHEAD)
            found = laid.due(begun, allowed)
        if int(allowed.min()) <= 0:
            found = np.where(allowed > 0, found, begun)
        if (never := found - begun > LONGEST_SEARCH).any():
            row = int(np.argmax(never))
            self.hours.reached_after(int(begun[row]), int(allowed[row]))  # which says so
        return found

    def _lay_out(self, first: int, last: int) -> LaidOut:
        known = self._laid
        if known is None or first < known.first_at or known.last_at < last:
            self._laid = known = LaidOut(self.hours.lay_out(first, last))
        return known


def require_pairs(one: Micros, other: Micros, one_name: str, other_name: str) -> None:
    if len(one) != len(other):
        raise NotMicros(f"{len(one)} {one_name} and {len(other)} {other_name}; expected one for each")
