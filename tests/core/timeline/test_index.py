"""An index finds by time what a search through everything finds."""

from hypothesis import given
from hypothesis import strategies as st

from tests.core.spans import spans
from upheld.core.timeline import SpanIndex


class TestTouching:
    @given(st.lists(spans, max_size=12), spans)
    def test_finds_just_what_shares_time_with_the_span(self, placed, asked):
        """All that overlap and nothing else, by their start, however long an early one reaches."""
        index = SpanIndex.of((span, place) for place, span in enumerate(placed))
        expected = sorted((p for p, span in enumerate(placed) if span.overlap(asked)), key=lambda p: (placed[p], p))

        assert expected == index.touching(asked)
