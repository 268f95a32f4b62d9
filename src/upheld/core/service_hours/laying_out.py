"""The open spans of a run of local days, by plain numbers wherever no clock changes."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from upheld.core.service_hours.open_time import MICROS_OF_DAY, REACH_DAYS
from upheld.core.service_hours.zone import Zone
from upheld.core.timeline import SECOND, Duration, Span

FIRST_DATE = date(1970, 1, 1).toordinal()
THURSDAY = 3  # 1970-01-01, the day of number 0; Monday is 0

Week = tuple[tuple[tuple[Duration, Duration], ...], ...]


def list_spans(
    zone: Zone, week: Week, closed: Iterable[date], ask: Callable[[date], list[Span]], first_day: int, last_day: int
) -> list[tuple[int, int]]:
    """
    The spans that begin on the days from `first_day` to before `last_day`, in microseconds; day 0 is 1970-01-01.

    `ask` gives the spans of one day, with all that a change of the clocks does to them.
    """
    shut = {day.toordinal() - FIRST_DATE for day in closed}
    hours = [[(start.micros, end.micros) for start, end in weekday if start < end] for weekday in week]
    found: list[tuple[int, int]] = []
    asked_from = first_day
    for low, high, ahead in plain_runs(zone, first_day, last_day):
        found += ask_days(ask, asked_from, low)
        for day in range(low, high):
            if day not in shut:
                midnight = day * MICROS_OF_DAY - ahead
                for start, end in hours[(day + THURSDAY) % 7]:
                    found.append((midnight + start, midnight + end))
        asked_from = high
    found += ask_days(ask, asked_from, last_day)
    return found


def ask_days(ask: Callable[[date], list[Span]], first_day: int, last_day: int) -> Iterator[tuple[int, int]]:
    for day in range(first_day, last_day):
        for span in ask(date.fromordinal(day + FIRST_DATE)):
            yield span.start.micros, span.end.micros


def plain_runs(zone: Zone, first_day: int, last_day: int) -> Iterator[tuple[int, int, int]]:
    """
    The runs of days (first, last + 1) around which no clock changes, each with how far its wall time is ahead of UTC.

    The days of a change and some around it are in no run.
    """
    for place, offset in enumerate(zone.offsets):
        low, high = first_day, last_day
        if place:
            low = max(low, zone.starts[place].micros // MICROS_OF_DAY + REACH_DAYS)
        if place + 1 < len(zone.starts):
            high = min(high, zone.starts[place + 1].micros // MICROS_OF_DAY - REACH_DAYS)
        if low < high:
            yield low, high, offset * SECOND.micros
