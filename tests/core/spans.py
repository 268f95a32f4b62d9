"""Short ways to write instants and spans, and generators of them."""

from hypothesis import strategies as st

from upheld.core.timeline import Instant, Span, Timeline

DAY_MICROS = 86_400_000_000


def at(text: str) -> Instant:
    return Instant.parse(text)


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def bits(*pairs: tuple[int, int]) -> Timeline:
    """A timeline of plain numbers."""
    return Timeline.of(Span(Instant(start), Instant(end)) for start, end in pairs)


instants = st.integers(-(10**6), 10**6).map(Instant)
"""Far enough apart to differ, near enough to meet."""
small = st.integers(0, 40).map(Instant)
spans = st.tuples(small, small).map(lambda pair: Span(min(pair), max(pair)))
timelines = st.lists(spans, max_size=8).map(Timeline.of)
