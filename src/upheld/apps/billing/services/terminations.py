"""Writing down that somebody wants a contract to end: a row and a fact; the agreement answers."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts import ending_fact
from upheld.apps.billing.models import Termination
from upheld.apps.billing.queries.terminations import Ending, judge_end
from upheld.apps.findings.queries import terms_of
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")

SIDES = ("customer", "provider")


class CannotEnd(ValueError):
    """A wish of nobody's side, or for a day that has passed."""


def request_end(
    *, agreement: Agreement, side: str, by: str, at: Instant, wished_on: date | None = None, because: str = ""
) -> Ending:
    """
    Record that a side wants the contract to end on a day, or as soon as it can. A wish that the agreement refuses is on
    record all the same, with the date from which it is possible.

    Raises CannotEnd, queries' SaysNothing where the agreement has no rule about it, and CannotJudge.
    """
    if side not in SIDES:
        raise CannotEnd(f"a side is customer or provider, came {side!r}")
    zone = terms_of(agreement, at).statement_period.zone
    if wished_on is not None and wished_on < zone.date_at(at):
        raise CannotEnd(f"{wished_on} has passed; a contract ends today or later")
    decided = judge_end(agreement, at, wished_on)
    with transaction.atomic():
        take_turn()
        termination = Termination.objects.create(
            number=(Termination.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            agreement=agreement,
            side=side,
            by=by,
            told_at=at.utc(),
            wished_on=wished_on,
            because=because.strip(),
        )
        ends_at = zone.midnight(wished_on) if wished_on else None
        record(facts=[ending_fact(termination, ends_at=ends_at, at=at)])
    log.info("end asked for", extra={"agreement": agreement.key, "accepted": decided.is_accepted})
    return Ending(termination, decided)
