"""Incidents: the spans in which a service was down, with the outages that made them and the causes of their moments."""

from collections.abc import Iterable, Sequence

from upheld.core.availability.outages import Outage, down_spans
from upheld.core.clocks.matter import Course, Laid, lay_over
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms import Terms
from upheld.core.timeline import Instant, Span


@frozen_class
class Incident(Frozen):
    """
    One time in which a service was down. Records of outages that touch or overlap are one; `id` is the first of them.
    """

    id: str
    service: str
    span: Span
    is_running: bool
    outages: tuple[Outage, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for outage in self.outages for fact in outage.facts))


def find_incidents(terms: Terms, outages: Sequence[Outage]) -> tuple[Incident, ...]:
    """Every incident of every service; one and the same time without two services is told once."""
    found: dict[tuple[str, ...], Incident] = {}
    for service in terms.services.values():
        own = [outage for outage in outages if outage.component in service.components]
        for span in down_spans(service, own):
            part = tuple(outage for outage in own if outage.span.overlap(span))
            is_running = any(outage.is_running and outage.span.end == span.end for outage in part)
            names = tuple(outage.id for outage in part)
            found.setdefault(names, Incident(names[0], service.name, span, is_running, part))
    return tuple(sorted(found.values(), key=lambda one: (one.span.start.micros, one.id)))


def stretches_of(outages: Iterable[Outage]) -> list[Laid]:
    """The causes of outages with their spans."""
    return [
        Laid(stretch.span, stretch.cause.name, stretch.facts or outage.facts)
        for outage in outages
        for stretch in outage.stretches
    ]


def course_of_causes(terms: Terms, laid: Iterable[Laid]) -> Course:
    """
    The causes that are active at each moment. Where one that counts against the provider and one that is excused are
    there at once, those hold of which the agreement says that they win.
    """
    steps = []
    for at, active in lay_over(laid):
        kept = [one for one in active if counts_down(terms, one.value) != excuses_win(terms)] or list(active)
        names = tuple(sorted({one.value for one in kept}))
        steps.append((at, names or None, tuple(dict.fromkeys(fact for one in kept for fact in one.facts))))
    return Course.of(steps)


def course_of_responsible(terms: Terms, causes: Course) -> Course:
    """Who answers for the causes that are active."""
    steps = []
    for start, value, facts in zip(causes.starts, causes.values, causes.facts, strict=True):
        names = value if isinstance(value, tuple) else ()
        who = tuple(sorted({terms.causes[name].responsible.value for name in names if name in terms.causes}))
        steps.append((start, who or None, facts))
    return Course.of(steps)


def counts_down(terms: Terms, cause: str) -> bool:
    return cause in terms.causes and terms.causes[cause].counts_as.value == "down"


def excuses_win(terms: Terms) -> bool:
    """Whether every promise of availability says that an excuse is stronger than an own cause."""
    return bool(terms.availability) and all(one.overlap.value == "up wins" for one in terms.availability.values())


def end_as_of(incident: Incident, as_of: Instant) -> Instant | None:
    """When an incident was over; None while it runs."""
    return None if incident.is_running or incident.span.end > as_of else incident.span.end
