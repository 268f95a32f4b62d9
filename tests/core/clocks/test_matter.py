"""What is known of a matter over time."""

from upheld.core.clocks.matter import BEGIN, Course, Happening, Laid, Matter, lay_over
from upheld.core.timeline import Instant, Span

EARLY, NOON, LATE = Instant(5), Instant(12), Instant(20)


def test_of_two_steps_at_one_instant_the_later_told_holds():
    """And a value that goes on is no step."""
    course = Course.of([(EARLY, "low", ()), (NOON, "low", ()), (LATE, "high", ("a",)), (LATE, "higher", ("b",))])

    assert ((EARLY, LATE), ("low", "higher"), ((), ("b",))) == (course.starts, course.values, course.facts)


def test_before_its_first_step_a_thing_is_not_known():
    """So a condition that asks for it stays open."""
    matter = Matter("T-1", "ticket", {}, courses={"priority": Course.of([(NOON, "high", ())])})

    assert "priority" not in matter.known_at(EARLY)
    assert "high" == matter.known_at(NOON)["priority"]
    assert [NOON] == matter.changes(Span(EARLY, LATE))
    assert [] == matter.changes(Span(NOON, LATE))
    assert [] == matter.changes(Span(EARLY, LATE), ("topic",))


def test_spans_that_overlap_hold_together():
    """At each edge the spans that hold from there on; one without length holds nothing."""
    one, other = Laid(Span(EARLY, LATE), "one"), Laid(Span(NOON, LATE), "other")
    laid = lay_over([one, other, Laid(Span(NOON, NOON), "none")])

    assert [(BEGIN, ()), (EARLY, (one,)), (NOON, (one, other)), (LATE, ())] == laid


def test_the_first_time_since():
    """At or after an instant, or strictly after it."""
    matter = Matter("T-1", "ticket", {"resolved": (Happening(EARLY), Happening(NOON))})

    assert Happening(EARLY) == matter.first("resolved", EARLY)
    assert Happening(NOON) == matter.first("resolved", EARLY, strictly=True)
    assert None is matter.first("resolved", NOON, strictly=True)
    assert None is matter.first("received", EARLY)
