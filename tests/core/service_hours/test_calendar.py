"""Open time, due instants and ends of days, beside a calendar that is asked minute by minute."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.service_hours.frozen import calendar, is_open, minutes_of
from tests.core.spans import at, span
from upheld.core.service_hours import NeverOpen
from upheld.core.timeline import HOUR, MINUTE, ZERO, Duration, Instant, Span, Timeline

BUSINESS = calendar("UTC", "mon-fri 07:00-17:00", closed=("2025-12-25", "2026-01-01"))
NIGHTS = ("mon-fri 22:00-06:00", "sat,sun 08:00-12:00", "sat,sun 13:00-24:00")
HOLIDAYS = ("2025-03-31", "2025-04-01", "2025-12-25", "2025-11-03")
CALENDARS = [
    calendar("Europe/London", "mon-fri 09:00-17:30", closed=HOLIDAYS),
    calendar("Europe/London", *NIGHTS, closed=HOLIDAYS),
    calendar("America/New_York", "mon-fri 07:00-19:00", closed=HOLIDAYS),
    calendar("America/New_York", *NIGHTS, "sun 00:30-02:15", closed=HOLIDAYS),
]
moments = st.datetimes(datetime(2024, 12, 1), datetime(2026, 3, 1))  # noqa: DTZ001
NAMES = ["london-office", "london-nights", "new-york-office", "new-york-nights"]


def minutes(length: Duration) -> int:
    assert length.micros % MINUTE.micros == 0
    return length.micros // MINUTE.micros


class TestAYearByMinutes:
    @pytest.mark.parametrize("hours", CALENDARS, ids=NAMES)
    def test_open_time_is_that_of_every_minute_of_a_year(self, hours):
        """2025 whole, both clock changes in it: half a million minutes asked one by one give the same open spans."""
        start, end = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
        line = hours.open_within(Span(Instant.of(start), Instant.of(end)))
        opened = [moment for moment in minutes_of(start, end) if is_open(hours, moment)]
        expected = Timeline.of(Span(Instant.of(m), Instant.of(m) + MINUTE) for m in opened)

        assert expected == line
        assert len(opened) == minutes(hours.elapsed(Span(Instant.of(start), Instant.of(end))))


class TestDue:
    @pytest.mark.parametrize(
        ("start", "hours", "due"),
        [
            ("2025-06-12T14:00Z", 8, "2025-06-13T12:00Z"), ("2025-12-24T15:00Z", 8, "2025-12-26T13:00Z"),
            ("2025-06-14T12:00Z", 1, "2025-06-16T08:00Z"), ("2025-12-31T16:00Z", 8, "2026-01-02T14:00Z"),
            ("2025-06-12T07:00Z", 10, "2025-06-12T17:00Z"), ("2025-06-12T17:00Z", 1, "2025-06-13T08:00Z"),
        ],
    )  # fmt: skip
    def test_counts_business_hours_alone(self, start, hours, due):
        """TP-64: nights, weekends, 25 December and 1 January stand still; the last minute of a day is that day's."""
        assert at(due) == BUSINESS.due(at(start), HOUR * hours)

    def test_is_the_start_where_nothing_is_allowed(self):
        """No allowance is used up at once, also at night."""
        assert at("2025-06-14T12:00Z") == BUSINESS.due(at("2025-06-14T12:00Z"), ZERO)

    @pytest.mark.parametrize("hours", CALENDARS, ids=NAMES)
    @pytest.mark.parametrize("edge", ["2025-03-28", "2025-03-07", "2025-10-24", "2025-10-31"])
    def test_is_the_minute_at_which_enough_minutes_have_passed(self, hours, edge):
        """Around each clock change: walking minute by minute arrives where `due` says."""
        start = datetime.fromisoformat(f"{edge}T13:07:00+00:00")
        passed, allowance = 0, 25 * 60
        for moment in minutes_of(start, start + timedelta(days=30)):
            passed += is_open(hours, moment)
            if passed == allowance:
                assert Instant.of(moment) + MINUTE == hours.due(Instant.of(start), MINUTE * allowance)
                return
        pytest.fail("a month has not enough open minutes")

    @given(moments, st.integers(0, 3 * 1440), st.sampled_from(CALENDARS))
    def test_leaves_just_the_allowance_open(self, start, allowed, hours):
        """Between the start and the due instant lies exactly the allowance of open time, and none after the last of it."""
        first, allowance = Instant.of(start.replace(tzinfo=UTC)), MINUTE * allowed
        due = hours.due(first, allowance)

        assert allowance == hours.elapsed(Span(first, due))
        assert not allowed or hours.elapsed(Span(first, due.before(Duration(1)))) < allowance

    def test_says_when_it_is_never_open(self):
        """A calendar without hours is no endless search."""
        with pytest.raises(NeverOpen, match="too little open time"):
            calendar("UTC").due(at("2025-06-12T14:00Z"), HOUR)
        with pytest.raises(NeverOpen, match="too few open days"):
            calendar("UTC").end_of_days(at("2025-06-12T14:00Z"), 1)


