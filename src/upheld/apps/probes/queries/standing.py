"""How a service stands at an instant: up, down or unknown, since when, and when it was last seen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from upheld.apps.fleet.models import Service
from upheld.apps.probes.facts import allowance_of
from upheld.apps.probes.models import Course, Observation, Outage, Outcome, Seal
from upheld.core.facts import ObservationsSealed
from upheld.core.proof import parse_canonical
from upheld.core.timeline import SECOND, Duration, Instant, Span
from upheld.gateways.samples import Batch, Spool

DELIVERY = SECOND * 10
"""What an observation may take from the prober to its row: batches are sealed every five seconds, and then taken in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """
    `state` is `up`, `down` or `unknown`. An outage may run while nothing can be seen: then the state is unknown.

    `seen_at` is the last observation, None before the first.
    """

    service: Service
    state: str
    since_at: Instant | None
    seen_at: Instant | None
    outage: Outage | None
    because: str = ""


def list_standings(as_of: Instant) -> list[Standing]:
    """Every service that is watched, by name."""
    services = list(Service.objects.select_related("customer").filter(is_watched=True).order_by("name", "slug"))
    courses = {course.service_id: course for course in Course.objects.filter(service__in=services)}
    running = Outage.objects.filter(service__in=services, first_good_at__isnull=True)
    outages = {outage.service_id: outage for outage in running}
    return [stand(service, courses.get(service.pk), outages.get(service.pk), as_of) for service in services]


def standing_of(service: Service, as_of: Instant) -> Standing:
    running = Outage.objects.filter(service=service, first_good_at__isnull=True).first()
    return stand(service, Course.objects.filter(service=service).first(), running, as_of)


def stand(service: Service, course: Course | None, outage: Outage | None, as_of: Instant) -> Standing:
    if course is None or course.last_seen_at is None or course.last_started_at is None:
        return Standing(service, "unknown", None, None, outage, "nothing was observed yet")
    seen_at = Instant.of(course.last_seen_at)
    since = Instant.of(course.since_at) if course.since_at else seen_at
    # Nobody tells us that nothing comes any more: that is for us to notice, while the time passes.
    if course.state != "unknown" and as_of - Instant.of(course.last_started_at) > allowance_of(service) + DELIVERY:
        return Standing(service, "unknown", seen_at, seen_at, outage, "no observation has come since")
    because = course.kept["blind_because"] if course.state == "unknown" else ""
    if course.state == "down" and outage is not None:
        because = outage.because
    return Standing(service, course.state, since, seen_at, outage, because)


def unclaimed_checks(batch: Batch) -> list[str]:
    """The checks in a batch that no service has, by name."""
    told = {answer.check_id for answer in batch.observations}
    return sorted(told - set(Service.objects.filter(slug__in=told).values_list("slug", flat=True)))


def covered_until(service: Service) -> Instant | None:
    """Up to when observations of a service are here: `last sample 4 s ago` is this instant; None before the first."""
    course = Course.objects.filter(service=service).first()
    return Instant.of(course.last_seen_at) if course and course.last_seen_at else None


def unsealed_facts(agreement: str, as_of: Instant, *, until: Instant | None = None) -> list[ObservationsSealed]:
    """
    What was seen of an agreement's services since their last seals, as the facts that a seal of now would make.

    For pages: none of it is recorded. While the samples keep coming it is as it was last seen, up to `until`: that is
    `as_of` itself, or an instant ahead, for which all is supposed to stay as it is.
    """
    facts = []
    for course in Course.objects.select_related("service").filter(service__agreement=agreement):
        standing = stand(course.service, course, None, as_of)
        first = course.sealed_until or first_unsealed(course.service)
        to_at = (until or as_of) if standing.state != "unknown" else min(standing.since_at or as_of, as_of)
        if first is None or Instant.of(first) >= to_at:
            continue
        facts.append(
            ObservationsSealed(
                id=f"unsealed-{course.service.slug}",
                agreement=agreement,
                occurred_at=as_of,
                recorded_at=as_of,
                source="upheld",
                component=course.service.component,
                from_at=Instant.of(first),
                to_at=to_at,
                every=(SECOND * course.service.interval_seconds).micros,
                good=0,
                bad=0,
                unseen=0,
                digest="",
            )
        )
    return facts


def first_unsealed(service: Service) -> datetime | None:
    rows = Observation.objects.filter(service=service, seal__isnull=True).order_by("seen_at")
    seen_at = rows.values_list("seen_at", flat=True).first()
    return Instant.of(seen_at).raised().utc() if seen_at else None


def count_bad(service: Service, span: Span) -> int:
    """How many observations in a span, both its ends among them, were bad; nothing where they were put away long ago."""
    within = Observation.objects.filter(service=service, seen_at__gte=span.start.utc(), seen_at__lte=span.end.utc())
    return within.filter(outcome=Outcome.BAD).count()


def recent_observations(service: Service, *, limit: int = 50) -> list[dict[str, Any]]:
    """The latest observations, the newest first, as they stand in the sealed files (microseconds)."""
    rows = Observation.objects.filter(service=service).order_by("-seen_at", "-pk")[:limit]
    return [parse_canonical(row.line.encode()) for row in rows]


@dataclass(frozen=True, slots=True)
class ProberSeen:
    """The last sign of life of the prober behind a spool."""

    prober: str
    at: Instant
    ago: Duration
    checks: int


def prober_seen(spool: Spool, as_of: Instant) -> ProberSeen | None:
    """When the prober last said that it lives; None where it never did."""
    beat = spool.read_heartbeat()
    return None if beat is None else ProberSeen(beat.prober, Instant(beat.at), as_of - Instant(beat.at), beat.checks)


def first_seen() -> Instant | None:
    """When anything was first seen, by what is sealed; None before the first seal."""
    first = Seal.objects.order_by("from_at").values_list("from_at", flat=True).first()
    return Instant.of(first) if first else None
