"""Requests that are tickets of their kind: to come in, and for what a side owes when it is asked."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Kind, Ticket
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.opening import Report, Sender, open_ticket
from upheld.apps.ledger.services import record
from upheld.core.facts import AccessAsked
from upheld.core.timeline import Instant

READ = "warning: read and acknowledged"


def ask_access(
    *, agreement: Agreement, way: str, report: Report, sender: Sender, who: str, what: str, at: Instant, person: str = "",
    purpose: str = "", until_at: Instant | None = None, given: Sequence[str] = (),
) -> Ticket:  # fmt: skip
    """
    A ticket of somebody who asks to see or do something, and the fact that he asked. Whether he may is the agreement's
    answer. Raises CannotDo for what no rule of the agreement speaks of.
    """
    rules = terms_of(agreement, at).doors.rules.values()
    if not any(who in rule.who.value and what in rule.what.value for rule in rules):
        known = "; ".join(f"{', '.join(rule.who.value)}: {', '.join(rule.what.value)}" for rule in rules)
        raise CannotDo(f"{agreement.key} says nothing of {who} and {what}; it speaks of {known or 'nobody'}")
    with transaction.atomic():
        ticket = open_ticket(agreement=agreement, way=way, report=replace(report, kind=Kind.ACCESS), sender=sender, at=at)
        asked = AccessAsked(
            id=f"{ticket.name}-access-asked", agreement=agreement.key, occurred_at=at, recorded_at=at, source=sender.by,
            who=who, what=what, person=person, purpose=purpose, ticket=ticket.name, until_at=until_at, given=tuple(given),
        )  # fmt: skip
        record(facts=[asked])
    return ticket


def ask_copy(
    *, agreement: Agreement, way: str, report: Report, sender: Sender, duty: str, is_warned: bool, at: Instant
) -> Ticket:
    """
    A ticket by which a duty of the provider is asked for: the duty's topic makes it so. Where the agreement warns of it,
    whoever asks says that he read the warning. Raises CannotDo.
    """
    terms = terms_of(agreement, at)
    found = terms.besides.duties.get(duty)
    if found is None or found.topic is None:
        asked = [name for name, one in terms.besides.duties.items() if one.topic]
        raise CannotDo(f"{agreement.key} has no duty {duty!r} that a ticket asks for; it has {', '.join(asked) or 'none'}")
    topic = terms.desk.topics.get(found.topic.value)
    warning = topic.warning if topic else ""
    if topic is not None and warning and not is_warned:
        raise CannotDo(f"the agreement warns ({', '.join(topic.clauses)}): {warning}; say that you read it")
    told = (*report.told, READ) if warning else report.told
    asking = replace(report, kind=Kind.COPY, topic=found.topic.value, told=told)
    return open_ticket(agreement=agreement, way=way, report=asking, sender=sender, at=at)
