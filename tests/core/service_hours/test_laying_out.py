"""The days of a calendar laid out by plain numbers are those that it gives when it is asked for each of them."""

from datetime import date, timedelta

import pytest

from tests.core.service_hours.frozen import calendar
from upheld.core.service_hours import ServiceHours
from upheld.core.service_hours.laying_out import FIRST_DATE, list_spans, plain_runs
from upheld.core.timeline import DAY, HOUR, Duration, Instant, Span, Timeline

FIRST, LAST = (date(year, 1, 1).toordinal() - FIRST_DATE for year in (2023, 2027))
NIGHTS = ("mon-fri 22:00-06:00", "mon-fri 09:00-12:00", "sat,sun 00:00-24:00", "sun 01:30-02:30")
CLOSED = ("2025-03-30", "2025-12-25", "2026-10-25")


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"])
def test_four_years_are_those_of_their_days(zone):
    """Every span of four years, clock changes and closed days among them, one by one."""
    hours = calendar(zone, *NIGHTS, closed=CLOSED)
    each = [span for day in range(FIRST, LAST) for span in hours.open_spans_of(date.fromordinal(day + FIRST_DATE))]

    found = list_spans(hours.zone, hours.hours, hours.closed, hours.open_spans_of, FIRST, LAST)

    assert [(span.start.micros, span.end.micros) for span in each] == found


def test_days_of_a_change_are_asked():
    """No clock changes on a day of a plain run, nor on its neighbours, and all other days are in one."""
    zone = calendar("Europe/London").zone
    changes = {start.micros // DAY.micros for start in zone.starts}
    plain = {day for low, high, _ in plain_runs(zone, FIRST, LAST) for day in range(low, high)}

    assert plain.isdisjoint(change + near for change in changes for near in (-2, -1, 0, 1, 2))
    assert set(range(FIRST, LAST)) - plain <= {change + near for change in changes for near in range(-4, 5)}


def test_hours_without_length_are_none():
    """From nine to nine is no time at all."""
    week = (((HOUR * 9, HOUR * 9), (HOUR * 10, HOUR * 11)),) * 7
    hours = ServiceHours("test", calendar("UTC").zone, week, frozenset(), "whole")
    start = Instant.midnight(date(2025, 6, 2))
    expected = [Span(start + HOUR * (24 * day + 10), start + HOUR * (24 * day + 11)) for day in (0, 1)]

    assert Timeline(tuple(expected)) == hours.open_within(Span(start, start + DAY * 2))


def test_years_are_laid_out_once():
    """A second question within the year is answered from what the first one laid out."""
    hours, start = calendar("UTC", "mon-fri 07:00-17:00"), Instant.midnight(date(2025, 6, 2))
    hours.elapsed(Span(start, start + DAY))
    (kept,) = hours.laid_out
    hours.elapsed(Span(start + DAY * 7, start + DAY * 30))

    assert kept is hours.laid_out[0]


class TestYearsFarApart:
    def test_are_answered_and_not_kept(self):
        """A question from 1900 to now is right; the calendar keeps the years that it laid out before."""
        hours = calendar("UTC", "mon-fri 07:00-17:00")
        now, long_ago = Instant.midnight(date(2025, 6, 2)), Instant.midnight(date(1900, 1, 1))
        assert HOUR * 10 == hours.elapsed(Span(now, now + DAY))
        kept = list(hours.laid_out)
        days = (date(1900, 1, 1) + timedelta(days=number) for number in range((now - long_ago).micros // DAY.micros))
        weekdays = sum(day.weekday() < 5 for day in days)

        assert HOUR * 10 * weekdays == hours.elapsed(Span(long_ago, now))
        assert kept == hours.laid_out

    def test_make_no_other_calendar(self):
        """What was asked of a calendar is no part of what it is."""
        asked, fresh = calendar("UTC", "mon-fri 07:00-17:00"), calendar("UTC", "mon-fri 07:00-17:00")
        asked.elapsed(Span(Instant(0), Instant(1)))

        assert (fresh, hash(fresh), repr(fresh)) == (asked, hash(asked), repr(asked))

    def test_ten_years_are_searched(self):
        """A calendar that opens once in eleven years is never open for who asks in the first; one of nine is found."""
        lines, closed = ("mon-sun 00:00-24:00",), frozenset(date(2025, 1, 1) + timedelta(days=day) for day in range(4000))
        open_late = ServiceHours("late", calendar("UTC").zone, calendar("UTC", *lines).hours, closed, "whole")
        opens = Instant.midnight(date(2025, 1, 1) + timedelta(days=4000))

        assert opens + HOUR == open_late.due(opens.before(DAY * 3650), HOUR)
        with pytest.raises(ValueError, match="too little open time in the ten years after 2025-01-01"):
            open_late.due(Instant.midnight(date(2025, 1, 1)), Duration(1))
