"""Invoices and credit notes as they are on record."""

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Invoice
from upheld.apps.parties.models import Customer
from upheld.core.timeline import Span


class UnknownInvoice(LookupError):
    """An invoice or a credit note that is not on record."""


def invoices_of(agreement: Agreement) -> list[Invoice]:
    """Every invoice of an agreement, also those that were written elsewhere; no credit notes."""
    return list(agreement.invoices.filter(kind=Invoice.Kind.INVOICE).order_by("issued_at", "number"))


def list_invoices(
    *, agreement: Agreement | None = None, customer: Customer | None = None, limit: int = 500
) -> list[Invoice]:
    """Invoices and credit notes, the latest first."""
    rows = Invoice.objects.select_related("agreement__customer", "agreement__version", "corrects")
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    if customer is not None:
        rows = rows.filter(agreement__customer=customer)
    return list(rows.order_by("-issued_at", "-pk")[:limit])


def invoice(number: str, agreement: Agreement | None = None) -> Invoice:
    """
    The invoice or credit note of a number; one of an agreement, where that is named. Raises UnknownInvoice, also where
    several agreements have one of this number, as happens to those that were written elsewhere.
    """
    rows = Invoice.objects.select_related("agreement__customer", "agreement__version", "corrects").filter(number=number)
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    found = list(rows[:2])
    if not found:
        raise UnknownInvoice(f"no invoice has the number {number!r}")
    if len(found) > 1:
        raise UnknownInvoice(f"several agreements have an invoice {number!r}; name the agreement")
    return found[0]


def notes_of(invoice: Invoice) -> list[Invoice]:
    """The credit notes of an invoice, the first first."""
    return list(invoice.credit_notes.order_by("issued_at", "pk"))


def of_period(agreement: Agreement, period: Span) -> list[Invoice]:
    """The invoices of a period that were drawn up here, the first first; all but the last were taken back whole."""
    rows = agreement.invoices.filter(kind=Invoice.Kind.INVOICE, period_from_at=period.start.utc())
    return list(rows.order_by("turn"))
