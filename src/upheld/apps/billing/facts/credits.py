"""Rows of credits and their facts."""

from upheld.apps.billing.models import Application, Credit
from upheld.core.facts import CreditApplied, CreditCorrected, CreditDecided
from upheld.core.money import Money
from upheld.core.timeline import Instant

CORRECTED = "-corrected"
"""How the fact of a correction ends, behind the credit's name."""


def credit_decided_fact(credit: Credit, *, at: Instant) -> CreditDecided:
    """`by` decided, and the source recorded it: the second person, where one was needed."""
    return CreditDecided(
        id=f"{credit.name}-decided-{'granted' if credit.is_given else 'refused'}", agreement=credit.agreement.key,
        occurred_at=at, recorded_at=at, source=credit.confirmed_by or credit.decided_by, credit=credit.credit,
        period_from_at=Instant.of(credit.period_from_at), granted=credit.is_given, by=credit.decided_by,
        because=credit.because,
    )  # fmt: skip


def corrected_fact(credit: Credit, *, at: Instant) -> CreditCorrected:
    return CreditCorrected(
        id=f"{credit.name}{CORRECTED}", agreement=credit.agreement.key, occurred_at=at, recorded_at=at,
        source=credit.confirmed_by, credit=credit.credit, subject=credit.subject,
        period_from_at=Instant.of(credit.period_from_at), amount=Money.parse(credit.amount), by=credit.decided_by,
        approved_by=credit.confirmed_by, because=credit.because,
    )  # fmt: skip


def time_corrected_fact(credit: Credit, *, at: Instant) -> CreditDecided:
    """
    `credit-corrected/1` is about money. Time that is added or taken off is a further decision on the credit, which stays
    granted: its reason tells by how much, and source and `by` are the two persons.
    """
    assert credit.corrects is not None, "the database refuses a correction of nothing"
    return CreditDecided(
        id=f"{credit.name}{CORRECTED}", agreement=credit.agreement.key, occurred_at=at, recorded_at=at,
        source=credit.confirmed_by, credit=credit.credit, period_from_at=Instant.of(credit.period_from_at), granted=True,
        by=credit.decided_by, because=f"{credit.corrects.name} is corrected by {credit.amount}: {credit.because}",
    )  # fmt: skip


def applied_fact(part: Application, *, by: str, at: Instant) -> CreditApplied:
    """It happens in the period of its invoice, so that the judge takes it off just there."""
    credit = part.credit
    return CreditApplied(
        id=part.fact_id, agreement=credit.agreement.key, occurred_at=part.invoice.credits_at, recorded_at=at,
        source=by, credit=credit.credit, amount=Money.parse(part.amount), claim=credit.claim.name if credit.claim else "",
    )  # fmt: skip
