"""A calendar that is open whenever one of several others is, each on its own clocks."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.service_hours.frozen import calendar
from tests.core.spans import at, span
from upheld.core.timeline import HOUR, Span, Timeline

LONDON = calendar("Europe/London", "mon-fri 09:00-17:00", closed=("2026-04-13",))
NEW_YORK = calendar("America/New_York", "mon-fri 09:00-17:00")
NONE = calendar("UTC", day="closing")
EITHER = replace(NONE, sites=(LONDON, NEW_YORK))


def hours_of(day: int) -> list[tuple[str, str]]:
    return [(str(one.start)[11:16], str(one.end)[11:16]) for one in EITHER.open_spans_of(date(2026, 4, day))]


def test_is_open_while_either_is():
    """London from 8:00 to 16:00 UTC, New York from 13:00 to 21:00: one stretch of thirteen hours."""
    assert [("08:00", "21:00")] == hours_of(14)
    assert HOUR * 13 == EITHER.elapsed(span("2026-04-14T00:00Z", "2026-04-15T00:00Z"))


def test_a_holiday_of_one_leaves_the_other_open():
    """On 13 April London is closed: only New York's hours are left, and the day is a day all the same."""
    assert [("13:00", "21:00")] == hours_of(13)
    assert EITHER.is_open_on(date(2026, 4, 13))
    assert not EITHER.is_open_on(date(2026, 4, 12))


def test_time_goes_on_from_one_to_the_other():
    """Three hours from 15:00 UTC: one of London's and of both, two of New York's."""
    assert at("2026-04-14T18:00Z") == EITHER.due(at("2026-04-14T15:00Z"), HOUR * 3)


def test_a_day_ends_when_the_last_of_them_closes():
    """The first day after Friday is Monday; New York closes it."""
    assert at("2026-04-13T21:00Z") == EITHER.end_of_days(at("2026-04-10T12:00Z"), 1)


def test_own_hours_count_besides():
    """A site of its own that is open on Saturday is open besides."""
    more = replace(calendar("UTC", "sat 10:00-12:00"), sites=(LONDON,))

    assert HOUR * 2 == more.elapsed(span("2026-04-11T00:00Z", "2026-04-13T00:00Z"))
    assert HOUR * 24 == replace(calendar("UTC", always=True), sites=(LONDON,)).elapsed(
        span("2026-04-11T00:00Z", "2026-04-12T00:00Z")
    )


LORD_HOWE = calendar("Australia/Lord_Howe", "mon-sun 22:00-03:00")


@pytest.mark.parametrize("calendars", [(LONDON, NEW_YORK), (NEW_YORK, LORD_HOWE)])
@given(start=st.integers(0, 400 * 24 * 60), length=st.integers(0, 60 * 24 * 60))
def test_is_the_union_of_their_times(calendars, start, length):
    """Whatever the stretch: what is open of it is what is open of any of them."""
    begin = at("2026-01-01T00:00Z").micros + start * 60_000_000
    asked = Span(type(at("2026-01-01T00:00Z"))(begin), type(at("2026-01-01T00:00Z"))(begin + length * 60_000_000))
    union = Timeline().union(*(one.open_within(asked) for one in calendars))

    assert union == replace(NONE, sites=calendars).open_within(asked)
