"""Payments from a bank's file: previewed first, then recorded; every row is answered, none is lost, none counts twice."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction

from django.db import transaction

from upheld.apps.billing.models import Invoice, Payment
from upheld.apps.billing.queries.payments import find_named
from upheld.apps.billing.services.payments import CannotPay, count, left_of, lock_invoice, next_number, refuse_payment
from upheld.apps.parties.services import take_turn
from upheld.core.money import Money
from upheld.core.timeline import Instant
from upheld.gateways.bank import Row

log = logging.getLogger("upheld.billing")

MATCHED, PART, OVERPAID = "matched", "part payment", "overpaid"
UNKNOWN, DUPLICATE, UNREADABLE = "unknown reference", "duplicate", "not readable"


@dataclass(frozen=True, slots=True)
class Answered:
    """What becomes of a row: one of the six answers, the invoice where one is known, and a sentence."""

    row: Row
    answer: str
    words: str
    invoice: Invoice | None = None
    payment: Payment | None = None


def preview_payments(rows: list[Row], at: Instant) -> list[Answered]:
    """What an import would do with each row, in their order; nothing is written."""
    left: dict[int, Fraction] = {}
    seen: set[str] = set()
    answered: list[Answered] = []
    for row in rows:
        again = Answered(row, DUPLICATE, "the bank's own name of it stands in an earlier row of this file")
        answered.append(again if row.key in seen else judge_row(row, left, at))
        seen.add(row.key)
    return answered


def read_day(row: Row) -> Instant | None:
    """The start of the day in UTC: a bank tells no hour, and money that came on the last day came in time."""
    day = row.paid_on
    return Instant.of(datetime(day.year, day.month, day.day, tzinfo=UTC)) if day else None


def judge_row(row: Row, left: dict[int, Fraction], at: Instant) -> Answered:
    """`left` is what earlier rows of the same file leave of each invoice."""
    before = Payment.objects.filter(key=row.key).first()
    if before is not None:
        last = last_of(before)
        how = "was reversed" if last.reversed_at else "was put aside" if last.aside_at else "counts once"
        return Answered(row, DUPLICATE, f"it is on record as {last.name} and {how}", last.invoice, last)
    paid_at = read_day(row)
    if row.problem or row.amount is None or paid_at is None:
        return Answered(row, UNREADABLE, f"line {row.begins_at}, {row.problem}")
    named = find_named(row.reference)
    if len(named) != 1:
        numbers = ", ".join(invoice.number for invoice in named)
        words = f"its reference names several invoices, {numbers}" if named else "its reference names no invoice"
        return Answered(row, UNKNOWN, f"{words}; a person says what it was for")
    invoice = named[0]
    try:
        refuse_payment(invoice, row.amount, paid_at, at)
    except CannotPay as problem:
        return Answered(row, UNKNOWN, f"{problem}; a person says what it was for")
    rest = left.get(invoice.pk, left_of(invoice).amount) - row.amount.amount
    left[invoice.pk] = rest
    shown = Money(abs(rest), row.amount.currency)
    if rest > 0:
        return Answered(row, PART, f"{shown} of {invoice.number} are left after it", invoice)
    if rest < 0:
        return Answered(row, OVERPAID, f"it is {shown} more than was left of {invoice.number}", invoice)
    return Answered(row, MATCHED, f"{invoice.number} is paid by it", invoice)


def last_of(payment: Payment) -> Payment:
    """The payment that stands for it now, where it was reversed."""
    while payment.reversed_at is not None and payment.reversal.becomes is not None:
        payment = payment.reversal.becomes
    return payment


def import_payments(*, rows: list[Row], origin: str, by: str, at: Instant) -> list[Answered]:
    """
    Record every row that is not on record: towards its invoice, or kept for a person. The same file again changes nothing.

    Each row is a transaction of its own, so what was done stays done if it is broken off; the rest follows when the file
    is read again.
    """
    answered = [record_row(row, origin, by, at) for row in rows]
    log.info("payments imported", extra={"file": origin, "rows": len(rows)})
    return answered


def record_row(row: Row, origin: str, by: str, at: Instant) -> Answered:
    with transaction.atomic():
        take_turn()
        found = judge_row(row, {}, at)
        if found.answer == DUPLICATE:
            return found
        paid_at = read_day(row)
        payment = Payment.objects.create(
            number=next_number(), amount=str(row.amount) if row.amount else "",
            paid_at=paid_at.utc() if paid_at else None, reference=row.reference, key=row.key, line=row.line,
            origin=origin, problem=found.words if found.invoice is None else "", recorded_by=by, recorded_at=at.utc(),
        )  # fmt: skip
        if found.invoice is not None:
            count(payment, lock_invoice(found.invoice), by=by, at=at)
        return replace(found, payment=payment)
