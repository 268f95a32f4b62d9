"""A period cut into intervals of one length: which of them count, which had no requests, which nobody saw."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.core.availability.partition import Partition
from upheld.core.availability.scene import Scene
from upheld.core.availability.traffic import Tally, asks_traffic, interval_at, tallies
from upheld.core.timeline import Duration, Instant, Span, Timeline


@dataclass(frozen=True, slots=True)
class Spell:
    """One interval with what was counted in it. `is_forgiven`: it lies in excused time, and is good whatever happened."""

    span: Span
    tally: Tally
    is_forgiven: bool


@dataclass(frozen=True, slots=True)
class Spells:
    """
    The intervals of a period. `counted` are those of which anything is known that could be bad; the rest of the `base` is
    good. `unseen` of them were not measured, `idle` had no requests.
    """

    base: int
    counted: Sequence[Spell]
    unseen: int
    idle: int


def find_spells(scene: Scene, parts: Partition, leaves: Timeline, stays: Timeline) -> Spells:
    """
    Intervals are cut from the start of the period. One that lies wholly in time that left the base is none of them; what
    is ahead counts as good.
    """
    promise, period = scene.promise, scene.period
    assert promise.each
    each = promise.each.value
    traffic = promise.counting.value == "mean error rate" or asks_traffic(promise)
    counted = tallies([fact for fact in scene.counts if touches(period, fact.from_at, fact.to_at)], period.start, each)
    drops_idle = traffic and promise.idle is not None and promise.idle.value == "out of base"
    out = leaves.union(parts.before)
    base, unseen, idle, spells = 0, 0, 0, []
    for span, number in cut_period(period, each.micros):
        if holds_all(out, span):
            continue
        lost = bool(parts.down.within(span))
        if number not in counted and not lost and (span.start >= scene.as_of or holds_all(parts.unmeasured, span)):
            base, unseen = base + 1, unseen + (span.start < scene.as_of)
            continue
        tally = counted.get(number, Tally())
        is_idle = traffic and not tally.total
        idle += is_idle
        if not (is_idle and drops_idle and not lost):
            base += 1
            spells.append(Spell(span, tally, holds_all(stays, span)))
    return Spells(base, spells, unseen, idle)


def cut_period(period: Span, micros: int) -> Iterator[tuple[Span, int]]:
    """The intervals of a period with their numbers; the last one ends with it."""
    for number in range(-(-period.length.micros // micros)):
        whole = interval_at(number, period.start, Duration(micros))
        yield Span(whole.start, min(whole.end, period.end)), number


def holds_all(time: Timeline, span: Span) -> bool:
    return bool(time) and time.within(span).spans == (span,)


def touches(period: Span, start: Instant, end: Instant) -> bool:
    return start < period.end and period.start < end
