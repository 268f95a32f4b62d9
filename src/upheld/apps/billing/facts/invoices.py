"""Rows of invoices, payments and wishes to end, and their facts."""

from upheld.apps.billing.models import Invoice, Payment, Termination
from upheld.core.facts import EndRequested, InvoiceCredited, InvoiceIssued, InvoicePaid, PaymentReceived
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


def received_fact(payment: Payment, invoice: Invoice, *, by: str, at: Instant) -> PaymentReceived:
    assert payment.paid_at is not None, "what counts has a time"
    return PaymentReceived(
        id=f"payment-{payment.name}", agreement=invoice.agreement.key, occurred_at=Instant.of(payment.paid_at),
        recorded_at=at, source=by, payment=payment.name, invoice=invoice.number, amount=Money.parse(payment.amount),
    )  # fmt: skip


def credited_fact(note: Invoice, invoice: Invoice, *, approved_by: str, at: Instant) -> InvoiceCredited:
    return InvoiceCredited(
        id=f"credit-note-{note.number}", agreement=invoice.agreement.key, occurred_at=at, recorded_at=at,
        source=note.issued_by, note=note.number, invoice=invoice.number, amount=Money.parse(note.amount),
        because=note.because, approved_by=approved_by,
    )  # fmt: skip


def ending_fact(termination: Termination, *, ends_at: Instant | None, at: Instant) -> EndRequested:
    return EndRequested(
        id=f"end-{termination.name}", agreement=termination.agreement.key, occurred_at=Instant.of(termination.told_at),
        recorded_at=at, source=termination.by, by=termination.side, ends_at=ends_at,
    )  # fmt: skip
