"""The open hours that a run crosses: their parts add up to what the clock counted, or nothing is drawn."""

from tests.core.clocks.agreement import at, bound, changed, desk, held, put, ticket
from upheld.core.timeline import Duration, Instant, Span
from upheld.doors.shown.calendar_strips import find_strip

FRI, MON, TUE = "2026-02-06", "2026-02-09", "2026-02-10"
PAUSING = bound(changed(clocks__respond__pauses=[{"waiting for": "customer"}]))
HOUR = 3_600_000_000


def strip(facts, as_of: Instant, terms=PAUSING):
    seen = desk(facts, as_of, terms)
    run = seen.last_run("respond", "T-1")
    assert run is not None
    return find_strip(terms, seen, run, as_of)


def total(spans: tuple[Span, ...]) -> Duration:
    return Duration(sum(span.length.micros for span in spans))


def test_what_is_used_and_what_is_left_add_up_to_what_is_allowed():
    """Sixteen hours from Friday three o'clock: three of them used on Monday at ten, over a weekend that does not count."""
    found = strip(ticket(f"{FRI}T15:00Z", "low"), at(f"{MON}T10:00Z"))

    assert found is not None
    assert (Duration(3 * HOUR), Duration(13 * HOUR)) == (total(found.used), total(found.left))
    assert (Span(at(f"{FRI}T09:00Z"), at(f"{FRI}T17:00Z")), 3) == (found.opened[0], len(found.opened))
    assert (at(f"{TUE}T15:00Z"), "business") == (found.due_at, found.calendar)


def test_a_pause_is_a_part_of_its_own():
    """An open hold takes out the hours since it began; when it is due is hidden until it ends."""
    found = strip([*ticket(f"{FRI}T15:00Z", "low"), *held(f"{FRI}T16:00Z")], at(f"{MON}T10:00Z"))

    assert found is not None
    assert (Span(at(f"{FRI}T15:00Z"), at(f"{FRI}T16:00Z")),) == found.used
    assert (Duration(2 * HOUR), None, ()) == (total(found.paused), found.due_at, found.left)


def test_a_pause_that_is_known_to_end_is_not_left():
    """Waiting until Tuesday at nine: Monday's hours are paused, ahead of now as well, and the time left lies after them."""
    facts = [*ticket(f"{FRI}T15:00Z", "low"), *held(f"{MON}T09:00Z", until_at=at(f"{TUE}T09:00Z"))]
    found = strip(facts, at(f"{MON}T10:00Z"))

    assert found is not None
    assert (Duration(2 * HOUR), Duration(8 * HOUR), Duration(14 * HOUR)) == tuple(
        total(spans) for spans in (found.used, found.paused, found.left)
    )


def test_time_over_is_told_apart():
    """An hour was allowed; from its end on each open hour is over."""
    found = strip(ticket(f"{FRI}T16:30Z"), at(f"{MON}T12:00Z"))

    assert found is not None
    assert (Duration(HOUR), Duration(HOUR * 5 // 2), ()) == (total(found.used), total(found.over), found.left)


def test_nothing_is_drawn_where_no_closed_time_is_crossed():
    """A run within one opening needs its bar alone."""
    assert strip(ticket(f"{MON}T10:00Z"), at(f"{MON}T10:30Z")) is None


def test_nothing_is_drawn_that_does_not_add_up():
    """A change of priority under way makes another count; its reasons tell it, a picture of one calendar could not."""
    facts = [*ticket(f"{FRI}T15:00Z", "low"), put(f"{MON}T09:30Z", "high")]

    assert strip(facts, at(f"{MON}T10:00Z"), bound()) is None
