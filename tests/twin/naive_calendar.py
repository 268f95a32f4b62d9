"""A calendar as the dumbest possible judge reads it: every second of some weeks is open, or it is not."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

A_DAY, A_QUARTER = 86_400, 900
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_MONDAY = 4  # 1970-01-05


class NaiveCalendar:
    """
    Answers in whole seconds, and in seconds since 1970; None where an answer lies beyond the weeks of the calendar.

    Hours go from the first second whose wall time is at or past their start to the first at or past their end. Nothing of
    the product is used here, and no arithmetic with spans: seconds are marked, and seconds are counted.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        told: dict[str, list[str]] = {"open": [], "closed": []}
        for line in lines:
            word, rest = line.split(" ", 1)
            told.setdefault(word, []).append(rest)
        self.start, self.end = read_instant(told["from"][0]), read_instant(told["to"][0])
        self.wall = np.arange(self.start, self.end) + seconds_ahead(told["zone"][0], self.start, self.end)
        self.furthest = np.maximum.accumulate(self.wall)
        self.always = told["open"] == ["always"]
        self.hours = {} if self.always else dict(read_week(told["open"]))
        self.closed = {read_instant(f"{day}T00:00:00Z") // A_DAY for day in told["closed"]}
        self.open = np.full(self.end - self.start, self.always)
        for day in range(self.start // A_DAY - 2, self.end // A_DAY + 3):
            for first, last in self.spans_of(day):
                self.open[first:last] = True
        self.passed = np.concatenate((np.zeros(1, np.int32), np.cumsum(self.open, dtype=np.int32)))

    def spans_of(self, day: int) -> list[tuple[int, int]]:
        """The places of the first second and of the one after the last, of each of the hours that begin on a local day."""
        hours = [] if day in self.closed else self.hours.get((day - FIRST_MONDAY) % 7, [])
        return [(self.place(day * A_DAY + first), self.place(day * A_DAY + last)) for first, last in hours]

    def place(self, wall: int) -> int:
        """The place of the first second whose wall time is at or past a given one."""
        return int(np.searchsorted(self.furthest, wall))

    def answer(self, question: str) -> int | None:
        kind, start, *rest = question.split(" ")
        at = read_instant(start) - self.start
        if kind == "elapsed":
            return int(np.count_nonzero(self.open[at : read_instant(rest[0]) - self.start]))
        if kind == "elapsed-outside":
            end = read_instant(rest[0]) - self.start
            return int(np.count_nonzero(self.without(at, end, rest[1:])))
        if kind == "due":
            return self.due(at, int(rest[0]))
        if kind == "due-outside":
            return self.due_outside(at, int(rest[0]), rest[1:])
        return self.end_of_days(at, int(rest[0]), rest[1])

    def without(self, at: int, end: int, pauses: Sequence[str]) -> Any:
        """Whether each second between two is open and in no pause."""
        counted = self.open[at:end].copy()
        for pause in pauses:
            first, last = (read_instant(edge) - self.start - at for edge in pause.split("/"))
            counted[max(first, 0) : max(last, 0)] = False
        return counted

    def due(self, at: int, allowance: int) -> int | None:
        """The first second before which so many open ones have passed."""
        place = int(np.searchsorted(self.passed, self.passed[at] + allowance)) if allowance else at
        return self.start + place if place < len(self.passed) else None

    def due_outside(self, at: int, allowance: int, pauses: Sequence[str]) -> int | None:
        for days in (3, 12, 99):
            passed = np.cumsum(self.without(at, at + days * A_DAY, pauses), dtype=np.int32)
            if not allowance:
                return self.start + at
            if passed[-1] >= allowance:
                return self.start + at + int(np.searchsorted(passed, allowance)) + 1
        return None

    def end_of_days(self, at: int, days: int, sense: str) -> int | None:
        """The end of so many open days after the local day of an instant."""
        if sense == "open-hours":
            return self.due(at, days * self.day_length())
        day = int(self.wall[at]) // A_DAY
        while days:
            day += 1
            days -= self.always or (day not in self.closed and (day - FIRST_MONDAY) % 7 in self.hours)
        place = self.place((day + 1) * A_DAY)
        if sense == "closing":
            spans = self.spans_of(day)
            beyond = any(last == len(self.open) for _, last in spans)
            place = len(self.open) if beyond else max((last for first, last in spans if first < last), default=place)
        return self.start + place if place < len(self.open) else None

    def day_length(self) -> int:
        """The open seconds of the longest weekday, by the clock on the wall."""
        longest = A_DAY if self.always else 0
        for hours in self.hours.values():
            seconds = np.zeros(2 * A_DAY, bool)
            for first, last in hours:
                seconds[first:last] = True
            longest = max(longest, int(np.count_nonzero(seconds)))
        return longest


def read_instant(written: str) -> int:
    return int(datetime.strptime(written, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())


def seconds_ahead(zone: str, start: int, end: int) -> Any:
    """How far the zone's clocks are ahead of UTC, for each second; asked each quarter, and each second where they change."""
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as table:
        known = ZoneInfo.from_file(table, key=zone)

    def ahead(second: int) -> int:
        offset = datetime.fromtimestamp(second, known).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    told = [ahead(quarter) for quarter in range(start, end + 1, A_QUARTER)]
    found = np.repeat(np.array(told[:-1]), A_QUARTER)
    for number, (one, other) in enumerate(pairwise(told)):
        if one != other:
            first = start + number * A_QUARTER
            found[first - start : first - start + A_QUARTER] = [ahead(first + second) for second in range(A_QUARTER)]
    return found


def read_week(lines: Sequence[str]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The hours of each weekday that has some; an end at or before its start lies on the next day."""
    for number, weekday in enumerate(WEEKDAYS):
        hours = []
        for line in lines:
            days, written = line.split(" ")
            if weekday in list(read_days(days)):
                first, last = (
                    int(clock[:2]) * 3600 + int(clock[3:5]) * 60 + int(clock[6:]) for clock in written.split("-")
                )
                hours.append((first, last if last > first else last + A_DAY))
        if hours:
            yield number, hours


def read_days(written: str) -> Iterator[str]:
    """`fri-mon` goes over the weekend."""
    for part in written.split(","):
        first, _, last = part.partition("-")
        place = WEEKDAYS.index(first)
        yield first
        while last and WEEKDAYS[place] != last:
            place = (place + 1) % 7
            yield WEEKDAYS[place]


