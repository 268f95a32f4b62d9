"""What both sides are asked: an office calendar of ten years, questions to it, a month of changes of many services.

Nothing of the product is used here: the peers run it in an environment of their own.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

LONDON = ZoneInfo("Europe/London")
YEARS = range(2016, 2026)
OPENS, CLOSES = time(9, 0), time(17, 30)
ALLOWANCES = (15, 60, 240, 480, 1440, 2400)
EASTER = {
    2015: (4, 5), 2016: (3, 27), 2017: (4, 16), 2018: (4, 1), 2019: (4, 21), 2020: (4, 12), 2021: (4, 4), 2022: (4, 17),
    2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5),
}  # fmt: skip
MONTH = (datetime(2024, 3, 1, tzinfo=LONDON), datetime(2024, 4, 1, tzinfo=LONDON))
EXCLUSIONS = 4
SECOND = 1_000_000


def list_holidays() -> list[date]:
    """The bank holidays of England, without their substitute days."""
    found = []
    for year, (month, day) in EASTER.items():
        easter = date(year, month, day)
        found += [easter - timedelta(days=2), easter + timedelta(days=1), last_monday(year, 5), last_monday(year, 8)]
        found += [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26), first_monday(year, 5)]
    return sorted(set(found))


def first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    return day + timedelta(days=-day.weekday() % 7)


def last_monday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=day.weekday())


def list_open_spans() -> Iterator[tuple[int, int]]:
    """Opening and closing of each office day, in microseconds since 1970, for bounds."""
    day, closed = date(YEARS[0] - 1, 12, 20), set(list_holidays())
    while day < date(YEARS[-1] + 2, 1, 1):
        if day.weekday() < 5 and day not in closed:
            yield micros(datetime.combine(day, OPENS, LONDON)), micros(datetime.combine(day, CLOSES, LONDON))
        day += timedelta(days=1)


def micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def make_batch(count: int) -> tuple[Any, Any, Any]:
    """Starts, ends at most 30 days later, and allowances; whole minutes, in microseconds."""
    chance = np.random.default_rng(3)
    low, high = (micros(datetime(year, month, 1, tzinfo=UTC)) for year, month in ((YEARS[0], 2), (YEARS[-1], 11)))
    starts = chance.integers(low, high, count) // (60 * SECOND) * 60 * SECOND
    ends = starts + chance.integers(1, 43_200, count) * 60 * SECOND
    return starts, ends, chance.choice(np.array(ALLOWANCES, np.int64), count) * 60 * SECOND


def make_singles(count: int) -> list[tuple[datetime, datetime, timedelta]]:
    """The same as aware datetimes in London's time."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)

    def aware(at: int) -> datetime:
        return (epoch + timedelta(microseconds=at)).astimezone(LONDON)

    rows = zip(*(row.tolist() for row in make_batch(count)), strict=True)
    return [(aware(start), aware(end), timedelta(microseconds=length)) for start, end, length in rows]


def make_changes(services: int, changes: int) -> tuple[Any, Any, Any, int, int]:
    """
    For each service: when its state changed, in order (down first, then up and down in turns), and whether it was up then;
    four exclusions in order; the month. In seconds since 1970.
    """
    chance = np.random.default_rng(5)
    first, last = (micros(moment) // SECOND for moment in MONTH)
    at = np.sort(chance.integers(first + 1, last, (services, changes)), axis=1)
    is_up = np.tile(np.arange(changes) % 2 == 1, (services, 1))
    excluded = np.sort(chance.integers(first, last, (services, 2 * EXCLUSIONS)), axis=1).reshape(services, EXCLUSIONS, 2)
    return at, is_up, excluded, first, last


def scan_seconds(at: Any, is_up: Any, excluded: Any, first: int, last: int) -> tuple[int, int]:
    """Down time outside exclusions, and the base, of one service: every second of the month marked, and counted."""
    down, counts = np.zeros(last - first, bool), np.ones(last - first, bool)
    for moment, up in zip(at.tolist(), is_up.tolist(), strict=True):
        down[moment - first :] = not up
    for start, end in excluded.tolist():
        counts[start - first : end - first] = False
    return int(np.count_nonzero(down & counts)), int(np.count_nonzero(counts))
