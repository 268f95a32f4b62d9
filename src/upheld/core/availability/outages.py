"""Outages from facts: their four instants, the cause of each of their moments, and the time in which a service was down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from upheld.core.availability.causes import fit_cause
from upheld.core.facts import CauseApproved, CauseAssigned, Fact, OutageClosed, OutageOpened, of_kind
from upheld.core.terms.answers import Reason
from upheld.core.terms.circumstances import Known
from upheld.core.terms.conditions import Condition, Test
from upheld.core.terms.quantities import Comparison
from upheld.core.terms.rules import Cause, Service, Terms
from upheld.core.timeline import Instant, Span, Timeline

Assignment = tuple[CauseAssigned, tuple[str, ...]]
"""A cause put on a span, and the facts by which others approved it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an outage with one cause. `facts` are those that say so, `because` why it is not the recorded cause."""

    span: Span
    cause: Cause
    facts: tuple[str, ...]
    because: tuple[Reason, ...] = ()


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
    resource: str = ""
    """The one instance that failed; empty where it was all of them."""


def read_outages(terms: Terms, facts: Sequence[Fact], as_of: Instant) -> tuple[Outage, ...]:
    """Every outage that the facts tell of, by its start."""
    closings = {fact.outage: fact for fact in of_kind(facts, OutageClosed)}
    causes: dict[str, list[Assignment]] = {}
    for assigned, approvals in approved_assignments(terms, facts):
        causes.setdefault(assigned.outage, []).append((assigned, approvals))
    outages = (
        read_outage(terms, opened, closings.get(opened.outage), causes.get(opened.outage, []), as_of)
        for opened in of_kind(facts, OutageOpened)
        if opened.first_bad_at <= as_of
    )
    return tuple(sorted(outages, key=lambda outage: (outage.span.start.micros, outage.span.end.micros, outage.id)))


def read_outage(
    terms: Terms, opened: OutageOpened, closed: OutageClosed | None, causes: list[Assignment], as_of: Instant
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
        possible=Span(last_good, end), is_running=closed is None,
        stretches=attribute(terms, span, causes, opened.component), facts=facts, note=opened.because,
        resource=opened.resource,
    )  # fmt: skip


def approved_assignments(terms: Terms, facts: Sequence[Fact]) -> Iterator[Assignment]:
    """
    The assignments that hold, each with the facts that approve it. Where the agreement asks for a second person, one
    that nobody else has approved does not hold yet: the time keeps the cause that it had.
    """
    approvals: dict[str, list[CauseApproved]] = {}
    for approved in of_kind(facts, CauseApproved):
        approvals.setdefault(approved.assignment, []).append(approved)
    for assigned in of_kind(facts, CauseAssigned):
        cause = terms.causes.get(assigned.cause)
        others = tuple(approved.id for approved in approvals.get(assigned.id, ()) if approved.by != assigned.by)
        if cause is not None and (others or not cause.approval.value):
            yield assigned, others


def attribute(terms: Terms, span: Span, causes: list[Assignment], component: str) -> tuple[Stretch, ...]:
    """The outage cut by cause: the latest assignment of a moment holds, and what none names has the usual cause."""
    if not span.length:
        return ()
    left, stretches = Timeline((span,)), []
    for fact, approvals in sorted(causes, key=lambda each: (each[0].recorded_at, each[0].id), reverse=True):
        named = left.within(Span.forward(fact.from_at, fact.to_at))
        fitting = fit_cause(terms, fact.cause, told_by(fact, component))
        if fitting.cause is not None:
            facts = (fact.id, *approvals)
            stretches += [Stretch(part, fitting.cause, facts, fitting.reasons) for part in named]
        left = left.subtract(named)
    if terms.usual_cause:
        stretches += [Stretch(part, terms.usual_cause, ()) for part in left]
    return tuple(sorted(stretches, key=lambda stretch: stretch.span))


def told_by(fact: CauseAssigned, component: str) -> dict[str, Known]:
    """What a recorded cause says of the failure besides its name."""
    told: dict[str, Known] = {"component": component, "cause": fact.cause}
    return told | {name: value for name in ("software", "supplier") if (value := getattr(fact, name))}


def down_time(service: Service, spans_of: Mapping[str, Timeline]) -> Timeline:
    """The time in which a service is down, by its own `down when`, from the down time of each component."""
    return fold(service.down_when, spans_of)


def fold(condition: "Condition | Test", spans_of: Mapping[str, Timeline]) -> Timeline:
    if isinstance(condition, Test):
        if isinstance(condition.wanted, Comparison):
            return together(condition.wanted, spans_of)
        return spans_of.get(condition.fact, Timeline())
    lines = [fold(part, spans_of) for part in condition.parts]
    if condition.how == "any":
        return Timeline().union(*lines)
    shared = lines[0]
    for line in lines[1:]:
        shared = shared.intersect(line)
    return shared


def together(wanted: Comparison, spans_of: Mapping[str, Timeline]) -> Timeline:
    """The time in which so many components are down at once: `components down: more than 1`."""
    edges = [(span.start, 1) for line in spans_of.values() for span in line]
    edges += [(span.end, -1) for line in spans_of.values() for span in line]
    spans, number, since = [], 0, None
    for at, change in sorted(edges, key=lambda edge: edge[0].micros):
        if since is not None and wanted.holds(Fraction(number)):
            spans.append(Span(since, at))
        number, since = number + change, at
    return Timeline.of(spans)


def down_spans(
    service: Service, outages: Iterable[Outage], kind: str = "span", lost: Mapping[str, Timeline] = MappingProxyType({})
) -> Timeline:
    """
    The service's down time from its outages: as they count (`span`), at least (`certain`), at most (`possible`); without
    what is `lost` of one, which another outage may still hold.
    """
    spans_of: dict[str, list[Span]] = {}
    for outage in outages:
        told = Timeline.of([getattr(outage, kind)])
        spans_of.setdefault(outage.component, []).extend(told.subtract(lost[outage.id]) if outage.id in lost else told)
    known = {name: Timeline.of(spans) for name, spans in spans_of.items() if name in service.components}
    return down_time(service, known)


def component_spans(service: Service, outages: Iterable[Outage]) -> dict[str, Timeline]:
    """The time in which each component was down."""
    spans_of: dict[str, list[Span]] = {component: [] for component in service.components}
    for outage in outages:
        if outage.component in spans_of:
            spans_of[outage.component].append(outage.span)
    return {component: Timeline.of(spans) for component, spans in spans_of.items()}
