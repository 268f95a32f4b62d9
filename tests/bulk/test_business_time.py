"""Rows of questions to a calendar have, each of them, the answer that core gives to it alone."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.service_hours.frozen import calendar
from upheld.bulk import BusinessTime, NotMicros
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import DAY, HOUR, Instant, SpanRunsBackwards

SPLIT = ("mon-fri 09:00-12:30", "mon-fri 13:00-17:30", "sat 10:00-12:00")
NIGHTS = ("mon-fri 22:00-06:00", "sat,sun 00:30-02:15", "sun 01:30-08:00")
CLOSED = ("2025-03-30", "2025-11-02", "2025-12-25", "2024-02-29")
CALENDARS = {
    "london split": calendar("Europe/London", *SPLIT, closed=CLOSED),
    "new york nights": calendar("America/New_York", *NIGHTS, closed=CLOSED),
    "lord howe": calendar("Australia/Lord_Howe", "mon-sun 01:45-02:10", "mon-fri 22:00-08:00", closed=CLOSED),
    "crowded": calendar(
        "UTC", *(f"mon-fri {hour:02}:{at:02}-{hour:02}:{at + 1:02}" for hour in range(24) for at in (0, 3, 31))
    ),
    "always": calendar("Europe/London", always=True),
}
FIRST, LAST = (Instant.of(datetime(year, 1, 1, tzinfo=UTC)).micros for year in (2023, 2027))
instants = st.integers(FIRST, LAST)
questions = st.lists(st.tuples(instants, instants, st.integers(-HOUR.micros, DAY.micros * 20)), min_size=1, max_size=30)


@pytest.mark.parametrize("hours", CALENDARS.values(), ids=CALENDARS)
class TestEveryCalendar:
    @given(questions)
    @settings(max_examples=40)
    def test_answers_as_core_does(self, hours: ServiceHours, asked):
        """Elapsed and due, to the microsecond, wherever in four years the questions lie."""
        starts, ends = [min(one, two) for one, two, _ in asked], [max(one, two) for one, two, _ in asked]
        allowances = [allowance for _, _, allowance in asked]
        bulk = BusinessTime(hours)

        assert list(map(hours.opened_between, starts, ends)) == bulk.elapsed(starts, ends).tolist()
        assert list(map(hours.reached_after, starts, allowances)) == bulk.due(starts, allowances).tolist()

    def test_answers_at_every_edge(self, hours: ServiceHours):
        """At each opening and closing of four years, and a microsecond before and after; allowances that just use one up."""
        hours.lay_out(FIRST, LAST)
        edges = [at for at in (*hours.laid_out[0].starts, *hours.laid_out[0].ends) if FIRST < at < LAST][:4000] or [
            FIRST + 1,
            LAST - 1,
        ]
        asked = [at + aside for at in edges for aside in (-1, 0, 1)]
        lengths = [end - start for start, end in zip(hours.laid_out[0].starts, hours.laid_out[0].ends, strict=True)]
        allowances = [min(lengths[number % len(lengths)], DAY.micros) + number % 3 - 1 for number in range(len(asked))]
        bulk = BusinessTime(hours)

        assert [hours.opened_between(FIRST, at) for at in asked] == bulk.elapsed([FIRST] * len(asked), asked).tolist()
        assert list(map(hours.reached_after, asked, allowances)) == bulk.due(asked, allowances).tolist()


class TestBatches:
    def test_of_more_than_one_piece(self):
        """A hundred thousand questions are cut into pieces; each has its own answer."""
        hours, chance = CALENDARS["london split"], np.random.default_rng(5)
        starts, allowances = chance.integers(FIRST, LAST, 100_000), chance.integers(1, DAY.micros * 5, 100_000)
        bulk = BusinessTime(hours)
        due = bulk.due(starts, allowances)

        assert allowances.tolist() == bulk.elapsed(starts, due).tolist()
        assert (allowances - 1).tolist() == bulk.elapsed(starts, due - 1).tolist()
        assert [hours.reached_after(int(starts[row]), int(allowances[row])) for row in range(0, 100_000, 997)] == due[
            ::997
        ].tolist()

    def test_of_no_questions(self):
        """Nothing is asked, nothing is answered."""
        bulk = BusinessTime(CALENDARS["always"])

        assert [] == bulk.elapsed([], []).tolist()
        assert [] == bulk.due([], []).tolist()

    def test_reach_years_beyond_what_was_laid_out(self):
        """One allowance of five years among small ones, then a question of another decade."""
        hours = calendar("Europe/London", *SPLIT, closed=CLOSED)
        bulk, years = BusinessTime(hours), HOUR.micros * 40 * 52 * 5

        for start in (FIRST, FIRST + DAY.micros * 365 * 20):
            asked, allowances = [start, start + 1, start + 2], [1, years, 0]
            assert list(map(hours.reached_after, asked, allowances)) == bulk.due(asked, allowances).tolist()


class TestRefusals:
    def test_of_a_span_that_runs_backwards(self):
        """The sentence names the span, as core's does."""
        with pytest.raises(SpanRunsBackwards, match=r"cannot end at 2023-01-01T00:00:00.000000Z"):
            BusinessTime(CALENDARS["always"]).elapsed([FIRST, FIRST + 1], [FIRST, FIRST])

    def test_of_a_calendar_that_is_never_open(self):
        """No row is answered with a guess: what core refuses is refused."""
        bulk = BusinessTime(calendar("UTC"))

        with pytest.raises(NeverOpen, match="too little open time in the ten years after 2023"):
            bulk.due([FIRST], [1])
        assert [0] == bulk.elapsed([FIRST], [LAST]).tolist()
        assert [FIRST] == bulk.due([FIRST], [0]).tolist()

    def test_of_floats_and_unequal_rows(self):
        """What is not exact, and what does not fit together, is no question."""
        bulk = BusinessTime(CALENDARS["always"])

        with pytest.raises(NotMicros, match="starts: expected a row of whole microseconds, got float64"):
            bulk.elapsed([0.5], [1])
        with pytest.raises(NotMicros, match="2 starts and 1 allowances"):
            bulk.due([1, 2], [1])