class TestElapsed:
    @given(st.lists(moments, min_size=2, max_size=6), st.sampled_from(CALENDARS))
    def test_of_parts_is_that_of_the_whole(self, cuts, hours):
        """However a span is cut, across clock changes too, the open time of its parts is its own."""
        edges = sorted(Instant.of(cut.replace(tzinfo=UTC)) for cut in cuts)
        parts = [hours.elapsed(Span(start, end)).micros for start, end in pairwise(edges)]

        assert sum(parts) == hours.elapsed(Span(edges[0], edges[-1])).micros

    def test_counts_the_leap_day(self):
        """February 2024 has 21 business days of ten hours."""
        assert HOUR * 210 == BUSINESS.elapsed(span("2024-02-01T00:00Z", "2024-03-01T00:00Z"))

    def test_is_all_of_it_where_always_open(self):
        """Around the clock, an hour that is skipped is missing and one that comes twice counts twice."""
        always = calendar("Europe/London", always=True)

        assert HOUR * 23 == always.elapsed(span("2025-03-30T00:00Z", "2025-03-30T23:00Z"))
        assert HOUR * 25 == always.elapsed(span("2025-10-25T23:00Z", "2025-10-27T00:00Z"))
        assert [span("2025-03-30T00:00Z", "2025-03-30T23:00Z")] == always.open_spans_of(date(2025, 3, 30))
        assert at("2025-03-30T02:00Z") == always.due(at("2025-03-30T00:30Z"), MINUTE * 90)


class TestLayOut:
    def test_years_that_are_laid_out_are_not_laid_out_again(self):
        """Asked up to its very edges, a calendar answers from what it has; a microsecond beyond either it lays out more."""
        hours = calendar("UTC", "mon-fri 09:00-17:00")
        moment = at("2025-06-12T14:00Z").micros
        laid = hours.lay_out(moment, moment)

        assert laid is hours.lay_out(laid.first_at, laid.last_at)
        assert laid.first_at > hours.lay_out(laid.first_at - 1, moment).first_at
        assert laid.last_at < hours.lay_out(moment, laid.last_at + 1).last_at


class TestEndOfDays:
    @pytest.mark.parametrize(
        ("start", "days", "end"),
        [
            ("2025-06-11T13:00Z", 5, "2025-06-19T00:00Z"), ("2025-12-31T10:00Z", 5, "2026-01-09T00:00Z"),
            ("2025-06-14T13:00Z", 5, "2025-06-21T00:00Z"), ("2025-06-02T09:00Z", 5, "2025-06-10T00:00Z"),
            ("2025-12-22T09:00Z", 5, "2025-12-31T00:00Z"), ("2025-06-07T09:00Z", 5, "2025-06-14T00:00Z"),
            ("2025-06-11T13:00Z", 0, "2025-06-12T00:00Z"),
        ],
    )  # fmt: skip
    def test_is_the_midnight_that_ends_the_last_whole_day(self, start, days, end):
        """TP-27, TP-51: the day of the event does not count; 26 December is a business day."""
        assert at(end) == BUSINESS.end_of_days(at(start), days)

    def test_is_closing_time_or_open_hours_where_that_is_read(self):
        """The same five days in the other two senses: until 17:00 of the fifth, or 50 open hours."""
        start = at("2025-06-11T13:00Z")

        assert at("2025-06-18T17:00Z") == BUSINESS.end_of_days(start, 5, "closing")
        assert at("2025-06-18T13:00Z") == BUSINESS.end_of_days(start, 5, "open hours")

    def test_counts_hours_that_overlap_once(self):
        """From nine to twelve and from eleven to five is a day of eight hours, not of nine."""
        hours = calendar("UTC", "mon-fri 09:00-12:00", "mon-fri 11:00-17:00")

        assert HOUR * 8 == hours.day_length()
        assert at("2025-06-12T13:00Z") == hours.end_of_days(at("2025-06-11T13:00Z"), 1, "open hours")

    def test_of_no_days_is_the_event_itself_or_the_end_of_its_day(self):
        """Nothing has to pass: at once in open hours, by closing time or midnight of the same day else."""
        wednesday, sunday = at("2025-06-11T13:00Z"), at("2025-06-15T13:00Z")

        assert wednesday == BUSINESS.end_of_days(wednesday, 0, "open hours")
        assert at("2025-06-11T17:00Z") == BUSINESS.end_of_days(wednesday, 0, "closing")
        assert at("2025-06-16T00:00Z") == BUSINESS.end_of_days(sunday, 0, "closing")

    def test_counts_days_of_a_calendar_that_never_closes(self):
        """Always open: each day is a day, and has 24 hours."""
        always = calendar("UTC", always=True)

        assert at("2025-06-17T00:00Z") == always.end_of_days(at("2025-06-11T13:00Z"), 5)
        assert at("2025-06-16T13:00Z") == always.end_of_days(at("2025-06-11T13:00Z"), 5, "open hours")
        assert at("2025-06-17T00:00Z") == always.end_of_days(at("2025-06-11T13:00Z"), 5, "closing")

    def test_a_day_whose_hours_are_skipped_is_a_day_still(self):
        """New York, 9 March 2025: a calendar of 02:00 to 03:00 has no open time that Sunday, and closes at its midnight."""
        small = calendar("America/New_York", "sun 02:00-03:00")

        assert at("2025-03-10T04:00Z") == small.end_of_days(at("2025-03-08T12:00Z"), 1)
        assert at("2025-03-10T04:00Z") == small.end_of_days(at("2025-03-08T12:00Z"), 1, "closing")
        assert at("2025-03-16T07:00Z") == small.due(at("2025-03-08T12:00Z"), HOUR)

    @given(moments, st.integers(1, 20), st.sampled_from(CALENDARS))
    def test_lies_just_so_many_open_days_later(self, start, days, hours):
        """Counting dates one by one arrives at the same midnight."""
        first = Instant.of(start.replace(tzinfo=UTC))
        day, left = hours.zone.date_at(first), days
        while left:
            day += timedelta(days=1)
            left -= bool(hours.hours[day.weekday()]) and day not in hours.closed

        assert hours.zone.midnight(day + timedelta(days=1)) == hours.end_of_days(first, days)
