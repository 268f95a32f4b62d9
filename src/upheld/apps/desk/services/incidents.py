"""Tickets that an outage opens by itself, where the provider chose so for the agreement."""

import logging

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge
from upheld.apps.desk.models import Kind, OutageRule, Ticket
from upheld.apps.desk.queries.escalations import outage_rule
from upheld.apps.desk.services.deciding import set_priority
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.opening import Report, Sender, open_ticket
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")

MACHINE = "machine"


def open_incident(*, agreement: Agreement, outage: str, subject: str, text: str, at: Instant) -> Ticket | None:
    """
    A ticket about an outage, opened for the customer by staff, in the caller's transaction; None where nobody chose that.

    Clocks that start with the outage run on it at once, those that start when the customer reports with their first message.
    Asked for again, the ticket that is there is given back.
    """
    rule = outage_rule(agreement)
    if rule is None:
        return None
    try:
        return open_by(rule, outage, subject, text, at)
    except (CannotDo, CannotJudge) as problem:
        # The outage is recorded all the same: what was chosen does not fit the agreement any more.
        log.error("an outage opened no ticket", extra={"outage": outage, "because": str(problem)})
        return None


def open_by(rule: OutageRule, outage: str, subject: str, text: str, at: Instant) -> Ticket:
    agreement = rule.agreement
    with transaction.atomic():
        take_turn()
        known = Ticket.objects.filter(agreement=agreement, outage=outage, opened_by="staff").order_by("number").first()
        if known is not None:
            return known
        report = Report(subject=subject, text=text, kind=Kind.INCIDENT, topic=rule.topic, outage=outage)
        ticket = open_ticket(
            agreement=agreement, way="portal", report=report, sender=Sender(by=MACHINE), at=at, opened_by="staff"
        )  # fmt: skip
        if rule.priority and ticket.priority != rule.priority:
            # In the words of whoever chose it: a machine decides no priority.
            set_priority(ticket=ticket, priority=rule.priority, by=rule.by, because="chosen for outages", at=at)
    return ticket
