"""Recording that a side did what it owes."""

import logging

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.duties.queries import facts_of
from upheld.apps.duties.services.counting import hold_agreement
from upheld.apps.ledger.services import record
from upheld.core.facts import DutyDone, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.duties")


class UnknownDuty(LookupError):
    """A duty that the agreement does not name."""


def note_done(
    *, agreement: Agreement, duty: str, request: str, evidence: str, by: str, at: Instant, done_at: Instant | None = None
) -> DutyDone:
    """
    Record that a duty was done: what was asked for as `request` (a ticket, a request), or of itself where that is empty.

    Of one request the first record stays. Raises UnknownDuty, and CannotJudge.
    """
    known = terms_of(agreement, at).besides.duties
    if duty not in known:
        raise UnknownDuty(f"{agreement.key} has no duty {duty!r}; there are: {', '.join(known) or 'none'}")
    with transaction.atomic():
        hold_agreement(agreement)
        earlier = [fact for fact in of_kind(facts_of(agreement.key, at), DutyDone) if fact.duty == duty]
        same = next((fact for fact in earlier if request and fact.request == request), None)
        if same is not None:
            return same
        fact = DutyDone(
            id=f"{duty}-done-{len(earlier) + 1}", agreement=agreement.key, occurred_at=done_at or at, recorded_at=at,
            source=by, duty=duty, request=request, by=by, evidence=evidence,
        )  # fmt: skip
        record(facts=[fact])
    log.info("duty done", extra={"agreement": agreement.key, "duty": duty, "request": request})
    return fact
