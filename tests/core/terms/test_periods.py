"""Periods of every kind: where they begin, what they hold, how long the agreement says they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.service_hours.frozen import freeze
from tests.core.spans import at, span
from tests.core.terms.changed import bind_blocks, changed, problems, terms
from upheld.core.terms import Period, Terms
from upheld.core.terms.periods import MONTHS, parse_anchor
from upheld.core.terms.quantities import Days, Months, parse_frequency
from upheld.core.timeline import DAY, HOUR, MINUTE

UTC, LONDON = freeze("UTC"), freeze("Europe/London")
BILLING = Period("billing", Months(1), date(2024, 1, 31), UTC, None, ())
WEEK = Period("week", Days(7), date(2024, 1, 1), LONDON, None, ())
HOURS = Period("hour", HOUR, date(2024, 1, 1), UTC, None, ())
MONTH = Period("month", Months(1), date(2024, 1, 1), UTC, None, ())
ROLLING = Period("rolling", DAY * 30, date(2024, 1, 1), UTC, None, (), sliding=True)
YEAR = Period("year", Months(12), date(2024, 1, 1), LONDON, None, (), sliding=True)
DATES = Period("dates", Days(30), date(2024, 1, 1), LONDON, None, (), sliding=True)


def bound(**keys):
    """The sample's month with other keys, as it is bound."""
    return terms(**{f"periods__month__{key}": value for key, value in keys.items()}).periods["month"]


