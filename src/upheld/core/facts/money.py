"""Invoices, claims, and what was decided."""

from upheld.core.facts.record import Fact, fact
from upheld.core.money import Money
from upheld.core.timeline import Instant


@fact("invoice-issued", 1)
class InvoiceIssued(Fact):
    """An invoice went to the customer; from `due_at` on it is overdue while it is not paid."""

    invoice: str
    amount: Money
    due_at: Instant


@fact("invoice-paid", 1)
class InvoicePaid(Fact):
    """An invoice was paid."""

    invoice: str


@fact("claim-filed", 1)
class ClaimFiled(Fact):
    """A customer's request for a credit."""

    claim: str
    credit: str
    outage: str
    channel: str
    details: tuple[str, ...] = ()
    ticket: str = ""


@fact("claim-decided", 1)
class ClaimDecided(Fact):
    """A person granted or refused a claim."""

    claim: str
    granted: bool
    by: str
    because: str
