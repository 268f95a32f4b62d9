"""Sealing observations: their lines go into a file that never changes, its digest into the ledger."""

import logging
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction

from upheld.apps.fleet.models import Service
from upheld.apps.ledger.services import record
from upheld.apps.probes.facts import blind_fact, sealed_fact
from upheld.apps.probes.models import Course, Observation, Outcome, Seal
from upheld.core.availability import confirm as judge
from upheld.core.facts import Fact
from upheld.core.timeline import Instant
from upheld.gateways.signing import keep_once

log = logging.getLogger("upheld.probes")

EVERYBODY_MAY_NOT_WRITE = 0o440


def seal(*, at: Instant, agreement: str | None = None) -> list[Fact]:
    """
    Seal what was observed since the last seal, of every service or of one agreement's; returns the recorded facts.

    Done every few minutes, with each change of state, and before a statement: what is not sealed counts as not measured.
    """
    services = Service.objects.filter(course__isnull=False).order_by("slug")
    if agreement is not None:
        return seal_together(services.filter(agreement=agreement), at)
    facts: list[Fact] = []
    for service in services:
        try:
            facts += seal_together([service], at)
        except Exception:
            # A full disk, or a ledger that was altered: the other services are sealed all the same.
            log.exception("observations cannot be sealed", extra={"service": service.slug})
    return facts


def seal_together(services: Iterable[Service], at: Instant) -> list[Fact]:
    """Seal some services in one transaction: first every course is ours, then the ledger, as whoever takes a batch does."""
    facts: list[Fact] = []
    with transaction.atomic():
        for service in services:
            course = Course.objects.select_for_update(of=("self",)).select_related("service").get(service=service)
            facts += seal_service(course, source="upheld", at=at)
        record(facts=facts)
    return facts


def seal_service(course: Course, *, source: str, at: Instant) -> list[Fact]:
    """Close up the unsealed observations of one service, in the caller's transaction; the facts are not yet recorded."""
    service = course.service
    rows = list(Observation.objects.filter(service=service, seal__isnull=True).order_by("seen_at", "boot", "sequence"))
    if not rows or course.last_seen_at is None:
        return []
    facts: list[Fact] = []
    # How far a blindness has lasted is recorded with the seal, or the sealed time would seem to have been seen.
    settled, blind = judge.settle(judge.Course.from_json(course.kept))
    for edge in blind:
        course.blind_count += 1
        facts.append(blind_fact(service, edge, course.blind_count, source=source, at=at))
    lines = "".join(f"{row.line}\n" for row in rows).encode()
    # An observation speaks for whole seconds: so does the first of all, whose row keeps the microseconds.
    first, last = course.sealed_until or Instant.of(rows[0].seen_at).raised().utc(), course.last_seen_at
    counts = Counter(row.outcome for row in rows)
    made = Seal.objects.create(
        service=service,
        number=Seal.objects.filter(service=service).count() + 1,
        from_at=min(first, last),
        to_at=max(first, last),
        good=counts[Outcome.GOOD],
        bad=counts[Outcome.BAD],
        unseen=counts[Outcome.UNSEEN],
        digest=sha256(lines).hexdigest(),
    )
    # Before the commit: a digest in the ledger always has its file. A file without its fact hurts nobody.
    keep_once(path_of(made), lambda: lines, mode=EVERYBODY_MAY_NOT_WRITE)
    Observation.objects.filter(pk__in=[row.pk for row in rows]).update(seal=made)
    course.kept, course.sealed_until = settled.to_json(), course.last_seen_at
    course.save(update_fields=["kept", "sealed_until", "blind_count"])
    log.info("observations sealed", extra={"service": service.slug, "count": len(rows), "to": Instant.of(made.to_at)})
    return [*facts, sealed_fact(made, source=source, at=at)]


def path_of(made: Seal) -> Path:
    """Where the lines of a seal lie: below the UTC day of its end."""
    folder: Path = settings.UPHELD_SAMPLES
    return folder / f"{made.to_at:%Y-%m-%d}" / f"{made.digest}.jsonl"
