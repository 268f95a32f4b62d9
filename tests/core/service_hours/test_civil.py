"""Datetimes in, datetimes out: the answers of the calendar itself, in whichever zone the question is written."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.service_hours.frozen import calendar
from upheld.core.service_hours import CivilHours, NeverOpen
from upheld.core.service_hours.civil import MOST_ZONES
from upheld.core.timeline import Duration, Instant, NotAnInstant, Span, SpanRunsBackwards

HOURS = calendar("Europe/London", "mon-fri 09:00-12:30", "mon-fri 13:00-17:30", "sat 22:00-06:00", closed=("2025-12-25",))
ZONES = [UTC, ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), timezone(timedelta(hours=5, minutes=30))]
CIVIL = CivilHours(HOURS)
moments = st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1), timezones=st.sampled_from(ZONES))  # noqa: DTZ001
lengths = st.timedeltas(timedelta(0), timedelta(days=40))
MICRO = timedelta(microseconds=1)


class Nowhere(tzinfo):
    """A zone without an offset, as `datetime` allows it."""

    def utcoffset(self, dt: datetime | None) -> None:
        return None

    dst = tzname = utcoffset


class TestElapsed:
    @given(moments, lengths)
    def test_is_that_of_the_calendar(self, first, length):
        """To the microsecond, and across clock changes, whatever zone the moments are told in."""
        start, end = Instant.of(first), Instant.of(first) + Duration(length // MICRO)
        last = end.utc().astimezone(ZONES[2])

        assert HOURS.elapsed(Span(start, end)).micros == CIVIL.elapsed(first, last) // MICRO

    def test_refuses_what_runs_backwards(self):
        """A last moment before the first is an error, not a negative length."""
        with pytest.raises(SpanRunsBackwards, match="before its start"):
            CIVIL.elapsed(datetime(2025, 6, 2, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC))

    def test_refuses_a_naive_moment(self):
        """A moment without a zone names no instant."""
        with pytest.raises(NotAnInstant, match="has no zone"):
            CIVIL.elapsed(datetime(2025, 6, 1), datetime(2025, 6, 2, tzinfo=UTC))  # noqa: DTZ001

    def test_refuses_a_zone_that_knows_no_offset(self):
        """A zone that cannot say how far it is from UTC names no instant either."""
        with pytest.raises(NotAnInstant, match="has no zone"):
            CIVIL.elapsed(datetime(2025, 6, 1, tzinfo=Nowhere()), datetime(2025, 6, 2, tzinfo=UTC))


class TestDue:
    @given(moments, lengths)
    def test_is_that_of_the_calendar(self, start, allowance):
        """The same instant, told in the zone of the question."""
        due = CIVIL.due(start, allowance)

        assert HOURS.due(Instant.of(start), Duration(allowance // MICRO)) == Instant.of(due)
        assert start.utcoffset() is not None
        assert start.tzinfo is due.tzinfo

    def test_tells_the_second_of_two_equal_times(self):
        """London, 26 October 2025: 90 minutes after 00:15 UTC it is 01:45 for the second time."""
        always = CivilHours(calendar("Europe/London", always=True))
        due = always.due(datetime(2025, 10, 26, 1, 15, tzinfo=ZONES[1]), timedelta(minutes=90))

        assert (datetime(2025, 10, 26, 1, 45, tzinfo=ZONES[1]), 1) == (due, due.fold)

    def test_is_the_start_where_nothing_is_allowed(self):
        """No allowance is used up at once."""
        start = datetime(2025, 6, 1, 3, tzinfo=ZONES[2])

        assert start == CIVIL.due(start, timedelta())

    def test_lays_out_as_far_as_it_is_asked(self):
        """The first question, one years later and one years before: each right, each from what is then laid out."""
        civil = CivilHours(HOURS)
        for year in (2025, 2027, 2023):
            start = datetime(year, 6, 2, 12, tzinfo=UTC)

            for _ in range(2):
                assert HOURS.due(Instant.of(start), Duration(1)) == Instant.of(civil.due(start, MICRO))

    def test_reaches_years_ahead(self):
        """An allowance of more open time than is laid out yet: found, and found again."""
        civil, start, years = CivilHours(HOURS), datetime(2025, 6, 2, 12, tzinfo=UTC), timedelta(hours=12_000)
        civil.due(start, MICRO)

        for _ in range(2):
            assert HOURS.due(Instant.of(start), Duration(years // MICRO)) == Instant.of(civil.due(start, years))

    @pytest.mark.parametrize("year", [1955, 2025])
    def test_looks_no_further_than_ten_years(self, year):
        """However many years are laid out already: what takes more than ten years of opening is refused."""
        civil = CivilHours(HOURS)
        start, end = datetime(year, 6, 2, tzinfo=UTC), datetime(year + 30, 6, 2, tzinfo=UTC)
        opened = civil.elapsed(start, end)

        assert start < civil.due(start, opened / 4) < end
        with pytest.raises(NeverOpen):
            civil.due(start, opened / 2)

    def test_keeps_few_zones(self):
        """Zones that come as ever new objects are not collected without end."""
        civil, start = CivilHours(HOURS), datetime(2025, 6, 2, 12, tzinfo=UTC)
        due = civil.due(start, timedelta(hours=1))
        for minutes in range(MOST_ZONES * 2):
            assert due == civil.due(start.astimezone(timezone(timedelta(minutes=minutes))), timedelta(hours=1))

        assert len(civil._epochs) <= MOST_ZONES
