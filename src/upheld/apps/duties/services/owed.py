"""Asking a side for what it owes, and recording that it was done."""

import logging

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.duties.queries import facts_of
from upheld.apps.duties.services.counting import hold_agreement
from upheld.apps.ledger.services import record
from upheld.core.facts import DutyAsked, DutyDone, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.duties")
DISTURBS = "the warning was read and acknowledged"


class CannotAsk(ValueError):
    """A duty that the agreement does not have, or a warning that was not acknowledged."""


def ask_duty(
    *, agreement: Agreement, duty: str, because: str, is_warned: bool, by: str, at: Instant, ticket: str = ""
) -> DutyAsked:
    """
    Ask for what a side owes. Where the agreement warns of it, whoever asks says that he read the warning (`is_warned`).

    Raises CannotAsk, and CannotJudge.
    """
    terms = terms_of(agreement, at)
    found = terms.besides.duties.get(duty)
    if found is None:
        raise CannotAsk(f"{agreement.key} has no duty {duty!r}; there are: {', '.join(terms.besides.duties) or 'none'}")
    topic = terms.desk.topics.get(found.topic.value) if found.topic else None
    if topic is not None and topic.warning and not is_warned:
        raise CannotAsk(f"the agreement warns ({', '.join(topic.clauses)}): {topic.warning}; say that you read it")
    words = [because.strip(), DISTURBS if topic is not None and topic.warning else ""]
    with transaction.atomic():
        hold_agreement(agreement)
        earlier = [fact for fact in of_kind(facts_of(agreement.key, at), DutyAsked) if fact.duty == duty]
        name = f"{duty}-{len(earlier) + 1}"
        asked = DutyAsked(
            id=f"{name}-asked", agreement=agreement.key, occurred_at=at, recorded_at=at, source=by, request=name, duty=duty,
            because="; ".join(word for word in words if word), ticket=ticket,
        )  # fmt: skip
        record(facts=[asked])
    log.info("duty asked", extra={"agreement": agreement.key, "request": name})
    return asked


def note_done(*, agreement: Agreement, asked: DutyAsked, evidence: str, by: str, at: Instant) -> DutyDone:
    """Record that what was asked for was done; the first record stays."""
    with transaction.atomic():
        hold_agreement(agreement)
        done = [fact for fact in of_kind(facts_of(agreement.key, at), DutyDone) if fact.request == asked.request]
        if done:
            return done[0]
        fact = DutyDone(
            id=f"{asked.request}-done", agreement=agreement.key, occurred_at=at, recorded_at=at, source=by,
            duty=asked.duty, request=asked.request, by=by, evidence=evidence,
        )  # fmt: skip
        record(facts=[fact])
    log.info("duty done", extra={"agreement": agreement.key, "request": asked.request})
    return fact
