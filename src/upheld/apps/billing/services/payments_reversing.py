"""Reversing a payment that was counted wrongly: by two persons, and nothing of it is deleted; the invoice is open again."""

import logging
from collections.abc import Mapping

from django.db import transaction

from upheld.apps.agreements.queries import agreement
from upheld.apps.approvals import services as approvals
from upheld.apps.approvals.models import Approval
from upheld.apps.billing.facts.invoices import no_longer_fact, received_id
from upheld.apps.billing.models import Invoice, Payment, Reversal
from upheld.apps.billing.queries.invoices import invoice as find_invoice
from upheld.apps.billing.services.payments import (
    count,
    find_reached,
    left_of,
    lock_invoice,
    next_number,
    refuse_payment,
    settle,
    tell_invoice,
)
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.facts import FactCorrected, InvoicePaid, known_at, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")
KIND = "payment reversal"
"""Of what waits for a second person here."""
ANOTHER, WAITS, GONE = "another", "waits", "gone"
FATES: Mapping[str, str] = {
    ANOTHER: "It was for another invoice",
    WAITS: "It came, and waits until somebody knows what for",
    GONE: "It never came, or was sent back",
}
"""What becomes of the money."""
AGAIN = " again "
"""In the key of a payment that stands for a reversed one: the same line of a bank still counts once."""


class CannotReverse(ValueError):
    """A payment that counts towards nothing, was reversed before, or would be counted to the same invoice again."""


def propose_reversal(
    *, payment: Payment, fate: str, because: str, by: str, at: Instant, invoice: Invoice | None = None
) -> Approval:
    """
    Propose that a payment counts towards its invoice no longer; `invoice` is the one that it was for, where the fate is
    `another`. A second person confirms it.

    Raises CannotReverse, CannotPay, and what `approvals.services.propose` raises.
    """
    wrong = refuse_reversal(payment, fate, invoice, at)
    named = {"agreement": invoice.agreement.key, "invoice": invoice.number} if invoice else {}
    return approvals.propose(
        kind=KIND, subject=payment.name, agreement=wrong.agreement.key, content={"fate": fate, **named}, because=because,
        by=by, at=at,
    )  # fmt: skip


def refuse_reversal(payment: Payment, fate: str, invoice: Invoice | None, at: Instant) -> Invoice:
    """The invoice that it counts towards wrongly."""
    wrong = payment.invoice
    if wrong is None or payment.money is None or payment.paid_at is None:
        raise CannotReverse(f"{payment.name} counts towards no invoice; say what it was for instead")
    if payment.reversed_at is not None:
        raise CannotReverse(f"{payment.name} was reversed at {payment.reversed_at}; once is enough")
    if fate not in FATES:
        raise CannotReverse(f"what becomes of the money is one of {', '.join(FATES)}; came {fate!r}")
    if (fate == ANOTHER) != (invoice is not None):
        raise CannotReverse("name the invoice that it was for, where it was for another one, and only there")
    if invoice is not None:
        if invoice.pk == wrong.pk:
            raise CannotReverse(f"{payment.name} counts towards {wrong.number} already; name the invoice that it was for")
        refuse_payment(invoice, payment.money, Instant.of(payment.paid_at), at)
    return wrong


def confirm_reversal(*, approval: Approval, by: str, at: Instant) -> Payment:
    """
    As the second person, do what was proposed: the payment stays on record and counts no longer, and where the money is
    kept a payment of its own stands for it. An invoice of which something is left then is not paid any more.

    Raises CannotReverse, CannotPay, approvals.SamePerson, approvals.AlreadyDecided.
    """
    with transaction.atomic():
        take_turn()
        payment = Payment.objects.select_for_update(of=("self",)).get(number=int(approval.subject.removeprefix("P-")))
        said = approval.content
        to = lock_invoice(find_invoice(said["invoice"], agreement(said["agreement"]))) if said["fate"] == ANOTHER else None
        wrong = lock_invoice(refuse_reversal(payment, said["fate"], to, at))
        approvals.confirm(approval=approval, by=by, at=at)
        becomes = None if said["fate"] == GONE else write_again(payment, wrong, approval.proposed_by, at)
        reversal = Reversal.objects.create(
            payment=payment, becomes=becomes, because=approval.because, proposed_by=approval.proposed_by, confirmed_by=by,
            reversed_at=at.utc(),
        )  # fmt: skip
        record(facts=[no_longer_fact(reversal, wrong, received_id(payment), at=at)])
        tell_invoice(
            "payment.reversed", wrong, f"{payment.name} counts towards it no longer", f"{payment.name}-reversed", at,
            payment=payment.name, amount=payment.amount, becomes=becomes.name if becomes else None,
        )  # fmt: skip
        reopen(wrong, reversal, at)
        if to is not None and becomes is not None:
            count(becomes, to, by=approval.proposed_by, at=at)
    log.info("payment reversed", extra={"payment": payment.name, "invoice": wrong.number, "by": by})
    return payment


def write_again(payment: Payment, wrong: Invoice, by: str, at: Instant) -> Payment:
    """The same money as a payment that counts towards nothing yet."""
    number = next_number()
    return Payment.objects.create(
        number=number, amount=payment.amount, paid_at=payment.paid_at, reference=payment.reference, line=payment.line,
        key=f"{payment.key.partition(AGAIN)[0]}{AGAIN}{number}", origin=payment.origin, recorded_by=by,
        recorded_at=at.utc(), problem=f"as {payment.name} it was counted to {wrong.number} by mistake",
    )  # fmt: skip


def reopen(invoice: Invoice, reversal: Reversal, at: Instant) -> None:
    """What was paid by it alone is not paid any more; what others paid, too, is paid since the last that was needed."""
    if invoice.paid_at is None:
        return
    if left_of(invoice).amount <= 0 and min(find_reached(invoice), at) == Instant.of(invoice.paid_at):
        return
    known = known_at(facts_of(invoice.agreement.key, kinds=(InvoicePaid, FactCorrected)), at)
    said = [fact.id for fact in of_kind(known, InvoicePaid) if fact.invoice == invoice.number]
    record(facts=[no_longer_fact(reversal, invoice, name, at=at) for name in said])
    invoice.paid_at = None
    invoice.save(update_fields=["paid_at"])
    settle(invoice, by=reversal.proposed_by, at=at)
