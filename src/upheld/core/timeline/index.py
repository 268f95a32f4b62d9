"""Things that have spans, asked by time: which of them share time with a span?"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Generic, TypeVar

from upheld.core.timeline.instant import Instant
from upheld.core.timeline.span import Span, by_start

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SpanIndex(Generic[T]):
    """
    Things by the start of their spans; spans may overlap, and an empty one is never found.

    >>> SpanIndex.of([(Span(Instant(0), Instant(5)), "a"), (Span(Instant(3), Instant(9)), "b")]).touching(
    ...     Span(Instant(5), Instant(6)))
    ['b']
    """

    placed: tuple[tuple[Span, T], ...]
    starts: tuple[Instant, ...]
    reach: tuple[Instant, ...]
    """The latest end among the first n things: nothing before a place reaches further."""

    @classmethod
    def of(cls, things: Iterable[tuple[Span, T]]) -> "SpanIndex[T]":
        placed = tuple(sorted(things, key=lambda pair: by_start(pair[0])))
        return cls(placed, tuple(span.start for span, _ in placed), tuple(accumulate((span.end for span, _ in placed), max)))

    def touching(self, span: Span) -> list[T]:
        """The things that share time with a span, by their start."""
        at, found = bisect_left(self.starts, span.end), []
        while at and self.reach[at - 1] > span.start:
            at -= 1
            if self.placed[at][0].overlap(span):
                found.append(self.placed[at][1])
        return found[::-1]
