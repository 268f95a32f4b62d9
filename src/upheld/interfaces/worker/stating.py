"""Mails about statements that were issued: what was found, where to read it, how to check it; its bundle goes with it."""

import logging
from typing import Any

from django.conf import settings

from upheld.apps.agreements.queries import document_of
from upheld.apps.parties.queries import UnknownParty, provider_name
from upheld.apps.statements.queries import content_of, list_untold
from upheld.apps.statements.services import tell_customer
from upheld.core.timeline import Instant
from upheld.gateways.pdf.layout import name_period, write_heading
from upheld.interfaces.worker.letters import NAMELESS, Letter, write

log = logging.getLogger("upheld.statements")

Statement = Any
"""A row of the statements, as their queries give it."""


def send_statements(at: Instant) -> int:
    """Write to the customers about what was issued; one that fails keeps no other back."""
    told = 0
    for statement in list_untold():
        try:
            told += tell_customer(statement=statement, write=write_mail, at=at)
        except Exception:
            log.exception("a statement cannot be sent", extra={"statement": statement.name})
    return told


def write_mail(statement: Statement, is_enclosed: bool) -> tuple[str, str]:
    letter = tell_statement(statement, is_enclosed)
    return letter.subject, letter.text


def tell_statement(statement: Statement, is_enclosed: bool) -> Letter:
    """The statement in a few lines; a later one of the same period names the one that it follows."""
    content = content_of(statement)
    period = name_period(content["period"], content["statement"])
    try:
        provider = provider_name()
    except UnknownParty:
        provider = NAMELESS
    return write(
        "statement",
        {},
        provider=provider,
        period=period,
        agreement=document_of(statement.agreement, statement.period.start).title,
        heading=write_heading(content, period),
        follows=statement.follows.name if statement.follows else "",
        statement=statement.name,
        url=url_of(statement),
        is_enclosed="yes" if is_enclosed else "",
        bundle=f"{statement.name.replace('/', '-')}.zip",
        digest=statement.digest,
    )


def url_of(statement: Statement) -> str:
    """Where the customer reads it: the first of a period at the period's address, later ones below it."""
    place = f"{statement.agreement.customer.slug}/{statement.agreement.version.document_id}/{statement.name.split('/')[-2]}"
    later = f"/{statement.number}" if statement.number > 1 else ""
    return f"{settings.UPHELD_URL}/portal/statements/{place}{later}"
