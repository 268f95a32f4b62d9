"""The paper of an invoice or a credit note: from what was issued alone, so that it is the same bytes on every day."""

from upheld.apps.billing.models import Invoice
from upheld.core.timeline import Instant
from upheld.gateways.pdf import print_invoice


class NotDrawnUp(LookupError):
    """An invoice that was written elsewhere: its paper is there, too."""


def paper_of(invoice: Invoice) -> bytes:
    """The invoice as PDF. Raises NotDrawnUp, and the gateway's NotPrinted."""
    if not invoice.is_drawn_up:
        raise NotDrawnUp(f"{invoice.number} was written elsewhere; only its sum is recorded here")
    return print_invoice(
        invoice.content,
        number=invoice.number,
        kind=invoice.kind,
        issued_at=Instant.of(invoice.issued_at),
        due_at=Instant.of(invoice.due_at),
        amount=invoice.amount,
    )
