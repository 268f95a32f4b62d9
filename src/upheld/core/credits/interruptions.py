"""Interruptions: outages as a customer lives through them, each with the time of it that counts."""

from collections.abc import Sequence

from upheld.core.availability.outages import Outage, Stretch
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.credits import Credit
from upheld.core.timeline import Span, SpanIndex, Timeline


@frozen_class
class Interruption(Frozen):
    """One or more outages that make one interruption, and the counted time in it."""

    outages: tuple[Outage, ...]
    span: Span
    counted: Timeline
    counting: tuple[Stretch, ...] = ()
    """
    What its counted time is due to, or all of it where none counts; also a part of another outage, where records that
    overlap stay apart.
    """

    @property
    def id(self) -> str:
        return "+".join(outage.id for outage in self.outages)

    @property
    def facts(self) -> tuple[str, ...]:
        told = (fact for outage in self.outages for fact in outage.facts)
        causes = (fact for outage in self.outages for stretch in outage.stretches for fact in stretch.facts)
        return tuple(dict.fromkeys([*told, *causes]))

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes of its counted time."""
        return tuple(dict.fromkeys(stretch.cause.name for stretch in self.counting))

    @property
    def responsible(self) -> tuple[str, ...]:
        """Who answers for its counted time, or for all of it where none counts."""
        return tuple(dict.fromkeys(stretch.cause.responsible.value for stretch in self.counting))

    @property
    def is_running(self) -> bool:
        return any(outage.is_running for outage in self.outages)


def find_interruptions(
    credit: Credit, outages: Sequence[Outage], period: Span, counted: Timeline
) -> tuple[Interruption, ...]:
    """
    The interruptions of a period. Records that touch or overlap are one, or stay apart, as the agreement reads; one that
    crosses the period's edge is cut there, or belongs whole to the period of its start.
    """
    found, reached = [], None
    parts = SpanIndex.of((part.span, part) for outage in outages for part in outage.stretches)
    for group in group_outages(outages, credit.touching.value == "as one"):
        span = Span(group[0].span.start, max(outage.span.end for outage in group))
        # Records that overlap and stay apart: time counts once, for the one that began first.
        begun = span.start if reached is None else max(span.start, reached)
        time = counted.within(Span.forward(begun, span.end))
        reached = max(begun, span.end)
        if credit.across_periods.value == "period of start":
            belongs = period.contains(span.start)
        else:
            belongs, time = bool(span.overlap(period)), time.within(period)
        if belongs:
            counting = [part for part in parts.touching(span) if time.within(part.span)]
            found.append(Interruption(tuple(group), span, time, tuple(counting) or own_stretches(group)))
    return tuple(found)


def own_stretches(outages: Sequence[Outage]) -> tuple[Stretch, ...]:
    return tuple(stretch for outage in outages for stretch in outage.stretches)


def group_outages(outages: Sequence[Outage], as_one: bool) -> list[list[Outage]]:
    """The outages by their start; where touching ones are one interruption, those stand together."""
    groups: list[list[Outage]] = []
    end = None
    for outage in sorted(outages, key=lambda outage: outage.span):
        if end is not None and as_one and outage.span.start <= end:
            groups[-1].append(outage)
            end = max(end, outage.span.end)
        else:
            groups.append([outage])
            end = outage.span.end
    return groups
