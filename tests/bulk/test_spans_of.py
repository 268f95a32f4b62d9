"""The spans of each of many owners are united as core unites those of one."""

from hypothesis import given
from hypothesis import strategies as st

from upheld.bulk import SpansOf
from upheld.core.timeline import Instant, Span, Timeline

WITHIN = Span(Instant(-30), Instant(40))
spans = st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), max_size=8)


@given(st.lists(spans, min_size=1, max_size=8))
def test_united_within_is_the_timeline_of_each_owner(owned):
    """Overlapping, touching, empty and backward ones, in any order: the same spans as a timeline cut at the same edges."""
    offsets = [sum(len(each) for each in owned[:place]) for place in range(len(owned) + 1)]
    flat = [span for each in owned for span in each]
    made = SpansOf.of(offsets, [start for start, _ in flat], [end for _, end in flat])
    found = made.united_within(WITHIN)

    for owner, each in enumerate(owned):
        line = Timeline.of(Span.forward(Instant(start), Instant(end)) for start, end in each).within(WITHIN)
        one = found.block(owner, owner + 1)
        assert [(span.start.micros, span.end.micros) for span in line] == list(
            zip(one.starts.tolist(), one.ends.tolist(), strict=True)
        )
