"""What time was measured at all: time without observations is unknown, never down and never silently up."""

from collections.abc import Sequence

from upheld.core.availability.outages import Outage
from upheld.core.facts import CoverageDeclared, Fact, NotMeasured, ObservationsSealed, of_kind, remembered
from upheld.core.terms.rules import Service
from upheld.core.timeline import Instant, Span, Timeline


def measured_time(service: Service, facts: Sequence[Fact]) -> Timeline:
    """The time in which every part was seen on which the service hangs, or a record covers the whole."""
    declared = Timeline.of(Span.forward(fact.from_at, fact.to_at) for fact in of_kind(facts, CoverageDeclared))
    seen: Timeline | None = None
    for component in service.asked:
        watched = component_time(component, facts)
        seen = watched if seen is None else seen.intersect(watched)
    return declared.union(seen or Timeline()).subtract(blind_time(service, facts))


def component_time(component: str, facts: Sequence[Fact]) -> Timeline:
    def unite() -> Timeline:
        return Timeline.of(Span.forward(fact.from_at, fact.to_at) for fact in seals_of(component, facts))

    return remembered(facts, ("component time", component), unite)


def seals_of(component: str, facts: Sequence[Fact]) -> list[ObservationsSealed]:
    return [fact for fact in of_kind(facts, ObservationsSealed) if fact.component == component]


def seen_until(component: str, facts: Sequence[Fact]) -> Instant | None:
    """The end of all that a prober ever saw of a component."""

    def find_last() -> Instant | None:
        return max((fact.to_at for fact in seals_of(component, facts)), default=None)

    return remembered(facts, ("seen until", component), find_last)


def blind_time(service: Service, facts: Sequence[Fact]) -> Timeline:
    """The time of which a prober itself says that it could not see."""
    return Timeline.of(span for span, _ in blind_spans(service, facts))


def blind_spans(service: Service, facts: Sequence[Fact]) -> list[tuple[Span, NotMeasured]]:
    """The spans that were not measured, each with the fact that says why."""
    blind = (fact for fact in of_kind(facts, NotMeasured) if fact.component in service.asked)
    return [(Span.forward(fact.from_at, fact.to_at), fact) for fact in blind]


def lost_time(service: Service, outages: Sequence[Outage], facts: Sequence[Fact]) -> dict[str, Timeline]:
    """
    For each running outage the time after the last that was seen of it: a prober that came no more told of no end.

    Of a component that no prober ever saw nothing is lost: its outages are told by other facts alone.
    """
    declared = Timeline.of(Span.forward(fact.from_at, fact.to_at) for fact in of_kind(facts, CoverageDeclared))
    running = [outage for outage in outages if outage.is_running and outage.component in service.components]
    last = {component: seen_until(component, facts) for component in {outage.component for outage in running}}
    return {
        outage.id: Timeline.of([Span.forward(max(outage.span.start, until), outage.span.end)]).subtract(declared)
        for outage in running
        if (until := last[outage.component]) is not None
    }
