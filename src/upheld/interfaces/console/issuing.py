"""Issuing the statement of a period."""

from django.http import HttpResponseRedirect

from upheld.apps.statements import services
from upheld.apps.statements.queries import statement as read_statement
from upheld.doors.addresses import Answer
from upheld.doors.answering import leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import CannotShow, NotAllowed, NotHere
from upheld.doors.shown.statement import find_period, last_number
from upheld.doors.shown.statements import link_statement, statement_url
from upheld.pages.contexts.page import Link


def issue(asked: Asked, customer: str, document: str, period: str, number: int = 1) -> Answer:
    """Issue the statement of a period: it is in the ledger, and signed, when the answer comes."""
    if asked.is_past:
        raise NotAllowed("A statement is issued now", "You look from a past instant. Go back to now to issue one.")
    agreement, span = find_period(asked, customer, document, period)
    if number > last_number(agreement, span) + 1:
        raise NotHere()
    try:
        made = services.prepare(agreement=agreement, period=span, number=number, by=asked.by, at=asked.at)
    except services.AlreadyIssued:
        there = statement_url(asked, agreement, span, number)
        if read_statement(f"{agreement.key}/{period}/{number}").prepared_by == asked.by:
            return HttpResponseRedirect(there, status=303)  # sent twice: this is what the first time came to
        raise CannotShow(
            "Somebody was faster", "This statement is issued already. It stands; here it is.", (Link("Read it", there),)
        ) from None
    except services.CannotPrepare as problem:
        raise CannotShow("The statement cannot be issued", f"{problem}.") from None
    leave_toast(asked, f"{link_statement(asked, made).words} is issued and signed.")
    return HttpResponseRedirect(statement_url(asked, agreement, span, made.number), status=303)
