"""Every moment of a period is in exactly one state."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.spans import small, spans, timelines
from tests.core.terms.changed import terms
from upheld.core.availability import Excuse, Outage, Stretch
from upheld.core.availability.partition import cut
from upheld.core.timeline import Instant, Span, Timeline

CAUSES = terms().causes
PERIOD = Span(Instant(5), Instant(35))


def outage_of(stretches: list[tuple[Span, str]]) -> Outage:
    whole = Span(Instant(0), Instant(40))
    made = tuple(Stretch(span, CAUSES[name], ()) for span, name in stretches)
    return Outage("o", "web", whole, whole, whole, False, made, ())


outages = st.lists(st.lists(st.tuples(spans, st.sampled_from(sorted(CAUSES))), max_size=4).map(outage_of), max_size=3)
effects = st.sampled_from(["down", "up", "out of base"])
excuses = st.lists(
    st.builds(
        lambda time, effect, whole: Excuse("w", time, effect, whole, "", (), (), ()), timelines, effects, st.booleans()
    ),
    max_size=3,
)
overlaps = st.sampled_from(["down wins", "up wins"])


class TestCut:
    @given(small, small, timelines, timelines, outages, excuses, overlaps)
    def test_parts_are_the_period_and_nothing_twice(self, signed_at, as_of, down, measured, found, allowed, overlap):
        """Seven states, disjoint, together the period: so every figure adds up."""
        parts = cut(PERIOD, signed_at, as_of, down, measured, found, allowed, overlap)
        lines = [parts.down, parts.excused_up, parts.out_of_base, parts.unmeasured, parts.before, parts.ahead, parts.up]

        assert Timeline.of([PERIOD]) == Timeline().union(*lines)
        assert PERIOD.length.micros == sum(line.total.micros for line in lines)

    @given(timelines, timelines, outages, excuses, overlaps, timelines, st.booleans())
    def test_adding_an_excuse_never_adds_downtime(self, down, measured, found, allowed, overlap, time, whole):
        """Whatever is excused besides: not a moment more counts as down."""
        more = Excuse("more", time, "up", whole, "", (), (), ())
        before, after = (
            cut(PERIOD, Instant(0), Instant(99), down, measured, found, given, overlap)
            for given in (allowed, [*allowed, more])
        )

        assert not after.down.subtract(before.down)

    @given(timelines, timelines, outages, overlaps)
    def test_only_what_was_down_is_counted_or_excused_by_a_cause(self, down, measured, found, overlap):
        """A cause on a moment that was not down does nothing; and every moment down is counted or excused."""
        parts = cut(PERIOD, Instant(0), Instant(99), down, measured, found, [], overlap)

        assert down.within(PERIOD) == parts.down.union(parts.excused_up, parts.out_of_base)
