"""Writing about payments: money that came is a row and a fact, and an invoice is paid when its sum is reached."""

import logging
from fractions import Fraction

from django.db import transaction
from django.db.models import Max

from upheld.apps.billing.facts import paid_fact, received_fact
from upheld.apps.billing.models import Invoice, Payment, Reversal
from upheld.apps.billing.queries.invoices_standing import standing_of
from upheld.apps.ledger.services import lock_tree, record
from upheld.apps.oncall.services import announce
from upheld.apps.parties.services import take_turn
from upheld.core.money import Money
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")


class CannotPay(ValueError):
    """A payment of nothing, in another currency, ahead of its time, or towards a credit note."""


def record_payment(
    *, invoice: Invoice, paid_at: Instant, by: str, at: Instant, amount: Money | None = None, reference: str = ""
) -> Invoice:
    """
    Record that an invoice was paid: all that is left of it, or `amount`. Where nothing is left, the first record stays.

    Raises CannotPay.
    """
    with transaction.atomic():
        take_turn()
        invoice = lock_invoice(invoice)
        left = left_of(invoice)
        if amount is None and left.amount <= 0:
            return invoice
        paid = amount or left
        refuse_payment(invoice, paid, paid_at, at)
        number = next_number()
        payment = Payment.objects.create(
            number=number, amount=str(paid), paid_at=paid_at.utc(), reference=reference, key=f"person {number}",
            recorded_by=by, recorded_at=at.utc(),
        )  # fmt: skip
        return count(payment, invoice, by=by, at=at)


def refuse_payment(invoice: Invoice, amount: Money, paid_at: Instant, at: Instant) -> None:
    if invoice.kind != Invoice.Kind.INVOICE:
        raise CannotPay(f"{invoice.number} is a credit note; nobody pays one")
    if amount.currency != invoice.money.currency:
        raise CannotPay(f"{invoice.number} is in {invoice.money.currency}; the payment is in {amount.currency}")
    if amount.amount <= 0:
        raise CannotPay(f"{amount} is no payment; an amount above nothing is")
    if paid_at > at:
        raise CannotPay(f"it would be paid at {paid_at}, which lies ahead; only what happened is recorded")


def assign_payment(*, payment: Payment, invoice: Invoice, by: str, at: Instant) -> Invoice:
    """
    Say which invoice a payment was for that came without a reference that is known. Raises CannotPay, also for one that
    counts towards an invoice already, and for a line that could not be read. One that was put aside is so no longer.
    """
    with transaction.atomic():
        take_turn()
        invoice = lock_invoice(invoice)
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.invoice_id is not None:
            raise CannotPay(f"{fresh.name} counts towards an invoice already; that stands")
        if fresh.money is None or fresh.paid_at is None:
            raise CannotPay(f"{fresh.name} could not be read: {fresh.problem}. Record it by hand, from the bank's own paper")
        refuse_payment(invoice, fresh.money, Instant.of(fresh.paid_at), at)
        return count(fresh, invoice, by=by, at=at)


def lock_invoice(invoice: Invoice) -> Invoice:
    """The invoice as it is now, with the ledger of its agreement: nobody else pays it or takes it back meanwhile."""
    lock_tree(invoice.agreement.key)
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("agreement__customer", "agreement__version")
    return rows.get(pk=invoice.pk)


def next_number() -> int:
    """Called after `take_turn`."""
    return (Payment.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def left_of(invoice: Invoice) -> Money:
    """What is left of it with everything that is on record, whenever it happened."""
    latest = [invoice.issued_at, *(row.paid_at for row in invoice.payments.all() if row.paid_at)]
    latest += [row.reversal.reversed_at for row in invoice.payments.all() if row.reversed_at]
    latest += [row.issued_at for row in invoice.credit_notes.all()] + ([invoice.paid_at] if invoice.paid_at else [])
    return standing_of(invoice, Instant.of(max(latest))).left


def count(payment: Payment, invoice: Invoice, *, by: str, at: Instant) -> Invoice:
    """A payment counts towards an invoice from now on."""
    payment.invoice, payment.problem = invoice, ""
    payment.aside_by, payment.aside_at, payment.aside_because = "", None, ""
    payment.save(update_fields=["invoice", "problem", "aside_by", "aside_at", "aside_because"])
    record(facts=[received_fact(payment, invoice, by=by, at=at)])
    tell_invoice(
        "payment.received", invoice, f"{payment.amount} came towards it", f"{payment.name}-received", at,
        payment=payment.name, amount=payment.amount, paid_at=str(Instant.of(payment.paid_at)) if payment.paid_at else None,
    )  # fmt: skip
    log.info("payment received", extra={"payment": payment.name, "invoice": invoice.number})
    return settle(invoice, by=by, at=at)


def settle(invoice: Invoice, *, by: str, at: Instant) -> Invoice:
    """Once nothing is left to pay, the invoice is paid: from the day of the payment, or the note, that reached the sum."""
    if invoice.paid_at is None and left_of(invoice).amount <= 0:
        reached_at = min(find_reached(invoice), at)
        invoice.paid_at = reached_at.utc()
        invoice.save(update_fields=["paid_at"])
        last = Reversal.objects.filter(payment__invoice=invoice).select_related("payment").order_by("-pk").first()
        fact = paid_fact(invoice, paid_at=reached_at, by=by, at=at, after=last.payment.name if last else "")
        record(facts=[fact])
        tell_invoice("invoice.paid", invoice, "nothing of it is left to pay", fact.id, at,
                     amount=invoice.amount, paid_at=str(reached_at))  # fmt: skip
    return invoice


def tell_invoice(event: str, invoice: Invoice, words: str, key: str, at: Instant, **more: str | None) -> None:
    """Tell recipients of what became of an invoice, in the transaction of its fact."""
    announce(
        event, invoice.agreement, invoice.number, words=words, path=f"/invoices/{invoice.agreement.key}/of/{invoice.number}",
        key=key, at=at, invoice=invoice.number, **more,
    )  # fmt: skip


def find_reached(invoice: Invoice) -> Instant:
    """The instant of the payment or credit note with which the sum was reached, in the order in which they happened."""
    rows = [row for row in invoice.payments.select_related("reversal") if row.reversed_at is None]
    came = [(Instant.of(row.paid_at), Money.parse(row.amount).amount) for row in rows if row.paid_at]
    came += [(Instant.of(row.issued_at), row.money.amount) for row in invoice.credit_notes.all()]
    left, reached = invoice.money.amount, Instant.of(invoice.issued_at)
    for moment, amount in sorted(came):
        if left <= Fraction(0):
            break
        left, reached = left - amount, moment
    return reached
