"""Credit notes: what takes an invoice back, whole or in part. One person proposes it, a second one issues it."""

import logging
from fractions import Fraction
from typing import Any

from django.db import transaction

from upheld.apps.approvals import services as approvals
from upheld.apps.approvals.models import Approval
from upheld.apps.billing.facts import credited_fact
from upheld.apps.billing.models import Invoice
from upheld.apps.billing.queries.invoices import invoice as read_invoice
from upheld.apps.billing.queries.invoices import notes_of
from upheld.apps.billing.queries.invoices_standing import standing_of
from upheld.apps.billing.services.invoices_numbers import CREDIT_NOTES, take_number
from upheld.apps.billing.services.payments import settle, tell_invoice
from upheld.apps.ledger.services import lock_tree, record
from upheld.apps.parties.services import take_turn
from upheld.core.money import Money, Rounding
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")

KIND = "credit note"
"""What a proposal of one is called among the approvals."""


class CannotCredit(ValueError):
    """A credit note of nothing, of more than is left of the invoice, of a credit note, or without a reason."""


def propose_credit_note(*, invoice: Invoice, because: str, by: str, at: Instant, amount: Money | None = None) -> Approval:
    """
    Propose to take back an invoice, or `amount` of it, tax included. Nothing is issued before a second person confirms it.

    Raises CannotCredit, and what `approvals.services.propose` raises.
    """
    taken = refuse_more(invoice, amount, at)
    return approvals.propose(
        kind=KIND, subject=invoice.number, agreement=invoice.agreement.key, content={"amount": str(taken)},
        because=because, by=by, at=at,
    )  # fmt: skip


def refuse_more(invoice: Invoice, amount: Money | None, at: Instant) -> Money:
    """What would be taken back; raises CannotCredit."""
    if invoice.kind != Invoice.Kind.INVOICE or not invoice.is_drawn_up:
        raise CannotCredit(f"{invoice.number} was not issued here as an invoice; only such a one is taken back here")
    standing = standing_of(invoice, at)
    most = Money(standing.amount.amount - standing.taken_back.amount, standing.amount.currency)
    taken = amount or most
    if taken.currency != most.currency:
        raise CannotCredit(f"{invoice.number} is in {most.currency}, the credit note would be in {taken.currency}")
    if not 0 < taken.amount <= most.amount:
        raise CannotCredit(f"{invoice.number}: between 0.01 and {most} can be taken back, came {taken}")
    return taken


def confirm_credit_note(*, approval: Approval, by: str, at: Instant) -> Invoice:
    """
    As the second person, issue the credit note that was proposed. The invoice stays as it is.

    Raises CannotCredit, and what `approvals.services.confirm` raises.
    """
    with transaction.atomic():
        take_turn()
        invoice = read_invoice(approval.subject)
        lock_tree(invoice.agreement.key)
        approvals.confirm(approval=approval, by=by, at=at)
        taken = refuse_more(invoice, Money.parse(approval.content["amount"]), at)
        series, place, number = take_number(CREDIT_NOTES, at)
        net, tax = split_tax(invoice, taken)
        note = Invoice.objects.create(
            agreement=invoice.agreement, number=number, kind=Invoice.Kind.CREDIT_NOTE, series=series, place=place,
            amount=str(taken), net=str(net), tax=str(tax) if tax is not None else "", corrects=invoice,
            because=approval.because, content=write_note(invoice, taken, net, tax, approval.because),
            issued_by=approval.proposed_by, issued_at=at.utc(), due_at=at.utc(), paid_at=at.utc(),
        )  # fmt: skip
        record(facts=[credited_fact(note, invoice, approved_by=by, at=at)])
        tell_invoice("invoice.credited", invoice, f"{taken} of it were taken back", f"{number}-issued", at,
                     note=number, amount=str(taken))  # fmt: skip
        settle(invoice, by=by, at=at)
    log.info("credit note issued", extra={"note": number, "invoice": invoice.number, "by": by})
    return note


def split_tax(invoice: Invoice, taken: Money) -> tuple[Money, Money | None]:
    """
    Net and tax of what is taken back: of a part at the invoice's own rate, rounded once; of all that is left what the
    earlier notes left, so that notes of the whole add up to the invoice.
    """
    if not invoice.tax:
        return taken, None
    notes = notes_of(invoice)
    earlier = sum((Money.parse(note.amount).amount for note in notes), taken.amount)
    if earlier == invoice.money.amount:
        net = Money.parse(invoice.net).amount - sum((Money.parse(note.net).amount for note in notes), Fraction(0))
        return Money(net, taken.currency), Money(taken.amount - net, taken.currency)
    rounding = Rounding(invoice.content["rounding"]["mode"], Fraction(invoice.content["rounding"]["step"]))
    kept = rounding.apply(Money(taken.amount / (1 + Fraction(invoice.content["tax_rate"])), taken.currency))
    return kept, Money(taken.amount - kept.amount, taken.currency)


def write_note(invoice: Invoice, taken: Money, net: Money, tax: Money | None, because: str) -> dict[str, Any]:
    """What the paper and the exports show of it."""
    named = ("agreement", "customer", "provider", "title", "edition", "period", "days", "currency", "tax_rate")
    return {
        **{name: invoice.content[name] for name in named},
        **{name: invoice.content[name] for name in ("from", "to", "untaxed_because") if name in invoice.content},
        "corrects": invoice.number,
        "lines": [],
        "credits": [],
        "because": because,
        "net": str(net),
        "tax": str(tax) if tax is not None else None,
        "gross": str(taken) if tax is not None else None,
    }
