"""Taking a prober's batches: each observation once, and with it every fact that it makes."""

import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from upheld.apps.fleet.models import Service
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.apps.probes.facts import (
    allowance_of,
    blind_fact,
    closed_fact,
    opened_fact,
    read_sighting,
    stepped_fact,
    write_line,
)
from upheld.apps.probes.models import Course, Observation, Outage, TakenBatch
from upheld.apps.probes.services.sealing import seal_service
from upheld.core.availability import confirm as judge
from upheld.core.facts import Fact, OutageClosed, OutageOpened
from upheld.core.timeline import Instant
from upheld.gateways.samples import Batch
from upheld.gateways.samples import Observation as Answer

log = logging.getLogger("upheld.probes")


def ingest(*, batch: Batch, at: Instant) -> list[Fact]:
    """
    Take a batch: keep its observations, and record what they come to in the ledger of each service's agreement.

    All of it in one transaction, exactly once for each boot and number: a batch that was taken already makes nothing. The
    file in the spool may go when that transaction is committed. Returns the recorded facts, in order.
    """
    with transaction.atomic():
        _, is_new = TakenBatch.objects.get_or_create(
            boot=batch.boot,
            sequence=batch.sequence,
            defaults={
                "prober": batch.prober,
                "sealed_at": Instant(batch.sealed_at).utc(),
                "taken_at": at.utc(),
                "observations": len(batch.observations),
            },
        )
        if not is_new:
            log.info("batch was taken already", extra={"boot": batch.boot, "sequence": batch.sequence})
            return []
        facts = note_disturbances(batch, at)
        answers: dict[str, list[Answer]] = defaultdict(list)
        for answer in batch.observations:
            answers[answer.check_id].append(answer)
        # In one order always, so that two transactions never wait for each other's services.
        for service in Service.objects.filter(slug__in=answers).order_by("slug"):
            facts += take(service, batch, answers.pop(service.slug), at)
        for check_id, unclaimed in answers.items():
            log.warning("observations of a check that no service has", extra={"check": check_id, "count": len(unclaimed)})
        record(facts=facts)
        return facts


def note_disturbances(batch: Batch, at: Instant) -> list[Fact]:
    """What the prober's clock did concerns every agreement that is watched through it."""
    steps = [disturbance for disturbance in batch.disturbances if disturbance.kind == "clock stepped"]
    if not steps:
        return []
    agreements = sorted(set(Service.objects.filter(is_watched=True).values_list("agreement", flat=True)))
    source = f"prober {batch.prober}"
    return [stepped_fact(key, batch.boot, step, source=source, at=at) for key in agreements for step in dict.fromkeys(steps)]


def take(service: Service, batch: Batch, answers: Sequence[Answer], at: Instant) -> list[Fact]:
    """The observations of one service, kept and judged."""
    course = lock_course(service)
    keep(service, batch, answers)
    before = judge.Course.from_json(course.kept)
    after, edges = judge.confirm(before, [read_sighting(batch.boot, answer) for answer in answers], allowance_of(service))
    facts = record_edges(course, edges, source=f"prober {batch.prober}", at=at)
    keep_course(course, after)
    if any(isinstance(fact, OutageOpened | OutageClosed) for fact in facts):
        facts += seal_service(course, source=f"prober {batch.prober}", at=at)
    return facts


def lock_course(service: Service) -> Course:
    """How it stands with a service, ours until the transaction ends; made at its first observation."""
    Course.objects.bulk_create(
        [Course(service=service, kept=judge.Course().to_json(), state="unknown")], ignore_conflicts=True
    )
    course = Course.objects.select_for_update().get(service=service)
    course.service = service
    return course


def keep(service: Service, batch: Batch, answers: Sequence[Answer]) -> None:
    rows = [
        Observation(
            service=service,
            boot=batch.boot,
            sequence=answer.sequence,
            seen_at=Instant(answer.seen_at).utc(),
            outcome=answer.outcome.value,
            line=write_line(batch.prober, batch.boot, answer),
        )
        for answer in answers
    ]
    # An observation may come again in another batch: the prober repeats what it could not hand over.
    Observation.objects.bulk_create(rows, ignore_conflicts=True)


def record_edges(course: Course, edges: Sequence[judge.Edge], *, source: str, at: Instant) -> list[Fact]:
    """Outages as rows, and the facts of all edges, not yet recorded."""
    facts: list[Fact] = []
    for edge in edges:
        if isinstance(edge, judge.Blind):
            course.blind_count += 1
            facts.append(blind_fact(course.service, edge, course.blind_count, source=source, at=at))
        elif isinstance(edge, judge.Opened):
            outage = Outage.objects.create(
                number=take_number(),
                service=course.service,
                last_good_at=edge.last_good_at.utc() if edge.last_good_at else None,
                first_bad_at=edge.first_bad_at.utc(),
                because=edge.because,
            )
            log.warning(
                "outage opened", extra={"outage": outage.name, "service": course.service.slug, "since": edge.first_bad_at}
            )
            facts.append(opened_fact(outage, source=source, at=at))
        else:
            outage = Outage.objects.select_related("service").get(service=course.service, first_good_at__isnull=True)
            outage.last_bad_at, outage.first_good_at = edge.last_bad_at.utc(), edge.first_good_at.utc()
            outage.save(update_fields=["last_bad_at", "first_good_at"])
            log.warning(
                "outage closed", extra={"outage": outage.name, "service": course.service.slug, "at": edge.first_good_at}
            )
            facts.append(closed_fact(outage, source=source, at=at))
    return facts


def take_number() -> int:
    """The number of the next outage of the installation: ours until the transaction ends."""
    take_turn()
    return (Outage.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def keep_course(course: Course, after: judge.Course) -> None:
    """Write down how it stands now."""
    if after.last is not None:
        course.last_started_at, course.last_seen_at = after.last.started_at.utc(), after.last.seen_at.utc()
        course.state = "unknown" if after.blind_since else "down" if after.down_since else "up"
        since = after.blind_since or after.down_since or after.good_since
        course.since_at = since.utc() if since else None
    course.kept = after.to_json()
    course.save()
