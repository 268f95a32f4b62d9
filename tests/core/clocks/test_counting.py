"""Due times and used time beside a minute-by-minute count, over random hours and pauses."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from upheld.core.clocks.counting import count_used, find_due
from upheld.core.service_hours import ServiceHours, Zone
from upheld.core.terms.clocks import Allowance
from upheld.core.timeline import HOUR, MINUTE, Duration, Instant, Span, Timeline

# The clocks go forward on Sunday 29 March 2026 at 01:00 UTC.
LONDON = Zone("Europe/London", (Instant.parse("1900-01-01T00:00Z"), Instant.parse("2026-03-29T01:00Z")), (0, 3600))
ORIGIN = Instant.parse("2026-03-27T00:00Z")
QUARTER = MINUTE * 15

frames = st.tuples(st.integers(0, 95), st.integers(1, 60)).map(lambda pair: (QUARTER * pair[0], QUARTER * sum(pair)))
weeks = st.lists(st.lists(frames, max_size=2), min_size=7, max_size=7).filter(any)
quarters = st.integers(0, 4 * 24 * 6)
gaps = st.lists(st.tuples(quarters, quarters).map(sorted), max_size=3)


def make_hours(week: list[list[tuple[Duration, Duration]]]) -> ServiceHours:
    return ServiceHours("random", LONDON, tuple(tuple(sorted(day)) for day in week), frozenset(), "none")


def at(quarter: int) -> Instant:
    return ORIGIN + QUARTER * quarter


def make_gaps(pairs: list[list[int]]) -> Timeline:
    return Timeline.of(Span(at(low), at(high)) for low, high in pairs)


def counts(hours: ServiceHours, paused: Timeline, moment: Instant) -> bool:
    """Whether the quarter of an hour that begins now is open and not paused."""
    return bool(hours.open_within(Span(moment, moment + QUARTER))) and not paused.contains(moment)


@given(weeks, gaps, quarters, st.integers(1, 40))
def test_due_is_where_a_walk_over_quarters_uses_the_time_up(week, pairs, start, allowed):
    """The first instant at which so many counted quarters lie behind."""
    hours, paused, moment, left = make_hours(week), make_gaps(pairs), at(start), allowed
    for _ in range(4 * 24 * 40):
        if left == 0:
            break
        left -= counts(hours, paused, moment)
        moment = moment + QUARTER
    due = find_due(Allowance("", hours, QUARTER * allowed), at(start), paused)

    if left == 0:
        assert moment == due
    else:
        assert due is None or due > moment


@given(weeks, gaps, quarters, quarters)
def test_used_is_the_number_of_counted_quarters(week, pairs, one, other):
    """Open time less pauses, quarter by quarter."""
    hours, paused, (start, end) = make_hours(week), make_gaps(pairs), sorted((one, other))
    expected = sum(counts(hours, paused, at(quarter)) for quarter in range(start, end))
    open_time, lost = count_used(Allowance("", hours, HOUR), at(start), at(end), paused)

    assert QUARTER * expected == open_time - lost


@given(weeks, gaps, quarters, st.integers(1, 40))
def test_at_the_due_instant_all_is_used(week, pairs, start, allowed):
    """The two ways of counting agree."""
    allowance, paused = Allowance("", make_hours(week), QUARTER * allowed), make_gaps(pairs)
    due = find_due(allowance, at(start), paused)
    assert due is not None
    open_time, lost = count_used(allowance, at(start), due, paused)

    assert QUARTER * allowed == open_time - lost


@given(weeks, gaps, st.tuples(quarters, quarters).map(sorted), quarters, st.integers(1, 40))
def test_a_further_pause_never_brings_the_due_time_forward(week, pairs, further, start, allowed):
    """And never moves it by more open time than it takes out."""
    allowance = Allowance("", make_hours(week), QUARTER * allowed)
    before, after = (find_due(allowance, at(start), make_gaps(each)) for each in (pairs, [*pairs, further]))

    assert before is not None
    assert after is not None
    assert before <= after


@given(weeks, gaps, quarters, st.integers(1, 40), st.integers(0, 8))
def test_a_share_is_a_shorter_time(week, pairs, start, allowed, eighths):
    """Half of an hour is due when half an hour is."""
    hours, paused = make_hours(week), make_gaps(pairs)
    share = find_due(Allowance("", hours, QUARTER * allowed), at(start), paused, Fraction(eighths, 8))
    part = find_due(Allowance("", hours, Duration(QUARTER.micros * allowed * eighths // 8)), at(start), paused)

    assert part == share


@given(gaps, quarters, st.integers(1, 5))
def test_days_and_their_pauses_agree_with_what_is_used(pairs, start, days):
    """A time of days that a pause moved is over when as much was counted as without it."""
    week = tuple(((HOUR * 9, HOUR * 17),) if day < 5 else () for day in range(7))
    hours = ServiceHours("business", LONDON, week, frozenset(), "whole")
    allowance, paused = Allowance("", hours, days=days, kind="whole"), make_gaps(pairs)
    plain, due = find_due(allowance, at(start), Timeline()), find_due(allowance, at(start), paused)
    assert plain is not None
    assert due is not None
    whole, _ = count_used(allowance, at(start), plain, Timeline())
    open_time, lost = count_used(allowance, at(start), due, paused)

    assert whole == open_time - lost
