"""Taking a granted credit off the invoice that the clause names: once, with its fact, where the invoice is issued."""

from django.db import transaction

from upheld.apps.billing.facts.credits import applied_fact
from upheld.apps.billing.models import Credit, Invoice
from upheld.apps.ledger.services import record
from upheld.core.timeline import Instant


class AlreadyApplied(ValueError):
    """The credit was taken off another invoice, or is not granted."""


def apply_credit(*, credit: Credit | int, invoice: Invoice, by: str, at: Instant) -> Credit:
    """
    Take a granted credit off an invoice, in the transaction that issues it; the same again changes nothing.

    `credit` is the row or its id. Raises AlreadyApplied.
    """
    key = credit if isinstance(credit, int) else credit.pk
    with transaction.atomic():
        done = Credit.objects.filter(pk=key, state="granted").update(
            state="applied", invoice=invoice, applied_at=at.utc()
        )
        row = Credit.objects.select_related("agreement", "claim", "invoice").get(pk=key)
        if done:
            record(facts=[applied_fact(row, by=by, at=at)])
        elif row.invoice_id != invoice.pk:
            where = f"taken off invoice {row.invoice.number}" if row.invoice else row.state
            raise AlreadyApplied(f"{row.name} is {where}; only a granted credit is taken off an invoice, and once")
    return row
