"""Naming another person whose word counts."""

import logging

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.duties.queries import facts_of, persons_rule
from upheld.apps.duties.services.counting import hold_agreement
from upheld.apps.ledger.services import record
from upheld.core.facts import PersonNamed, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.duties")


class CannotName(ValueError):
    """A role that the agreement does not have, or a way of telling that it does not take."""


def name_person(
    *,
    agreement: Agreement,
    role: str,
    person: str,
    channel: str,
    received_at: Instant,
    by: str,
    at: Instant,
    confirmed_at: Instant | None = None,
) -> PersonNamed:
    """
    Record that another person has a role, or nobody where `person` is empty.

    From when it holds is the agreement's word: `received_at` or `confirmed_at`. Raises CannotName, and CannotJudge.
    """
    rule = persons_rule(agreement, at)
    if rule is None or role not in rule.roles:
        known = ", ".join(rule.roles) if rule else "none"
        raise CannotName(f"{agreement.key} has no role {role!r}; there are: {known or 'none'}")
    ways = rule.change_by.value
    if ways and channel not in ways:
        told = ", ".join(rule.change_by.clauses)
        raise CannotName(f"a change of persons is taken by {' or '.join(ways)} ({told}), not by {channel or 'nothing'}")
    if received_at > at:
        raise CannotName(f"the message was received at {received_at}, which lies ahead of {at}")
    with transaction.atomic():
        hold_agreement(agreement)
        earlier = [fact for fact in of_kind(facts_of(agreement.key, at), PersonNamed) if fact.role == role]
        named = PersonNamed(
            id=f"{role}-named-{len(earlier) + 1}", agreement=agreement.key, occurred_at=received_at, recorded_at=at,
            source=by, role=role, person=person, channel=channel, confirmed_at=confirmed_at,
        )  # fmt: skip
        record(facts=[named])
    log.info("person named", extra={"agreement": agreement.key, "role": role})
    return named
