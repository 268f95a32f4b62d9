"""Recovery points: how old the newest good one was at each moment, against what may be lost."""

from collections.abc import Sequence

from upheld.core.clocks import good_points
from upheld.core.explain import Finding, Step, Value, Verdict, show, show_instant, show_span
from upheld.core.facts import Fact, Frozen, frozen_class
from upheld.core.terms import Terms
from upheld.core.terms.clocks import Clock
from upheld.core.timeline import Duration, Instant, Span, Timeline


@frozen_class
class Exposure(Frozen):
    """What would be lost if all failed at an instant: since when, and until when that stays within the objective."""

    rule: str
    as_of: Instant
    point_at: Instant | None
    due_at: Instant | None
    allowed: Duration

    @property
    def is_over(self) -> bool:
        """Whether the newest good point is older than the objective; without any point it is."""
        return self.due_at is None or self.as_of > self.due_at


def objectives_of_points(terms: Terms) -> list[tuple[str, Clock, Duration]]:
    """The times of recovery that bound how much is lost, with their lengths."""
    found = []
    for name, rule in terms.desk.recovery.items():
        clock = rule.each[0].rule
        allowed = clock.within.value
        if "last recovery point" in clock.starts.value.events and allowed and not allowed.days:
            found.append((name, clock, allowed.open))
    return found


def look_at_points(terms: Terms, facts: Sequence[Fact], as_of: Instant) -> tuple[Exposure, ...]:
    """Live: what would be lost now, for every objective."""
    known = [one.at for one in good_points(facts) if one.at <= as_of]
    newest = max(known, default=None)
    return tuple(
        Exposure(name, as_of, newest, newest + allowed if newest is not None else None, allowed)
        for name, _, allowed in objectives_of_points(terms)
    )


def find_stale(terms: Terms, facts: Sequence[Fact], period: Span, as_of: Instant) -> tuple[Finding, ...]:
    """
    For every objective the time of a period in which the newest good point was older than it. It is an alarm and no
    verdict: what was lost is judged when something failed. Nothing is said before the first point.
    """
    end = min(period.end, as_of)
    points = sorted({one.at for one in good_points(facts) if one.at <= end})
    if not points or end <= period.start:
        return ()
    return tuple(tell_stale(name, clock, allowed, points, Span(period.start, end), period)
                 for name, clock, allowed in objectives_of_points(terms))  # fmt: skip


def tell_stale(name: str, clock: Clock, allowed: Duration, points: Sequence[Instant], seen: Span, period: Span) -> Finding:
    spans = [
        Span(point + allowed, later)
        for point, later in zip(points, [*points[1:], seen.end], strict=True)
        if point + allowed < later
    ]
    stale = Timeline.of(spans).within(seen)
    lacking = f"no good point within {show(allowed)}"
    parts = tuple(Step(span.length, f"{lacking}, {show_span(span)}", spans=(span,)) for span in stale)
    newest = points[-1]
    words = f"with {lacking}; the newest is of {show_instant(newest)}"
    why = Step(
        stale.total, words, clock.within.clauses, clock.within.readings, spans=stale.spans, because=parts, adds=bool(parts)
    )
    quantities: tuple[tuple[str, Value], ...] = (("newest", newest), ("allowed", allowed), ("due", newest + allowed))
    return Finding(f"recovery/{name}/points", period, stale.total, Verdict.NOT_APPLICABLE, why, quantities=quantities)
