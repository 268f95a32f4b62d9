"""Writing about invoices: each step is a row and a fact in one transaction."""

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts import issued_fact, paid_fact
from upheld.apps.billing.models import Invoice
from upheld.apps.ledger.services import record
from upheld.core.money import Money
from upheld.core.timeline import Instant


class InvoiceDiffers(ValueError):
    """The number belongs to an invoice with other content."""


def issue_invoice(
    *, agreement: Agreement, number: str, amount: Money, issued_at: Instant, due_at: Instant, by: str, at: Instant
) -> Invoice:
    """Record that an invoice was issued. The same one again is left as it is; raises InvoiceDiffers."""
    content = {"amount": str(amount), "issued_at": issued_at.utc(), "due_at": due_at.utc()}
    with transaction.atomic():
        invoice, is_new = Invoice.objects.get_or_create(agreement=agreement, number=number, defaults=content)
        if is_new:
            record(facts=[issued_fact(invoice, by=by, at=at)])
    if any(getattr(invoice, name) != value for name, value in content.items()):
        raise InvoiceDiffers(
            f"invoice {number} of {agreement.key} is on record over {invoice.amount}; give this one a number of its own"
        )
    return invoice


def record_payment(*, invoice: Invoice, paid_at: Instant, by: str, at: Instant) -> Invoice:
    """Record that an invoice was paid; the first record stays."""
    with transaction.atomic():
        if Invoice.objects.filter(pk=invoice.pk, paid_at__isnull=True).update(paid_at=paid_at.utc()):
            record(facts=[paid_fact(invoice, paid_at=paid_at, by=by, at=at)])
    invoice.refresh_from_db()
    return invoice
