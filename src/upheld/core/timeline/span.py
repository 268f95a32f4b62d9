"""A stretch of time with a start and an end: it holds its start, not its end."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from upheld.core.timeline.instant import ZERO, Duration, Instant


class SpanRunsBackwards(ValueError):
    """A span that would end before it starts."""


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """[start, end): touching spans share no time; a span without length is legal and holds nothing."""

    start: Instant
    end: Instant

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise SpanRunsBackwards(f"a span cannot end at {self.end}, before its start {self.start}")

    @classmethod
    def forward(cls, start: Instant, end: Instant) -> "Span":
        """The span between two instants as somebody recorded them; an end before the start leaves no time at all."""
        return cls(start, max(start, end))

    @property
    def length(self) -> Duration:
        return self.end - self.start

    def contains(self, instant: Instant) -> bool:
        return self.start <= instant < self.end

    def overlap(self, other: "Span") -> "Span | None":
        """The time in both, or None where they share none."""
        start = other.start if self.start < other.start else self.start
        end = self.end if self.end < other.end else other.end
        return Span(start, end) if start < end else None

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


def end_of(span: Span) -> Instant:
    return span.end


def by_start(span: Span) -> tuple[int, int]:
    """The order of spans, in plain numbers: a month of observations is sorted at every question."""
    return span.start.micros, span.end.micros


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    A set of instants, kept as sorted spans that neither overlap nor touch and are never empty.

    >>> Timeline.of([Span(Instant(0), Instant(5)), Span(Instant(5), Instant(9))]).spans
    (Span(start=Instant(micros=0), end=Instant(micros=9)),)
    """

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Timeline":
        """The union of any spans, in any order."""
        merged: list[Span] = []
        ordered = sorted((span for span in spans if span.start < span.end), key=by_start)
        if not ordered:
            return cls()
        start, end = ordered[0].start, ordered[0].end
        for span in ordered:
            if end < span.start:
                merged.append(Span(start, end))
                start = span.start
            end = span.end if end < span.end else end
        return cls((*merged, Span(start, end)))

    def union(self, *others: "Timeline") -> "Timeline":
        return Timeline.of(span for line in (self, *others) for span in line.spans)

    def intersect(self, other: "Timeline") -> "Timeline":
        shared: list[Span] = []
        ours, theirs = iter(self.spans), iter(other.spans)
        one, two = next(ours, None), next(theirs, None)
        while one and two:
            if both := one.overlap(two):
                shared.append(both)
            if one.end <= two.end:
                one = next(ours, None)
            else:
                two = next(theirs, None)
        return Timeline(tuple(shared))

    def within(self, span: Span) -> "Timeline":
        """The part inside one span; found without looking at the rest."""
        at, shared = bisect_right(self.spans, span.start, key=end_of), []
        while at < len(self.spans) and self.spans[at].start < span.end:
            if both := self.spans[at].overlap(span):
                shared.append(both)
            at += 1
        return Timeline(tuple(shared))

    def subtract(self, other: "Timeline") -> "Timeline":
        left: list[Span] = []
        holes, at = other.spans, 0
        for span in self.spans:
            start = span.start
            while at < len(holes) and holes[at].end <= start:
                at += 1
            reach = at
            while reach < len(holes) and holes[reach].start < span.end:
                if start < holes[reach].start:
                    left.append(Span(start, holes[reach].start))
                start = max(start, holes[reach].end)
                reach += 1
            if start < span.end:
                left.append(Span(start, span.end) if span.start < start else span)
        return Timeline(tuple(left))

    @property
    def total(self) -> Duration:
        return sum((span.length for span in self.spans), ZERO)

    def contains(self, instant: Instant) -> bool:
        after = bisect_right(self.spans, instant, key=end_of)
        return after < len(self.spans) and self.spans[after].contains(instant)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)
