"""Zones frozen for tests as `language` freezes them, and a calendar that is asked minute by minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from upheld.core.service_hours import ServiceHours, Zone
from upheld.core.terms.hours import parse_week
from upheld.core.timeline import DAY, MINUTE, Instant

A_MINUTE = timedelta(minutes=1)


@cache
def freeze(name: str, first: int = 2022, last: int = 2028) -> Zone:
    """The transitions of a zone, found by looking at every half hour of the years."""
    zone, moment = ZoneInfo(name), datetime(first, 1, 1, tzinfo=UTC)
    found: list[tuple[str, int]] = []
    while moment.year < last:
        offset = moment.astimezone(zone).utcoffset()
        assert offset is not None
        seconds = offset.days * 86_400 + offset.seconds
        if not found or found[-1][1] != seconds:
            found.append((str(Instant.of(moment)) if found else "1900-01-01T00:00:00.000000Z", seconds))
        moment += timedelta(minutes=30)
    return Zone.from_json(name, [list(entry) for entry in found])


def calendar(zone: str, *lines: str, closed: tuple[str, ...] = (), day: str = "whole", always: bool = False) -> ServiceHours:
    dates = frozenset(date.fromisoformat(text) for text in closed)
    return ServiceHours("test", freeze(zone), parse_week(list(lines)), dates, day, always)


def minutes_of(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += A_MINUTE


def is_open(hours: ServiceHours, moment: datetime) -> bool:
    """Whether a UTC minute is open: by its wall clock, and where a span passes midnight by the day on which it began."""
    local = moment.astimezone(ZoneInfo(hours.zone.name))
    into = (local.hour * 60 + local.minute) * MINUTE.micros
    for back in (0, 1):
        began = date.fromordinal(local.toordinal() - back)
        if began not in hours.closed:
            for start, end in hours.hours[began.weekday()]:
                if start.micros <= into + back * DAY.micros < end.micros:
                    return True
    return False
