"""Coming in: opened with purpose, ticket and end, running while it lasts, and on record as used when it is over."""

import logging

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, list_agreements, terms_of
from upheld.apps.duties.queries import facts_of, list_running
from upheld.apps.duties.queries.access import OPENED
from upheld.apps.duties.services.counting import hold_agreement
from upheld.apps.ledger.services import record
from upheld.core.access import Request, decide_access
from upheld.core.facts import AccessAsked, AccessUsed, of_kind
from upheld.core.timeline import HOUR, Instant

log = logging.getLogger("upheld.duties")

LONGEST = HOUR * 24
"""How long somebody may be in without saying for what again."""


class CannotOpen(ValueError):
    """Coming in without a ticket or an end, or against the agreement."""


def open_access(
    *,
    agreement: Agreement,
    who: str,
    what: str,
    person: str,
    purpose: str,
    ticket: str,
    until_at: Instant,
    by: str,
    at: Instant,
) -> AccessAsked:
    """
    Come in as `who`, from now until `until_at` at most; the customer sees it at once. Raises CannotOpen with the agreement's
    own reason where it does not let them in, and CannotJudge.
    """
    if not ticket.strip() or not purpose.strip():
        raise CannotOpen("name the ticket and say for what: the customer reads both")
    if not at < until_at <= at + LONGEST:
        raise CannotOpen(f"say until when, within {LONGEST.micros // HOUR.micros} hours from now; came {until_at}")
    with transaction.atomic():
        hold_agreement(agreement)
        facts = facts_of(agreement.key, at)
        number = sum(fact.id.startswith(OPENED) for fact in of_kind(facts, AccessAsked)) + 1
        asked = AccessAsked(
            id=f"{OPENED}{number}", agreement=agreement.key, occurred_at=at, recorded_at=at, source=by, who=who, what=what,
            person=person, purpose=purpose, ticket=ticket.strip(), until_at=until_at,
        )  # fmt: skip
        decision = decide_access(terms_of(agreement, at), facts, Request.of(asked))
        if not decision.is_allowed:
            reasons = "; ".join(step.words for step in decision.why.because) or decision.why.words
            cited = ", ".join(dict.fromkeys(clause for rule in decision.rules for clause in rule.clauses))
            raise CannotOpen(f"{reasons}{f' ({cited})' if cited else ''}")
        record(facts=[asked])
    log.info("access opened", extra={"agreement": agreement.key, "what": what, "until": until_at})
    return asked


def end_access(*, agreement: Agreement, name: str, by: str, at: Instant) -> AccessUsed | None:
    """It is over: recorded as used, from when it was opened until now, or until its own end. None where it ended before."""
    with transaction.atomic():
        hold_agreement(agreement)
        asked = next((one for one in list_running(agreement, at) if one.id == name), None)
        if asked is None:
            return None
        ended_at = min(at, asked.until_at) if asked.until_at else at
        used = AccessUsed(
            id=f"{asked.id}-used", agreement=agreement.key, occurred_at=asked.occurred_at, recorded_at=at, source=by,
            who=asked.who, what=asked.what, person=asked.person, purpose=asked.purpose, ticket=asked.ticket,
            until_at=asked.until_at, ended_at=ended_at,
        )  # fmt: skip
        record(facts=[used])
    log.info("access ended", extra={"agreement": agreement.key, "what": asked.what, "at": ended_at})
    return used


def end_closed(*, agreement: Agreement, at: Instant) -> int:
    """End what the agreement lets nobody do any more: its time is over, or its switch was turned off. How many."""
    ended = 0
    for asked in list_running(agreement, at):
        facts = facts_of(agreement.key, at)
        now = Request(asked.who, asked.what, at, asked.purpose, Request.of(asked).given, (asked.id,))
        is_over = asked.until_at is not None and asked.until_at <= at
        if is_over or not decide_access(terms_of(agreement, at), facts, now).is_allowed:
            ended += end_access(agreement=agreement, name=asked.id, by="upheld", at=at) is not None
    return ended


def end_due(at: Instant) -> int:
    """For every agreement, as often as the worker comes round."""
    ended = 0
    for agreement in list_agreements():
        try:
            ended += end_closed(agreement=agreement, at=at)
        except CannotJudge as problem:
            log.warning("access cannot be judged", extra={"agreement": agreement.key, "because": str(problem)})
    return ended
