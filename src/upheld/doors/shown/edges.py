"""Outages between their samples, as the judge reads them from the facts."""

from django.urls import reverse

from upheld.apps.fleet.queries import services_of
from upheld.apps.probes.queries import count_bad, covered_until
from upheld.core.availability import Account, Outage
from upheld.core.statement import Statement
from upheld.core.timeline import SECOND, ZERO, Instant, Span
from upheld.doors.lines import FactLines
from upheld.pages.contexts.outages import Edges


def tell_edges(key: str, account: Account, statement: Statement, facts: FactLines) -> tuple[Edges, ...]:
    """The outages of a period: what runs first, then the latest."""
    period = statement.period
    within = [outage for outage in account.outages if outage.span.overlap(period) or period.contains(outage.span.start)]
    within.sort(key=lambda outage: (not outage.is_running, -outage.span.start.micros))
    return tuple(tell_edge(key, outage, facts, statement.as_of) for outage in within)


def tell_edge(key: str, outage: Outage, facts: FactLines, as_of: Instant) -> Edges:
    """The four instants of an outage; None for one that was not seen."""
    first, last = outage.span.start, last_bad(key, outage, as_of)
    watched = next((service for service in services_of(key) if service.component == outage.component), None)
    causes = [name for part in outage.stretches for name in part.facts]
    return Edges(
        name=outage.id,
        url=reverse(f"{facts.namespace}outage", args=[outage.id]),
        first_bad_at=first,
        last_bad_at=last,
        last_good_at=outage.possible.start if outage.possible.start < first else None,
        first_good_at=None if outage.is_running else outage.span.end,
        every=SECOND * watched.interval_seconds if watched else ZERO,
        bad=count_bad(watched, Span(first, last)) if watched else 0,
        facts=facts.named(list(dict.fromkeys((*outage.facts, *causes)))),
    )


def last_bad(key: str, outage: Outage, as_of: Instant) -> Instant:
    """Of an outage that runs, the last observation; not later than the page looks."""
    if not outage.is_running:
        return outage.certain.end
    seen = [covered_until(service) for service in services_of(key) if service.component == outage.component]
    return max(outage.span.start, min(seen[0], as_of)) if seen and seen[0] else outage.span.start
