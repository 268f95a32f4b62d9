"""Clocks that stand still at times: each row as core's own sets of spans give it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bulk.test_business_time import CALENDARS, FIRST, LAST
from upheld.bulk import BusinessTime, NotMicros, SpansOf
from upheld.core.service_hours import ServiceHours
from upheld.core.timeline import DAY, HOUR, Instant, Span, Timeline

A_WEEK = DAY.micros * 7
starts = st.integers(FIRST, LAST)
aside = st.integers(-HOUR.micros, A_WEEK)
rows = st.lists(
    st.tuples(starts, st.integers(0, A_WEEK), st.lists(st.tuples(aside, aside), max_size=5)), min_size=1, max_size=12
)


def pauses_of(row: tuple[int, int, list[tuple[int, int]]]) -> list[tuple[int, int]]:
    return [(row[0] + one, row[0] + other) for one, other in row[2]]


def collect(asked: list[tuple[int, int, list[tuple[int, int]]]]) -> SpansOf:
    each = [pauses_of(row) for row in asked]
    flat = [pause for pauses in each for pause in pauses]
    offsets = [sum(map(len, each[:place])) for place in range(len(each) + 1)]
    return SpansOf.of(offsets, [start for start, _ in flat], [end for _, end in flat])


def counted_within(hours: ServiceHours, span: Span, row: tuple[int, int, list[tuple[int, int]]]) -> Timeline:
    paused = Timeline.of(Span.forward(Instant(start), Instant(end)) for start, end in pauses_of(row))
    return hours.open_within(span).subtract(paused)


def find_due(hours: ServiceHours, row: tuple[int, int, list[tuple[int, int]]], allowance: int) -> int:
    """Span by span through the open time that lies in no pause."""
    start, left = row[0], allowance
    if left:
        for span in counted_within(hours, Span(Instant(start), Instant(start + DAY.micros * 90)), row):
            if span.length.micros >= left:
                return span.start.micros + left
            left -= span.length.micros
        raise AssertionError("90 days have not enough open time")
    return start


@pytest.mark.parametrize("hours", CALENDARS.values(), ids=CALENDARS)
class TestEveryCalendar:
    @given(rows)
    @settings(max_examples=20)
    def test_elapsed_outside_pauses(self, hours: ServiceHours, asked):
        """Pauses that overlap, are empty, run backwards, begin before and end after: what is left of the open time."""
        first, last = [row[0] for row in asked], [row[0] + row[1] for row in asked]
        spans = [Span(Instant(start), Instant(end)) for start, end in zip(first, last, strict=True)]
        left = [counted_within(hours, span, row).total.micros for span, row in zip(spans, asked, strict=True)]

        assert left == BusinessTime(hours).elapsed_outside(first, last, collect(asked)).tolist()

    @given(rows)
    @settings(max_examples=20)
    def test_due_outside_pauses(self, hours: ServiceHours, asked):
        """The earliest instant, however many pauses the due one is pushed over."""
        allowances = [row[1] % (HOUR.micros * 5) for row in asked]
        due = [find_due(hours, row, allowance) for row, allowance in zip(asked, allowances, strict=True)]

        assert due == BusinessTime(hours).due_outside([row[0] for row in asked], allowances, collect(asked)).tolist()


def test_refuses_pauses_of_other_questions():
    """As many rows of pauses as there are questions, or nobody knows whose they are."""
    with pytest.raises(NotMicros, match="1 questions and pauses of 2"):
        BusinessTime(CALENDARS["always"]).due_outside([FIRST], [1], SpansOf.none_of(2))
