"""Open time and due instants of very many questions to one calendar."""

import numpy as np
from numpy.typing import ArrayLike

from upheld.bulk.laid_out import LaidOut
from upheld.bulk.micros import Micros, NotMicros, read_micros
from upheld.bulk.spans_of import SpansOf, sums_of
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

    def elapsed_outside(self, starts: ArrayLike, ends: ArrayLike, pauses: SpansOf) -> Micros:
        """The open time of each span that lies in none of its own pauses, which may overlap and reach beyond it."""
        first, last = read_micros(starts, "starts"), read_micros(ends, "ends")
        found = self.elapsed(first, last)
        require_owners(first, pauses)
        owners = pauses.owners()
        cut = SpansOf(pauses.offsets, pauses.starts, np.minimum(pauses.ends, last[owners])).united_from(first)
        return found - sums_of(cut.offsets, self.elapsed(cut.starts, cut.ends))

    def due_outside(self, starts: ArrayLike, allowances: ArrayLike, pauses: SpansOf) -> Micros:
        """
        The earliest instant at which each allowance of open time outside its own pauses is used up.

        A due instant moves by the open time of every pause that begins before it, and so may reach the next one: once
        more for each pause at most. Every pause has an end; a clock that stands still for good is due never.
        """
        begun, allowed = read_micros(starts, "starts"), read_micros(allowances, "allowances")
        found = self.due(begun, allowed)
        require_owners(begun, pauses)
        apart = pauses.united_from(begun)
        owners, lengths = apart.owners(), self.elapsed(apart.starts, apart.ends)
        added = np.zeros_like(found)
        while True:
            lost = sums_of(apart.offsets, np.where(apart.starts < found[owners], lengths, 0))
            moved = np.flatnonzero(lost != added)
            if not len(moved):
                return found
            added[moved] = lost[moved]
            found[moved] = self.due(begun[moved], allowed[moved] + lost[moved])

    def _lay_out(self, first: int, last: int) -> LaidOut:
        known = self._laid
        if known is None or first < known.first_at or known.last_at < last:
            self._laid = known = LaidOut(self.hours.lay_out(first, last))
        return known


def require_pairs(one: Micros, other: Micros, one_name: str, other_name: str) -> None:
    if len(one) != len(other):
        raise NotMicros(f"{len(one)} {one_name} and {len(other)} {other_name}; expected one for each")


def require_owners(asked: Micros, pauses: SpansOf) -> None:
    if len(pauses.offsets) != len(asked) + 1:
        raise NotMicros(f"{len(asked)} questions and pauses of {len(pauses.offsets) - 1}; expected those of each question")
