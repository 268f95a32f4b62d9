"""All open time of some years of a calendar, laid out so that a question is two look-ups and not a walk over days."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Generic, TypeVar

from upheld.core.timeline import DAY

MICROS_OF_DAY = DAY.micros
REACH_DAYS = 4
"""Local days are at most a day from UTC, and hours reach into the next one: so far, and a day to spare."""

Length = TypeVar("Length", int, timedelta)


@dataclass(frozen=True, slots=True)
class OpenTime(Generic[Length]):
    """
    The opening and closing instants of a calendar since 1970, sorted and apart: in microseconds, or as timedeltas.

    `through[i]` is the open time from the first opening to the ith closing. Only questions between `first_at` and
    `last_at` are answered: beyond them a calendar is open or closed, but not laid out here. The first span is empty and
    begins before all questions, so that every instant has a span before it.

    >>> day = OpenTime.of(-5, 5, [(10, 20), (50, 60)])
    >>> day.opened_between(15, 30), day.opened_between(15, 55), day.reached_after(15, 7), day.reached_after(15, 20)
    (5, 10, 52, None)
    """

    first_at: Length
    last_at: Length
    starts: list[Length]
    ends: list[Length]
    through: list[Length]

    @classmethod
    def of(cls, first_day: int, last_day: int, spans: Iterable[tuple[int, int]]) -> "OpenTime[int]":
        """From the spans (microseconds) that begin on the days from `first_day` to before `last_day`; 0 is 1970-01-01."""
        start = end = (first_day - REACH_DAYS) * MICROS_OF_DAY
        starts: list[int] = []
        ends: list[int] = []
        for opening, closing in sorted(spans):
            if opening > end:
                starts.append(start)
                ends.append(end)
                start = opening
            if closing > end:
                end = closing
        starts.append(start)
        ends.append(end)
        through = list(accumulate(end - start for start, end in zip(starts, ends, strict=True)))
        first_at, last_at = (first_day + REACH_DAYS) * MICROS_OF_DAY, (last_day - REACH_DAYS) * MICROS_OF_DAY
        return OpenTime(first_at, last_at, starts, ends, through)

    def opened_between(self, first: Length, last: Length) -> Length:
        """The open time between two instants, the earlier one first."""
        starts, ends, through = self.starts, self.ends, self.through
        place = bisect_right(starts, last) - 1
        end = ends[place]
        opened = through[place] if last >= end else through[place] - (end - last)
        place = bisect_right(starts, first) - 1
        end = ends[place]
        return opened - (through[place] if first >= end else through[place] - (end - first))

    def reached_after(self, start: Length, allowance: Length) -> Length | None:
        """
        The earliest instant at which so much open time, and not none, has passed since another; None where that lies
        beyond what is laid out.
        """
        ends, through = self.ends, self.through
        place = bisect_right(self.starts, start) - 1
        end = ends[place]
        opened = (through[place] if start >= end else through[place] - (end - start)) + allowance
        place = bisect_left(through, opened, place)
        if place == len(through):
            return None
        at = ends[place] - (through[place] - opened)
        return at if at <= self.last_at else None

    def spans_within(self, first: Length, last: Length) -> Iterator[tuple[Length, Length]]:
        """The open spans between two instants, cut at them; none of them is empty."""
        low, high = bisect_right(self.ends, first), bisect_left(self.starts, last)
        if first == last:
            return
        for start, end in zip(self.starts[low:high], self.ends[low:high], strict=True):
            yield (start if start > first else first), (end if end < last else last)

    def in_timedeltas(self) -> "OpenTime[timedelta]":
        def convert(micros: list[int]) -> list[timedelta]:
            return [timedelta(0, 0, length) for length in micros]

        first_at, last_at = convert([self.first_at, self.last_at])  # type: ignore[list-item]
        return OpenTime(first_at, last_at, *(convert(each) for each in (self.starts, self.ends, self.through)))  # type: ignore[arg-type]