class TestContaining:
    @pytest.mark.parametrize(
        ("instant", "start", "end"),
        [
            ("2025-01-31T00:00Z", "2025-01-31T00:00Z", "2025-02-28T00:00Z"),
            ("2025-01-30T23:59Z", "2024-12-31T00:00Z", "2025-01-31T00:00Z"),
            ("2025-02-28T00:00Z", "2025-02-28T00:00Z", "2025-03-31T00:00Z"),
            ("2024-02-29T12:00Z", "2024-02-29T00:00Z", "2024-03-31T00:00Z"),
        ],
    )
    def test_a_month_that_begins_on_the_last_day(self, instant, start, end):
        """A billing month from the 31st begins on the last day of a month that has no such day."""
        assert span(start, end) == BILLING.containing(at(instant))

    def test_a_week_begins_at_its_midnight_whatever_the_clocks_do(self):
        """The week in which London's clocks go forward is an hour short."""
        found = WEEK.containing(at("2025-03-28T12:00Z"))

        assert span("2025-03-24T00:00Z", "2025-03-30T23:00Z") == found
        assert DAY * 7 - HOUR == found.length

    def test_an_hour_is_one_of_the_clock(self):
        """Elapsed lengths are counted from the midnight of the anchor, also before it."""
        assert span("2025-03-24T05:00Z", "2025-03-24T06:00Z") == HOURS.containing(at("2025-03-24T05:59:59Z"))
        assert span("2023-03-24T05:00Z", "2023-03-24T06:00Z") == HOURS.containing(at("2023-03-24T05:00Z"))

    def test_a_sliding_one_begins_anywhere(self):
        """Thirty days from an instant; a year and thirty dates keep the time of day on the clocks of their zone."""
        assert span("2025-03-24T05:00Z", "2025-04-23T05:00Z") == ROLLING.containing(at("2025-03-24T05:00Z"))
        assert span("2025-03-01T05:00Z", "2026-03-01T05:00Z") == YEAR.containing(at("2025-03-01T05:00Z"))
        assert span("2025-03-24T05:00Z", "2025-04-23T04:00Z") == DATES.containing(at("2025-03-24T05:00Z"))

    def test_a_sliding_one_ends_anywhere(self):
        """The thirty days, and the year, before an instant."""
        assert span("2025-03-24T05:00Z", "2025-04-23T05:00Z") == ROLLING.sliding_to(at("2025-04-23T05:00Z"))
        assert span("2024-02-29T00:00Z", "2025-02-28T00:00Z") != YEAR.sliding_to(at("2025-02-28T00:00Z"))
        assert span("2024-02-28T00:00Z", "2025-02-28T00:00Z") == YEAR.sliding_to(at("2025-02-28T00:00Z"))

    @pytest.mark.parametrize(
        ("period", "times", "moved"),
        [(DATES, 2, "2025-05-08T07:00Z"), (DATES, -2, "2025-01-08T08:00Z"), (YEAR, 2, "2027-03-09T08:00Z"),
         (YEAR, -2, "2023-03-09T08:00Z")],
    )  # fmt: skip
    def test_moves_by_its_length_so_many_times(self, period, times, moved):
        """From 9 March 2025, eight in London: two times thirty days, or two years, on and back, always at eight."""
        assert at(moved) == period.moved(at("2025-03-09T08:00Z"), times)

    @given(st.integers(1_600_000_000, 1_900_000_000), st.sampled_from([BILLING, WEEK, HOURS, MONTH]))
    def test_holds_its_instant_and_touches_the_next(self, seconds, period):
        """Every instant lies in exactly one period, and where it ends the next begins."""
        instant = at("1970-01-01T00:00Z") + DAY * 0 + HOUR * 0 + (MINUTE * (seconds // 60))
        found = period.containing(instant)

        assert found.contains(instant)
        assert found == period.containing(found.start)
        assert found.end == period.containing(found.end).start


class TestStarting:
    def test_is_the_period_that_begins_in_a_month(self):
        """Of months by the anchor's day; of weeks the one in which the month begins."""
        assert span("2025-01-31T00:00Z", "2025-02-28T00:00Z") == BILLING.starting(2025, 1)
        assert span("2025-01-27T00:00Z", "2025-02-03T00:00Z") == WEEK.starting(2025, 2)


class TestWithin:
    def test_is_the_one_that_holds_the_span(self):
        """A quarter holds a month; it is judged although the month ends first."""
        quarter = Period("quarter", Months(3), date(2024, 1, 1), UTC, None, ())

        assert [quarter.starting(2025, 4)] == list(quarter.within(MONTH.starting(2025, 5)))

    def test_or_all_that_end_in_it(self):
        """Weeks end in a month; the one that goes on into the next is judged there."""
        found = list(Period("week", Days(7), date(2024, 1, 1), UTC, None, ()).within(MONTH.starting(2026, 4)))

        ends = ["2026-04-06", "2026-04-13", "2026-04-20", "2026-04-27"]
        assert [at(f"{day}T00:00Z") for day in ends] == [one.end for one in found]


class TestAllTime:
    def test_may_be_so_much_per_month(self):
        """An average month has 43,800 minutes, two of them twice as many."""
        per_month = parse_frequency("43800 minutes per month")
        two = Period("two", Months(2), date(2024, 1, 1), UTC, per_month, ())

        assert MINUTE * 87_600 == two.all_time(two.starting(2025, 1))
        assert "2 months of 87,600 min".replace("87,600", "43,800") == two.explain_denominator(two.starting(2025, 1))

    def test_is_told_where_it_is_not_what_elapsed(self):
        """One day of 1,440 minutes; nothing is said of elapsed time."""
        day = Period("day", Days(1), date(2024, 1, 1), UTC, parse_frequency("1440 minutes per day"), ())

        assert "1 day of 1,440 min" == day.explain_denominator(day.containing(at("2025-01-01T00:00Z")))
        assert "" == MONTH.explain_denominator(MONTH.starting(2025, 1))


class TestNameOf:
    def test_is_as_short_as_it_can_be(self):
        """A month by its month, a week by its first day, an hour by its instant."""
        assert "2025-01" == BILLING.name_of(BILLING.starting(2025, 1))
        assert "2025-03-24" == WEEK.name_of(WEEK.containing(at("2025-03-28T12:00Z")))
        assert "2025-03-24T05:00:00.000000Z" == HOURS.name_of(HOURS.containing(at("2025-03-24T05:30Z")))


class TestBinding:
    def test_reads_anchors_of_every_kind(self):
        """A day of the year, of the month, of the week, a date; a number too."""
        assert (date(2024, 2, 1), False) == parse_anchor("1 February")
        assert (date(2024, 1, 15), False) == parse_anchor("15")
        assert (date(2024, 1, 15), False) == parse_anchor(15)
        assert (date(2024, 1, 3), True) == parse_anchor("wed")
        assert (date(2024, 1, 3), True) == parse_anchor("Wednesday")
        assert (date(2026, 3, 10), False) == parse_anchor("2026-03-10")

    def test_takes_the_billing_day_of_a_customer(self):
        """`starts: parameter billing-day`: each customer's month has its own first day."""
        blocks = changed(
            parameters__billing={"kind": "number"}, periods__month__starts="parameter billing",
        )  # fmt: skip
        blocks["parameters"]["billing"]["usual"] = "10"
        found = bind_blocks(blocks)

        assert isinstance(found, Terms)
        assert span("2025-03-10T00:00Z", "2025-04-10T00:00Z") == found.periods["month"].starting(2025, 3)

    def test_counts_weeks_that_begin_on_a_weekday_on_dates(self):
        """`1 week` from Monday is seven dates; from a date it is 168 hours."""
        assert Days(7) == bound(length="1 week", starts="monday").length
        assert DAY * 7 == bound(length="1 week", starts="2026-03-10").length

    def test_a_length_with_an_end_is_sliding(self):
        """The year before a claim lies wherever the claim comes."""
        found = bound(length="12 months", ends="claim received")

        assert (True, "claim received") == (found.sliding, found.ends)

    def test_says_what_cannot_be_a_period(self):
        """So much per month needs months; without a length nothing ends."""
        assert "so much per month needs a period of months" in problems(
            periods__month__length="1 week", periods__month__counts_as="43800 minutes per month"
        )[0]  # fmt: skip
        assert (
            "2 open minutes of business is no length of a period" in problems(periods__month__length="2 business minutes")[0]
        )

    def test_an_agreement_without_periods_is_stated_by_months(self):
        """Nothing is judged over them; a statement has a span all the same."""
        blocks = changed()
        for block in ("periods", "availability", "credits", "claims", "money"):
            del blocks[block]
        found = bind_blocks(blocks)

        assert isinstance(found, Terms)
        assert MONTHS == found.statement_period
