"""A zone as it stood when a version was signed, or when a customer named it: UTC transitions, each with its offset."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from upheld.core.timeline import DAY, SECOND, ZERO, Duration, Instant, NotAnInstant

SECONDS_OF_A_DAY = 86_400
START = re.compile(r"(\S+) (0|-?[1-9][0-9]{0,4})", re.ASCII)


class NotAZone(ValueError):
    """Texts that do not tell from when which offset holds; the message says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Zone:
    """
    The frozen offsets of one zone. `starts[i]` is the UTC instant from which `offsets[i]` (seconds east) holds.

    The first start is far before any agreement, so every instant has an offset.
    """

    name: str
    starts: tuple[Instant, ...]
    offsets: tuple[int, ...]

    @classmethod
    def from_json(cls, name: str, written: list[Any]) -> "Zone":
        """From `[["2023-01-01T00:00:00.000000Z", 0], …]`."""
        return cls(name, tuple(Instant.parse(at) for at, _ in written), tuple(offset for _, offset in written))

    @classmethod
    def from_texts(cls, name: str, written: Sequence[str]) -> "Zone":
        """From `("1900-01-01T00:00:00.000000Z -18000", …)`, as a fact carries it. Raises NotAZone."""
        found = [parse_start(text) for text in written]
        starts = tuple(at for at, _ in found)
        if not starts or any(later <= earlier for earlier, later in pairwise(starts)):
            raise NotAZone("a frozen zone is one change or more, each later than the one before")
        return cls(name, starts, tuple(offset for _, offset in found))

    def offset_at(self, instant: Instant) -> Duration:
        place = max(bisect_right(self.starts, instant) - 1, 0)
        return SECOND * self.offsets[place]

    def date_at(self, instant: Instant) -> date:
        """The local date on which an instant falls."""
        return (instant + self.offset_at(instant)).utc().date()

    def local(self, instant: Instant) -> datetime:
        """The local wall time, without a zone of its own: for showing and for the calendar's questions."""
        return (instant + self.offset_at(instant)).utc().replace(tzinfo=None)

    def at(self, day: date, into: Duration) -> Instant:
        """
        The instant of a local wall time: `into` the named day.

        A time that occurs twice means its first occurrence; a time that is skipped means the instant of the skip.
        """
        wall = Instant.midnight(day) + into
        offsets = dict.fromkeys(self.offsets_around(wall))
        if len(offsets) == 1:
            return wall.before(SECOND * next(iter(offsets)))
        candidates = []
        for offset in offsets:
            instant = wall.before(SECOND * offset)
            if self.offset_at(instant) == SECOND * offset:
                candidates.append(instant)
        if candidates:
            return min(candidates)
        later = bisect_right(self.starts, wall.before(SECOND * min(offsets)))
        return self.starts[max(later - 1, 0)]

    def offsets_around(self, wall: Instant) -> list[int]:
        """The offsets that may hold at a wall time: none is further than a day from UTC."""
        low = max(bisect_right(self.starts, wall.before(DAY)) - 1, 0)
        high = max(bisect_right(self.starts, wall + DAY), low + 1)
        return list(self.offsets[low:high])

    def midnight(self, day: date) -> Instant:
        """The start of a local date."""
        return self.at(day, ZERO)


def parse_start(written: str) -> tuple[Instant, int]:
    """From when which offset holds, in seconds east; raises NotAZone."""
    found = START.fullmatch(written)
    try:
        if found and -SECONDS_OF_A_DAY < (offset := int(found[2])) < SECONDS_OF_A_DAY:
            return Instant.parse(found[1]), offset
    except NotAnInstant:
        pass
    raise NotAZone(f"{written!r} is no change of a zone; write for instance 2026-03-08T07:00:00.000000Z -14400")


def next_day(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)


def next_month(day: date, months: int = 1) -> date:
    """The same day some months later, or the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following, first = divmod(year * 12 + month + 1, 12)
    last = date(following, first + 1, 1) - timedelta(days=1)
    return min(last, date(year, month + 1, 1) + timedelta(days=day.day - 1))
