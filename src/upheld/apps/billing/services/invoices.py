"""Writing about invoices that were written elsewhere: each step is a row and a fact in one transaction."""

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts import issued_fact
from upheld.apps.billing.models import Invoice
from upheld.apps.ledger.services import lock_tree, record
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
        lock_tree(agreement.key)
        invoice, is_new = Invoice.objects.get_or_create(
            agreement=agreement, number=number, defaults={**content, "issued_by": by}
        )
        if is_new:
            record(facts=[issued_fact(invoice, by=by, at=at)])
    if any(getattr(invoice, name) != value for name, value in content.items()):
        raise InvoiceDiffers(
            f"invoice {number} of {agreement.key} is on record over {invoice.amount}; give this one a number of its own"
        )
    return invoice
