"""Credits as they are on record: what waits, what may be applied to which invoice, what differs from the finding."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts.credits import CORRECTED
from upheld.apps.billing.models import Credit
from upheld.apps.billing.models.credits import CORRECTION, GIVEN_STATES, OPEN_STATES, read_amount, read_money, write_amount
from upheld.apps.findings.queries import period_at
from upheld.core.facts import ClaimDecided, CreditCorrected, CreditDecided, Fact
from upheld.core.money import Money
from upheld.core.timeline import Instant, Span

AFTER_CONFIRMATION = "invoice of the period after confirmation"
ON_INVOICES = (AFTER_CONFIRMATION, "next invoice", "a later invoice", "future payments", "as the decision to give it says")
"""Where the agreement pays a credit by taking it off an invoice."""


class UnknownCredit(LookupError):
    """A credit that is not on record."""


@dataclass(frozen=True, slots=True)
class ToApply:
    """
    A granted credit in money that waits for its invoice: what is left of it, or the part that an invoice takes off.

    `from_at`: no invoice of an earlier period takes it off.
    """

    id: int
    name: str
    credit: str
    subject: str
    amount: Money
    clauses: tuple[str, ...]
    paid: str
    """The invoice that the clause names, in its words."""
    from_at: Instant | None
    granted_at: Instant
    claim: str

    def is_for(self, period: Span | None) -> bool:
        """Whether the invoice of this period is one that the clause means; one without a period takes any."""
        return period is None or self.from_at is None or period.start >= self.from_at


def credit(name: str) -> Credit:
    """The credit `CR-7`; raises UnknownCredit."""
    number = name.removeprefix("CR-")
    known = name.startswith("CR-") and number.isascii() and number.isdigit() and len(number) < 10
    found = None
    if known:
        found = Credit.objects.select_related("agreement__customer", "claim", "invoice").filter(number=int(number)).first()
    if found is None:
        raise UnknownCredit(f"no credit is called {name!r}; they are called CR-1, CR-2 and so on")
    return found


def list_credits(agreement: Agreement | None = None, *, states: tuple[str, ...] = ()) -> list[Credit]:
    """Credits: what waits for a person first, the oldest of it on top; then what differs, then the latest."""
    rows = Credit.objects.select_related("agreement__customer", "claim", "invoice", "corrects")
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    if states:
        rows = rows.filter(state__in=states)
    return sorted(rows, key=lambda row: (not row.is_open, row.number if row.is_open else -row.number))


def credits_to_apply(agreement: Agreement, as_of: Instant) -> list[ToApply]:
    """Granted credits in money that no invoice took off yet and that go on invoices; the oldest first."""
    rows = Credit.objects.select_related("agreement", "claim").prefetch_related("applications").filter(
        agreement=agreement, state="granted", decided_at__lte=as_of.utc()
    )  # fmt: skip
    found = []
    for row in rows.order_by("decided_at", "number"):
        place = row.paid.partition(", within ")[0]
        if (money := left_of(row)) is None or place not in ON_INVOICES:
            continue
        assert row.decided_at is not None, "the database refuses a granted credit without a time"
        granted_at = Instant.of(row.decided_at)
        from_at = period_at(agreement, granted_at).end if place == AFTER_CONFIRMATION else None
        found.append(
            ToApply(
                id=row.pk, name=row.name, credit=row.credit, subject=row.subject, amount=money, clauses=tuple(row.clauses),
                paid=row.paid, from_at=from_at, granted_at=granted_at, claim=row.claim.name if row.claim else "",
            )
        )  # fmt: skip
    return found


def left_of(row: Credit) -> Money | None:
    """What no invoice took off yet; None for time, and where the agreement leaves the amount undefined."""
    money = row.money
    if money is None or row.state == "applied":
        return None
    taken = sum((Money.parse(part.amount).amount for part in row.applications.all()), Fraction(0))
    return Money(money.amount - taken, money.currency)


def tell_parts(row: Credit) -> str:
    """Which invoices took off what, in a sentence; nothing where none did."""
    parts = [f"{part.amount} off invoice {part.invoice.number}" for part in row.applications.select_related("invoice")]
    left = left_of(row)
    if not parts or (row.state == "applied" and len(parts) == 1):
        return f"Taken off invoice {row.invoice.number}." if row.invoice else ""
    return f"Taken in parts: {', '.join(parts)}{f'; {left} waits for the next' if left and left.amount else ''}."


def rows_of(agreement: Agreement, period: Span) -> list[Credit]:
    """Every credit of a period, corrections too."""
    return list(Credit.objects.filter(agreement=agreement, period_from_at=period.start.utc()).order_by("number"))


def corrections_in(facts: Iterable[Fact], period: Span) -> list[CreditCorrected | CreditDecided]:
    """What two persons put right of the credits of a period, in money or in time, in the order of the ledger."""
    return [
        fact
        for fact in facts
        if isinstance(fact, CreditCorrected) or (isinstance(fact, CreditDecided) and fact.id.endswith(CORRECTED))
        if period.contains(fact.period_from_at)
    ]


def granted_otherwise(facts: Iterable[Fact], claims: Iterable[Mapping[str, Any]]) -> list[ClaimDecided]:
    """The last word of a person on each claim of a statement, where it is granted and the agreement alone refuses it."""
    refused = {claim["claim"] for claim in claims if not claim["accepted"]}
    last = {fact.claim: fact for fact in facts if isinstance(fact, ClaimDecided) and fact.claim in refused}
    return [fact for fact in last.values() if fact.granted]


def difference_of(row: Credit) -> str:
    """By how much the finding differs from a given credit with its corrections, signed; empty where it does not."""
    if not row.is_given or row.kind == CORRECTION:
        return ""
    given, found = read_amount(row.amount), read_amount(row.found)
    if given is None or found is None:
        return ""
    made = row.corrections.filter(state__in=GIVEN_STATES).values_list("amount", flat=True)
    rest = found - given - sum((read_amount(amount) or Fraction(0) for amount in made), Fraction(0))
    return write_amount(rest, measure_of(row)) if rest else ""


def measure_of(row: Credit) -> str:
    """In what it is counted: a currency, or hours, days or months; empty where no amount was ever defined."""
    return measure_in(row.amount or row.found)


def measure_in(written: str) -> str:
    return written.partition(" ")[0] if read_money(written) else written.rpartition(" ")[2]


def needs_second(row: Credit, granted: bool) -> bool:
    """Whether two persons decide it: what is at discretion, and what is refused although there is a right to it."""
    return row.kind != "right" or (not granted and row.state in OPEN_STATES)
