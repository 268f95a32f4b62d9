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
    outages: tuple[str, ...] = ()
    """Further outages that it is about. One that names none is about its whole period."""
    period_from_at: Instant | None = None
    """The start of the period that is claimed for; None: that of its outages, else the last one that was over."""
    aware_at: Instant | None = None
    """When the customer became aware of what is claimed, where that was recorded."""
    eligible_at: Instant | None = None
    """When the customer became entitled to ask."""


@fact("claim-decided", 1)
class ClaimDecided(Fact):
    """A person granted or refused a claim."""

    claim: str
    granted: bool
    by: str
    because: str


@fact("credit-decided", 1)
class CreditDecided(Fact):
    """A person gave, or refused, what the agreement leaves to the provider's discretion; why is told to the customer."""

    credit: str
    period_from_at: Instant
    granted: bool
    by: str
    because: str


@fact("right-used", 1)
class RightUsed(Fact):
    """A side made use of a right that the agreement gives it, such as to terminate."""

    right: str
    by: str
    note: str = ""
