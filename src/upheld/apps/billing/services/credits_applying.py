"""Taking a granted credit off the invoices that the clause names: what fits, once each, with its fact."""

from typing import Any

from django.db import transaction

from upheld.apps.billing.facts.credits import applied_fact
from upheld.apps.billing.models import Application, Credit, Invoice
from upheld.apps.billing.queries.credits import left_of
from upheld.apps.ledger.services import record
from upheld.apps.oncall.services import announce
from upheld.core.money import Money
from upheld.core.timeline import Instant


class AlreadyApplied(ValueError):
    """The credit was taken off other invoices, is not granted, or less of it is left."""


def apply_credit(
    *, credit: Credit | int, invoice: Invoice, by: str, at: Instant, amount: Money | None = None
) -> Credit:  # fmt: skip
    """
    Take a granted credit off an invoice, all that is left of it or `amount`, in the transaction that issues the invoice.

    The same invoice again changes nothing. A credit is applied once nothing of it is left; the rest stays granted.
    `credit` is the row or its id. Raises AlreadyApplied.
    """
    key = credit if isinstance(credit, int) else credit.pk
    with transaction.atomic():
        row = Credit.objects.select_for_update(of=("self",)).select_related("agreement", "claim", "invoice").get(pk=key)
        parts = list(row.applications.order_by("pk"))
        if row.invoice_id == invoice.pk or any(part.invoice_id == invoice.pk for part in parts):
            return row
        left = left_of(row)
        if row.state != "granted" or left is None:
            where = f"taken off invoice {row.invoice.number}" if row.invoice else row.state
            raise AlreadyApplied(f"{row.name} is {where}; only a granted credit is taken off an invoice, and once")
        taken = left if amount is None else amount
        if taken != left and not 0 < taken.amount < left.amount:
            raise AlreadyApplied(f"{left} is left of {row.name}; {taken} cannot be taken off")
        is_whole = not parts and taken == left
        part = Application.objects.create(
            credit=row, invoice=invoice, amount=str(taken), applied_at=at.utc(),
            fact_id=f"{row.name}-applied{'' if is_whole else f'-{len(parts) + 1}'}",
        )  # fmt: skip
        if taken == left:
            row.state, row.invoice, row.applied_at = "applied", invoice, at.utc()
            row.save(update_fields=["state", "invoice", "applied_at"])
        record(facts=[applied_fact(part, by=by, at=at)])
        tell_credit("credit.applied", row, part.fact_id, f"{taken} were taken off invoice {invoice.number}", at,
                    invoice=invoice.number, taken=str(taken))  # fmt: skip
    return row


def tell_credit(event: str, credit: Credit, key: str, words: str, at: Instant, **more: Any) -> None:
    """Tell recipients of a step of a credit, in its transaction."""
    told = {
        "credit": credit.name, "rule": credit.credit, "kind": credit.kind, "state": credit.state,
        "amount": credit.amount or None, "period_from_at": str(credit.period.start), **more,
    }  # fmt: skip
    announce(event, credit.agreement, credit.name, words=words, path=f"/credits/{credit.name}", key=key, at=at, **told)
