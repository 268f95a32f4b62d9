"""What the worker does for credits: proposes them after each period, keeps them in step, lets them lapse."""

import logging

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import list_agreements
from upheld.apps.billing.models import Look
from upheld.apps.billing.services.credits import lapse_due, propose_credits
from upheld.apps.findings.queries import CannotJudge, periods_between
from upheld.apps.ledger.queries import head_of
from upheld.core.timeline import DAY, HOUR, Instant, Span

log = logging.getLogger("upheld.billing")
RECENT = DAY * 62
"""Periods that ended within this time follow each new fact at once; those before, once an hour."""


def propose_due(at: Instant) -> int:
    """Bring the credits of every period that is over in step; one agreement that fails does not keep the others back."""
    changed = 0
    for agreement in list_agreements():
        try:
            changed += sum(propose_credits(agreement=agreement, period=period, at=at) for period in find_due(agreement, at))
        except CannotJudge as problem:
            log.warning("credits cannot be found", extra={"agreement": agreement.key, "because": str(problem)})
        except Exception:
            log.exception("credits cannot be found", extra={"agreement": agreement.key})
    return changed + lapse_due(at)


def find_due(agreement: Agreement, at: Instant) -> list[Span]:
    """The periods that are over and that were not looked at since the ledger grew. Raises CannotJudge."""
    head = head_of(agreement.key)
    if head is None:
        return []
    looks = {Instant.of(look.period_from_at): look for look in Look.objects.filter(agreement=agreement)}
    found = []
    for period in periods_between(agreement, Instant.of(agreement.signed_at), at):
        look = looks.get(period.start)
        is_known = look is not None and look.size == head.size
        is_waiting = look is not None and period.end + RECENT < at and Instant.of(look.looked_at) + HOUR > at
        if period.end <= at and not is_known and not is_waiting:
            found.append(period)
    return found
