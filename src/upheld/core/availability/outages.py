"""Outages from facts: their four instants, the cause of each of their moments, and the time in which a service was down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from upheld.core.facts import CauseAssigned, Fact, OutageClosed, OutageOpened, of_kind
from upheld.core.terms.conditions import Condition, Test
from upheld.core.terms.rules import Cause, Service, Terms
from upheld.core.timeline import Instant, Span, Timeline


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an outage with one cause. `facts` are those that say so."""

    span: Span
    cause: Cause
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outage:
    """
    A span in which a component was found unavailable, with its four instants.

    It counts from the first bad observation to the first good one after it: at least as long as it was certainly seen
    (`certain`), at most as long as it can have been (`possible`). A running one reaches to the instant it is looked at from.
    """

    id: str
    component: str
    span: Span
    certain: Span
    possible: Span
    is_running: bool
    stretches: tuple[Stretch, ...]
    facts: tuple[str, ...]
    note: str = ""


def read_outages(terms: Terms, facts: Sequence[Fact], as_of: Instant) -> tuple[Outage, ...]:
    """Every outage that the facts tell of, by its start."""
    closings = {fact.outage: fact for fact in of_kind(facts, OutageClosed)}
    causes: dict[str, list[CauseAssigned]] = {}
    for fact in of_kind(facts, CauseAssigned):
        causes.setdefault(fact.outage, []).append(fact)
    outages = (
        read_outage(terms, opened, closings.get(opened.outage), causes.get(opened.outage, []), as_of)
        for opened in of_kind(facts, OutageOpened)
        if opened.first_bad_at <= as_of
    )
    return tuple(sorted(outages, key=lambda outage: (outage.span.start.micros, outage.span.end.micros, outage.id)))


def read_outage(
    terms: Terms, opened: OutageOpened, closed: OutageClosed | None, causes: list[CauseAssigned], as_of: Instant
) -> Outage:
    first, end = opened.first_bad_at, as_of
    seen_until = as_of
    if closed:
        end = max(first, min(closed.first_good_at, as_of))
        seen_until = max(first, min(closed.last_bad_at, end))
    last_good = first if opened.last_good_at is None else min(opened.last_good_at, first)
    span = Span(first, end)
    facts = (opened.id, *((closed.id,) if closed else ()))
    return Outage(
        id=opened.outage, component=opened.component, span=span, certain=Span(first, seen_until),
        possible=Span(last_good, end), is_running=closed is None, stretches=attribute(terms, span, causes), facts=facts,
        note=opened.because,
    )  # fmt: skip


def attribute(terms: Terms, span: Span, causes: list[CauseAssigned]) -> tuple[Stretch, ...]:
    """The outage cut by cause: the latest assignment of a moment holds, and what none names has the usual cause."""
    if not span.length:
        return ()
    left, stretches = Timeline((span,)), []
    for fact in sorted(causes, key=lambda fact: (fact.recorded_at, fact.id), reverse=True):
        named = left.within(Span.forward(fact.from_at, fact.to_at))
        cause = terms.causes.get(fact.cause)
        if cause is None:
            continue
        stretches += [Stretch(part, cause, (fact.id,)) for part in named]
        left = left.subtract(named)
    if terms.usual_cause:
        stretches += [Stretch(part, terms.usual_cause, ()) for part in left]
    return tuple(sorted(stretches, key=lambda stretch: stretch.span))


def down_time(service: Service, spans_of: Mapping[str, Timeline]) -> Timeline:
    """The time in which a service is down, by its own `down when`, from the down time of each component."""
    return fold(service.down_when, spans_of)


def fold(condition: "Condition | Test", spans_of: Mapping[str, Timeline]) -> Timeline:
    if isinstance(condition, Test):
        return spans_of.get(condition.fact, Timeline())
    lines = [fold(part, spans_of) for part in condition.parts]
    if condition.how == "any":
        return Timeline().union(*lines)
    shared = lines[0]
    for line in lines[1:]:
        shared = shared.intersect(line)
    return shared


def down_spans(service: Service, outages: Iterable[Outage], kind: str = "span") -> Timeline:
    """The service's down time from its outages: as they count (`span`), at least (`certain`), at most (`possible`)."""
    spans_of: dict[str, list[Span]] = {}
    for outage in outages:
        spans_of.setdefault(outage.component, []).append(getattr(outage, kind))
    return down_time(service, {component: Timeline.of(spans) for component, spans in spans_of.items()})
