"""Spans hold their start and not their end; sets of them obey the laws of sets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.spans import bits, small, spans, timelines
from upheld.core.timeline import Duration, Instant, Span, SpanRunsBackwards, Timeline


def ticks(line: Timeline) -> set[int]:
    """The timeline as the bare set of its whole numbers: a naive twin for every law below."""
    return {tick for span in line for tick in range(span.start.micros, span.end.micros)}


class TestSpan:
    def test_holds_its_start_and_not_its_end(self):
        """Half open: two that touch share no time."""
        first, second = Span(Instant(0), Instant(5)), Span(Instant(5), Instant(9))

        assert first.contains(Instant(0))
        assert not first.contains(Instant(5))
        assert first.overlap(second) is None
        assert Duration(5) == first.length
        assert "1970-01-01T00:00:00.000000Z/1970-01-01T00:00:00.000005Z" == str(first)

    def test_may_be_empty_but_never_backwards(self):
        """A span without length holds nothing; one that ends before it starts is refused."""
        assert not Span(Instant(5), Instant(5)).contains(Instant(5))
        with pytest.raises(SpanRunsBackwards, match="before its start"):
            Span(Instant(5), Instant(4))

    def test_forward_leaves_no_time_where_it_would_run_backwards(self):
        """What somebody recorded the wrong way round vouches for nothing."""
        assert Span(Instant(5), Instant(5)) == Span.forward(Instant(5), Instant(4))
        assert Span(Instant(4), Instant(5)) == Span.forward(Instant(4), Instant(5))

    @given(spans, spans)
    def test_overlap_is_the_time_in_both(self, one, other):
        """The overlap holds just what both hold, and does not ask who came first."""
        shared = one.overlap(other)

        assert shared == other.overlap(one)
        assert ticks(Timeline.of([one])) & ticks(Timeline.of([other])) == ticks(Timeline.of([shared] if shared else []))


class TestTimeline:
    def test_merges_what_touches(self):
        """Spans that touch or overlap are one; empty ones are none; the order given is nothing."""
        assert bits((0, 9)) == bits((5, 9), (2, 2), (0, 5), (3, 7))
        assert not bits((2, 2))

    @given(timelines, timelines)
    def test_is_a_set(self, one, other):
        """Union, intersection and difference are those of the sets of instants."""
        assert ticks(one) | ticks(other) == ticks(one.union(other))
        assert ticks(one) & ticks(other) == ticks(one.intersect(other))
        assert ticks(one) - ticks(other) == ticks(one.subtract(other))

    @given(timelines, timelines)
    def test_subtract_then_union_restores(self, one, other):
        """What was taken away and is given back leaves nothing missing, and nothing too much."""
        assert one == one.subtract(other).union(one.intersect(other))

    @given(timelines, timelines)
    def test_stays_in_its_one_form(self, one, other):
        """Whatever is done: sorted, apart, never empty. So two equal sets are equal values."""
        for line in (one.union(other), one.intersect(other), one.subtract(other)):
            edges = [edge.micros for span in line for edge in (span.start, span.end)]

            assert edges == sorted(set(edges))

    @given(timelines, spans)
    def test_within_is_the_intersection_with_one_span(self, line, span):
        """Looking only where the span is finds what looking everywhere finds."""
        assert line.intersect(Timeline.of([span])) == line.within(span)

    @given(timelines, small)
    def test_contains_what_one_of_its_spans_contains(self, line, instant):
        """An instant is in the set when a span holds it."""
        assert (instant.micros in ticks(line)) == line.contains(instant)

    @given(timelines, st.lists(small, max_size=5))
    def test_parts_total_the_whole(self, line, cuts):
        """Cut anywhere, the lengths of the parts add up to the whole."""
        edges = [Instant(0), *sorted(cuts), Instant(50)]
        parts = [line.within(Span(start, end)) for start, end in pairwise(edges)]

        assert line.total.micros == sum(part.total.micros for part in parts)
        assert len(ticks(line)) == line.total.micros
