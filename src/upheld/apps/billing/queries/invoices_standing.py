"""How an invoice stands: what was paid, what was taken back, what is left, and since when that is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Invoice
from upheld.core.money import Money
from upheld.core.timeline import Instant

OPEN, PART_PAID, OVERDUE, PAID, OVERPAID, TAKEN_BACK = "open", "part paid", "overdue", "paid", "overpaid", "taken back"


@dataclass(frozen=True, slots=True)
class Standing:
    """Sums of one invoice as of an instant. `left` is negative where more came than was asked for."""

    invoice: Invoice
    amount: Money
    paid: Money
    taken_back: Money
    state: str

    @property
    def left(self) -> Money:
        return Money(self.amount.amount - self.paid.amount - self.taken_back.amount, self.amount.currency)

    @property
    def is_overdue(self) -> bool:
        return self.state == OVERDUE


def standing_of(invoice: Invoice, as_of: Instant) -> Standing:
    """How an invoice stands, from what was recorded and had happened by an instant."""
    amount = invoice.money
    payments = [row for row in invoice.payments.all() if row.counts_at(as_of)]
    notes = [row for row in invoice.credit_notes.all() if Instant.of(row.issued_at) <= as_of]
    paid, back = add_up(amount, [row.money for row in payments]), add_up(amount, [row.money for row in notes])
    if invoice.series_id is None and invoice.paid_at and not payments and Instant.of(invoice.paid_at) <= as_of:
        # Paid before payments had rows of their own: then all of it was.
        paid = amount
    left = amount.amount - paid.amount - back.amount
    return Standing(invoice, amount, paid, back, tell_state(invoice, left, paid, back, as_of))


def tell_state(invoice: Invoice, left: Fraction, paid: Money, back: Money, as_of: Instant) -> str:
    if left < 0 and paid.amount > 0:
        return OVERPAID
    if left <= 0:
        return TAKEN_BACK if back.amount and not paid.amount else PAID
    if Instant.of(invoice.due_at) <= as_of:
        return OVERDUE
    return PART_PAID if paid.amount else OPEN


def add_up(of: Money, amounts: Sequence[Money | None]) -> Money:
    """The sum of amounts in one currency."""
    return sum((one for one in amounts if one is not None), Money(Fraction(0), of.currency))


def arrears_of(agreement: Agreement, as_of: Instant) -> list[Standing]:
    """What is overdue under an agreement, the oldest first: what a claim's condition on invoices in default asks for."""
    rows = agreement.invoices.filter(kind=Invoice.Kind.INVOICE, due_at__lte=as_of.utc(), issued_at__lte=as_of.utc())
    rows = rows.order_by("due_at", "pk").prefetch_related("payments__reversal", "credit_notes")
    found = (standing_of(row, as_of) for row in rows)
    return [one for one in found if one.is_overdue]
