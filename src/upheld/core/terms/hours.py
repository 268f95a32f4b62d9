"""Opening hours as they are written: `mon-fri 07:00-17:00`."""

import re

from upheld.core.terms.quantities import NotAQuantity
from upheld.core.timeline import DAY, HOUR, MINUTE, Duration

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Week = tuple[tuple[tuple[Duration, Duration], ...], ...]


def parse_week(lines: list[str]) -> Week:
    """The hours of each weekday, Monday first; an end at or before its start lies on the next day."""
    week: list[list[tuple[Duration, Duration]]] = [[] for _ in WEEKDAYS]
    for line in lines:
        days, hours = parse_hours(line)
        for weekday in days:
            week[weekday].append(hours)
    return tuple(tuple(sorted(hours)) for hours in week)


def parse_hours(text: str) -> tuple[list[int], tuple[Duration, Duration]]:
    found = re.fullmatch(r"([a-z,-]+) (\d\d):(\d\d)-(\d\d):(\d\d)", text)
    days = parse_days(found[1]) if found else []
    if not found or not days:
        raise NotAQuantity(f"{text!r} are no opening hours; write for instance mon-fri 07:00-17:00")
    start, end = (HOUR * int(found[i]) + MINUTE * int(found[i + 1]) for i in (2, 4))
    if start >= DAY or end > DAY:
        raise NotAQuantity(f"{text!r} names a time that no day has; the last is 24:00")
    return days, (start, end if end > start else end + DAY)


def parse_days(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first not in WEEKDAYS or (dash and last not in WEEKDAYS):
            return []
        low, high = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        days += range(low, high + 1) if low <= high else [*range(low, 7), *range(high + 1)]
    return days
