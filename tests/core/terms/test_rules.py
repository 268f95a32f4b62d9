"""Periods are cut on the dates of their zone, and have the length that the agreement gives them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.service_hours.frozen import freeze
from tests.core.spans import at, span
from upheld.core.terms import Period
from upheld.core.terms.quantities import Months, parse_frequency
from upheld.core.timeline import DAY, HOUR, MINUTE, ZERO

DAILY = parse_frequency("1440 minutes per day")
MONTH = Period("month", Months(1), date(2024, 1, 1), freeze("UTC"), DAILY, ())
QUARTER = Period("quarter", Months(3), date(2024, 2, 1), freeze("America/New_York"), None, ())


class TestContaining:
    @pytest.mark.parametrize(
        ("instant", "start", "end"),
        [
            ("2025-02-01T05:00Z", "2025-02-01T05:00Z", "2025-05-01T04:00Z"),
            ("2025-02-01T04:59Z", "2024-11-01T04:00Z", "2025-02-01T05:00Z"),
            ("2025-12-31T12:00Z", "2025-11-01T04:00Z", "2026-02-01T05:00Z"),
        ],
    )
    def test_a_quarter_that_starts_in_february(self, instant, start, end):
        """RedTrack's quarters: February to April, and so on, at midnight in New York."""
        assert span(start, end) == QUARTER.containing(at(instant))

    @given(
        st.integers(2023, 2026),
        st.integers(1, 12),
        st.sampled_from([MONTH, QUARTER, Period("y", Months(12), date(2024, 4, 1), freeze("Europe/London"), None, ())]),
    )
    def test_periods_follow_each_other_without_a_gap(self, year, month, period):
        """The end of one is in the next, which starts there; each holds its own start."""
        one = period.containing(period.starting(year, month).start)

        assert one == period.containing(one.start)
        assert one.end == period.containing(one.end).start
        assert one.contains(one.start)


class TestAllTime:
    def test_gives_so_much_for_each_day(self):
        """TP-31: days times 1,440; a leap February has 29."""
        assert MINUTE * 41_760 == MONTH.all_time(MONTH.starting(2024, 2))
        assert MINUTE * 40_320 == MONTH.all_time(MONTH.starting(2025, 2))

    def test_counts_what_elapsed_where_that_is_said(self):
        """A quarter with a clock change is an hour shorter or longer than its days."""
        lengths = [QUARTER.all_time(QUARTER.starting(2025, month)) for month in (2, 11)]

        assert [DAY * 89 - HOUR, DAY * 92 + HOUR] == lengths

    @given(st.integers(2023, 2025))
    def test_of_the_months_is_that_of_the_year(self, year):
        """Twelve months add up to the year, leap day and clock changes in it."""
        for zone in ("UTC", "Europe/London", "America/New_York"):
            for per_day in (None, DAILY):
                month = Period("month", Months(1), date(2024, 1, 1), freeze(zone), per_day, ())
                whole = Period("year", Months(12), date(2024, 1, 1), freeze(zone), per_day, ())
                parts = [month.starting(year, number) for number in range(1, 13)]

                assert all(one.end == other.start for one, other in pairwise(parts))
                assert whole.all_time(whole.starting(year, 1)) == sum((month.all_time(part) for part in parts), ZERO)
