"""Rows of invoices and their facts."""

from upheld.apps.billing.models import Invoice
from upheld.core.facts import InvoiceIssued, InvoicePaid
from upheld.core.money import Money
from upheld.core.timeline import Instant


def issued_fact(invoice: Invoice, *, by: str, at: Instant) -> InvoiceIssued:
    return InvoiceIssued(
        id=f"invoice-{invoice.number}-issued", agreement=invoice.agreement.key, occurred_at=Instant.of(invoice.issued_at),
        recorded_at=at, source=by, invoice=invoice.number, amount=Money.parse(invoice.amount),
        due_at=Instant.of(invoice.due_at),
    )  # fmt: skip


def paid_fact(invoice: Invoice, *, paid_at: Instant, by: str, at: Instant) -> InvoicePaid:
    return InvoicePaid(
        id=f"invoice-{invoice.number}-paid", agreement=invoice.agreement.key, occurred_at=paid_at, recorded_at=at,
        source=by, invoice=invoice.number,
    )  # fmt: skip
