"""
How many samples were due, and how many are kept: an omission shows as a number, though nobody wrote it down.

A seal vouches for a span and states its sampling interval, so what was due follows from the facts alone. Time of which a
prober said that it could not see is not due. Who leaves out the samples of ten bad minutes, or never took them, cannot make
both the span and the count fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.core.availability.coverage import seals_of
from upheld.core.facts import Fact, NotMeasured, ObservationsSealed, of_kind
from upheld.core.timeline import Duration, Span, Timeline

TOLERATED = 1
"""Samples that one seal may lack: its span begins and ends between two."""


@dataclass(frozen=True, slots=True)
class ShortSeal:
    """A seal that has fewer samples than were due in its span."""

    seal: ObservationsSealed
    due: int
    kept: int


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """Of one component: how long it was to be watched, how many samples were due in that time, and how many are kept."""

    component: str
    sealed: Timeline
    due: int
    kept: int
    short: tuple[ShortSeal, ...]
    doubled: Duration
    """Time for which two seals vouch: samples of it may be counted twice."""

    @property
    def missing(self) -> int:
        """Samples that were due and are not there; samples beyond what was due in one seal make up for none in another."""
        return max(self.due - self.kept, 0)


def account_samples(component: str, facts: Sequence[Fact], within: Span) -> SampleAccount:
    """The account of a component for the seals that lie in a span whole."""
    blind = Timeline.of(
        Span.forward(fact.from_at, fact.to_at) for fact in of_kind(facts, NotMeasured) if fact.component == component
    )
    seals = [seal for seal in seals_of(component, facts) if within.start <= seal.from_at and seal.to_at <= within.end]
    short: list[ShortSeal] = []
    due = kept = lengths = 0
    for seal in seals:
        if seal.every < 1:
            continue
        span = Timeline.of([Span.forward(seal.from_at, seal.to_at)])
        watched = span.subtract(blind).total.micros
        taken, most = seal.good + seal.bad + seal.unseen, -(-watched // seal.every)
        due, kept, lengths = due + watched * 1_000_000 // seal.every, kept + min(taken, most), lengths + span.total.micros
        if watched // seal.every - taken > TOLERATED:
            short.append(ShortSeal(seal, watched // seal.every, taken))
    sealed = Timeline.of(Span.forward(seal.from_at, seal.to_at) for seal in seals)
    doubled = Duration(max(lengths - sealed.total.micros, 0))
    return SampleAccount(component, sealed, due // 1_000_000, kept, tuple(short), doubled)
