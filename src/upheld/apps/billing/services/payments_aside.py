"""Putting a payment aside that is for no invoice: it waits for nobody any more, and stays on record with the reason."""

import logging

from django.db import transaction

from upheld.apps.billing.models import Payment
from upheld.apps.billing.services.payments import CannotPay
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")


def put_aside(*, payment: Payment, because: str, by: str, at: Instant) -> Payment:
    """
    Say that a payment is for no invoice, or that its line cannot be read, and why. It never counted, so the ledger hears
    nothing of it; `assign_payment` brings it back.

    Raises CannotPay for one that counts, or counted, towards an invoice, for one that is aside, and without a reason.
    """
    if not because.strip():
        raise CannotPay("say why it is for no invoice, in a few words: whoever finds it later reads this")
    with transaction.atomic():
        take_turn()
        fresh = Payment.objects.select_for_update().get(pk=payment.pk)
        if fresh.invoice_id is not None:
            raise CannotPay(f"{fresh.name} was counted towards an invoice; it is reversed on the page of that invoice")
        if fresh.aside_at is not None:
            raise CannotPay(f"{fresh.name} is put aside already: {fresh.aside_because}")
        fresh.aside_by, fresh.aside_at, fresh.aside_because = by, at.utc(), because.strip()
        fresh.save(update_fields=["aside_by", "aside_at", "aside_because"])
    log.info("payment put aside", extra={"payment": fresh.name, "by": by})
    return fresh
