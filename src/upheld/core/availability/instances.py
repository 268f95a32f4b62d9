"""The instances that a customer runs, and of a period the part in which nothing was promised to anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from upheld.core.facts import Fact, ResourceEnded, ResourceStarted, of_kind
from upheld.core.terms.rules import Availability, Service
from upheld.core.timeline import Instant, Span, Timeline

LEAVES = ("trimmed", "from all running")
"""How the time counts in which nothing ran or nobody was bound: out of the length of the period."""


@dataclass(frozen=True, slots=True)
class Running:
    """When each instance of a service ran; none at all where no fact tells of instances, and it is one."""

    of: Mapping[str, Timeline]
    facts: tuple[str, ...]

    def any_time(self) -> Timeline:
        return Timeline().union(*self.of.values())

    def shared_time(self, period: Span) -> Timeline:
        """The time in which all of those run that run in a period at all."""
        shared = Timeline.of([period])
        for line in self.of.values():
            if line.within(period):
                shared = shared.intersect(line)
        return shared


def read_running(service: Service, facts: Sequence[Fact], as_of: Instant) -> Running:
    """The instances of a service by the facts: those whose kind is the service's name, or what one of it is called."""
    running: dict[str, list[Span]] = {}
    told: list[str] = []
    ends = of_kind(facts, ResourceEnded)
    for fact in of_kind(facts, ResourceStarted):
        if fact.kind not in (service.name, service.each):
            continue
        # One that is started again has several ends: the first after its start is the one that ended it.
        after = [end for end in ends if end.resource == fact.resource and end.occurred_at >= fact.occurred_at]
        end = min(after, key=lambda end: (end.occurred_at.micros, end.id), default=None)
        stop = end.occurred_at if end else max(as_of, fact.occurred_at)
        running.setdefault(fact.resource, []).append(Span(fact.occurred_at, stop))
        told += [fact.id, *([end.id] if end else [])]
    return Running({name: Timeline.of(spans) for name, spans in sorted(running.items())}, tuple(dict.fromkeys(told)))


def find_absent(promise: Availability, running: Running, period: Span, as_of: Instant) -> Timeline:
    """
    Of a period the time in which nothing ran for the customer, as far as the promise looks at that.
    """
    if not running.of or promise.part_period.value in ("whole period counts", "does not arise"):
        return Timeline()
    ran = running.shared_time(period) if promise.part_period.value == "from all running" else running.any_time()
    return Timeline.of([period]).subtract(lasting(ran, as_of, period))


def lasting(ran: Timeline, as_of: Instant, period: Span) -> Timeline:
    """Running time with what is to come of it: what runs at `as_of` runs to the end of the period."""
    if ran and as_of <= ran.spans[-1].end < period.end:
        return ran.union(Timeline.of([Span(ran.spans[-1].end, period.end)]))
    return ran
