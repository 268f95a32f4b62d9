"""A customer's account: every invoice, credit note and payment in its order, with what is owed after each."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from upheld.apps.billing.models import Invoice
from upheld.apps.parties.models import Customer
from upheld.core.money import Money
from upheld.core.timeline import Instant

ISSUED, CREDITED, PAID, REVERSED = "invoice", "credit note", "payment", "reversal of payment"


@dataclass(frozen=True, slots=True)
class Booking:
    """One line of an account. `amount` raises what is owed, or lowers it; `owed` is negative where too much came."""

    at: Instant
    kind: str
    name: str
    invoice: Invoice
    amount: Money
    owed: Money


def account_of(customer: Customer, as_of: Instant) -> list[Booking]:
    """Everything that happened by an instant, the first first; each currency is reckoned for itself."""
    rows = Invoice.objects.filter(agreement__customer=customer).select_related("agreement", "corrects")
    told = [one for row in rows.prefetch_related("payments__reversal") for one in tell_bookings(row) if one[0] <= as_of]
    owed: dict[str, Money] = {}
    found: list[Booking] = []
    for at, kind, name, invoice, amount in sorted(told, key=lambda one: (one[0], one[3].pk)):
        owed[amount.currency] = owed.get(amount.currency, Money(Fraction(0), amount.currency)) + amount
        found.append(Booking(at, kind, name, invoice, amount, owed[amount.currency]))
    return found


def tell_bookings(row: Invoice) -> Iterator[tuple[Instant, str, str, Invoice, Money]]:
    if row.corrects is not None:
        yield Instant.of(row.issued_at), CREDITED, row.number, row, row.money * -1
        return
    yield Instant.of(row.issued_at), ISSUED, row.number, row, row.money
    payments = list(row.payments.all())
    for payment in payments:
        if payment.money is not None and payment.paid_at is not None:
            yield Instant.of(payment.paid_at), PAID, payment.name, row, payment.money * -1
            if payment.reversed_at is not None:
                yield payment.reversed_at, REVERSED, payment.name, row, payment.money
    if not payments and row.series_id is None and row.paid_at is not None:
        # Paid before payments had rows of their own: then all of it was.
        yield Instant.of(row.paid_at), PAID, row.number, row, row.money * -1
