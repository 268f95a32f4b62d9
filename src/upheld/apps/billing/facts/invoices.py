"""Rows of invoices, payments and wishes to end, and their facts."""

from upheld.apps.billing.models import Invoice, Payment, Reversal, Termination
from upheld.core.facts import EndRequested, FactCorrected, InvoiceCredited, InvoiceIssued, InvoicePaid, PaymentReceived
from upheld.core.money import Money
from upheld.core.timeline import Instant


def issued_fact(invoice: Invoice, *, by: str, at: Instant) -> InvoiceIssued:
    return InvoiceIssued(
        id=f"invoice-{invoice.number}-issued", agreement=invoice.agreement.key, occurred_at=Instant.of(invoice.issued_at),
        recorded_at=at, source=by, invoice=invoice.number, amount=Money.parse(invoice.amount),
        due_at=Instant.of(invoice.due_at),
    )  # fmt: skip


def paid_fact(invoice: Invoice, *, paid_at: Instant, by: str, at: Instant, after: str = "") -> InvoicePaid:
    """`after` names the last of its payments that was reversed: paid anew, it is a fact of its own."""
    name = f"invoice-{invoice.number}-paid{f'-after-{after}' if after else ''}"
    return InvoicePaid(
        id=name, agreement=invoice.agreement.key, occurred_at=paid_at, recorded_at=at, source=by, invoice=invoice.number
    )  # fmt: skip


def received_fact(payment: Payment, invoice: Invoice, *, by: str, at: Instant) -> PaymentReceived:
    assert payment.paid_at is not None, "what counts has a time"
    return PaymentReceived(
        id=received_id(payment), agreement=invoice.agreement.key, occurred_at=Instant.of(payment.paid_at),
        recorded_at=at, source=by, payment=payment.name, invoice=invoice.number, amount=Money.parse(payment.amount),
    )  # fmt: skip


def received_id(payment: Payment) -> str:
    return f"payment-{payment.name}"


def no_longer_fact(reversal: Reversal, invoice: Invoice, corrects: str, *, at: Instant) -> FactCorrected:
    """Of what a reversed payment said: that it came towards the invoice, and that the invoice was paid with it."""
    return FactCorrected(
        id=f"{corrects}-reversed", agreement=invoice.agreement.key, occurred_at=at, recorded_at=at,
        source=reversal.proposed_by, corrects=corrects, because=reversal.because, by=reversal.proposed_by,
        approved_by=reversal.confirmed_by,
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
