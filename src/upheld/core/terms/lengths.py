"""Lengths that are counted on dates: of a contract, a plan, a duty that comes again."""

from datetime import date
from typing import Any

from upheld.core.service_hours import next_day, next_month
from upheld.core.terms.place import Unreadable, text
from upheld.core.terms.quantities import Days, Length, Months, OpenTime, parse_length
from upheld.core.timeline import DAY, Duration

LONGEST_MONTHS, LONGEST_DAYS = 1200, 36600
"""A hundred years: nothing that is agreed lasts longer, and every date stays one that can be written."""


def read_interval(value: Any) -> Length:
    """Elapsed time, calendar days, months or years; not the days or hours of a calendar."""
    length = parse_length(text(value))
    if isinstance(length, OpenTime) or (isinstance(length, Days) and length.calendar):
        raise Unreadable(f"{length} are counted on a calendar; write elapsed time, calendar days, months or years")
    if length.number > LONGEST_MONTHS if isinstance(length, Months) else days_of(length) > LONGEST_DAYS:
        raise Unreadable(f"{value!r} is longer than a hundred years; write a shorter time")
    return length


def read_span(value: Any) -> Length:
    """As an interval, and ending with a day."""
    length = read_interval(value)
    if isinstance(length, Duration) and length.micros % DAY.micros:
        raise Unreadable(f"{value!r} does not end with a day; write months, years, weeks or calendar days")
    return length


def later_date(day: date, length: Length) -> date:
    """The date that lies a length after another; a month without such a day ends on its last one (29 February + 1 year)."""
    if isinstance(length, Months):
        return next_month(day, length.number)
    return next_day(day, days_of(length))


def days_of(length: Length) -> int:
    """Whole days, a part of a day as a whole one."""
    if isinstance(length, Days):
        return length.number
    assert isinstance(length, Duration), "only days and elapsed time have days"
    return -(-length.micros // DAY.micros)
