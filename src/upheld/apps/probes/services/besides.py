"""A second cause at the same second: something else was broken besides, which would have brought the service down alone."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction

from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import record
from upheld.apps.probes.facts import closed_fact, opened_fact
from upheld.apps.probes.models import Outage
from upheld.apps.probes.services.attribution import assign_cause, check_cause
from upheld.apps.probes.services.ingesting import take_number
from upheld.core.facts import CauseAssigned, NoticeSent, of_kind
from upheld.core.timeline import Instant, Span

log = logging.getLogger("upheld.probes")


def put_cause_besides(
    *, outage: Outage, span: Span, cause: str, evidence: str, by: str, at: Instant, note: str = "", software: str = "",
    supplier: str = "",
) -> CauseAssigned:  # fmt: skip
    """
    Say that a part of an outage has a second cause besides the one that it has, not in its place.

    A second of an outage has one cause. What else was broken meanwhile is an outage of its own, of the same component and
    within the first one, so that no time is down that was not seen to be; which of two causes wins is the agreement's.
    Raises CannotAssign as `assign_cause` does.
    """
    check_cause(outage, span, cause, evidence, at)
    with transaction.atomic():
        second = Outage.objects.create(
            number=take_number(),
            service=outage.service,
            last_good_at=outage.last_good_at if span.start == outage.began_at else span.start.utc(),
            first_bad_at=span.start.utc(),
            last_bad_at=certain_end(outage, span).utc(),
            first_good_at=span.end.utc(),
            because=f"besides {outage.name}, in a part of its time",
        )
        told = list(repeat_notices(outage, second, by, at))
        record(facts=[opened_fact(second, source=by, at=at), closed_fact(second, source=by, at=at), *told])
        fact = assign_cause(
            outage=second, span=span, cause=cause, evidence=evidence, by=by, at=at, note=note, software=software,
            supplier=supplier,
        )  # fmt: skip
    log.info("second cause put besides", extra={"outage": outage.name, "besides": second.name, "cause": cause, "by": by})
    return fact


def repeat_notices(outage: Outage, second: Outage, by: str, at: Instant) -> Iterator[NoticeSent]:
    """Whoever was told of the first was told of what lies within it: no second notice is owed."""
    for fact in of_kind(facts_of(outage.service.agreement), NoticeSent):
        if fact.about == outage.name:
            yield replace(fact, id=f"{fact.id}-{second.name}", about=second.name, recorded_at=at, source=by)


def certain_end(outage: Outage, span: Span) -> Instant:
    """Until when the second one was certainly there: no longer than the first was seen to be."""
    if outage.last_bad_at is None:
        return span.end
    return max(span.start, min(span.end, Instant.of(outage.last_bad_at)))
