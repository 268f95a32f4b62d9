"""Credits arise by themselves: proposed from what the judge finds, in step with late facts until somebody decided."""

import logging
from collections.abc import Sequence
from fractions import Fraction

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Claim, Credit, Look
from upheld.apps.billing.models.credits import CORRECTION, DISCRETION, GIVEN_STATES, OPEN_STATES, write_amount
from upheld.apps.billing.queries.credits import measure_of, rows_of
from upheld.apps.billing.queries.credits_found import Key, Owed, find_deadlines, find_owed, look
from upheld.apps.billing.services.credits_applying import AlreadyApplied, apply_credit, tell_credit
from upheld.apps.ledger.queries import head_of
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant, Span

log = logging.getLogger("upheld.billing")
__all__ = ["AlreadyApplied", "Key", "apply_credit", "key_of", "lapse_due", "propose_credits"]

FOLLOWS = "the claim {claim} was {how} by {by}: {because}."


def propose_credits(*, agreement: Agreement, period: Span, at: Instant, first: Sequence[Key] = ()) -> int:
    """
    Bring the credits of a period in step with what the judge finds now; the number of rows that changed.

    A new one is proposed, an open one follows the finding, a decided one only keeps what was found beside it. Repeated, or
    done by several at once, it comes to the same rows. `first` are those about to be granted. Raises CannotJudge.
    """
    head = head_of(agreement.key)
    size = head.size if head else 0
    if not first and was_seen(agreement, period, size, at):
        return 0
    statement = look(agreement, period, at)
    with transaction.atomic():
        take_turn()
        rows = rows_of(agreement, period)
        claims = claims_about(agreement)
        told = find_owed(statement, rows) if any(claim.is_granted for claim in claims.values()) else []
        granted = [one.key for one in told if is_claim_granted(one, claims)]
        owed = {one.key: one for one in find_owed(statement, rows, [*first, *granted])}
        ends = find_deadlines(agreement, period, at, list(owed.values()))
        changed = 0
        for row in [row for row in rows if row.kind != CORRECTION]:
            changed += follow(row, owed.pop(key_of(row), None), ends, claims, at)
        for one in owed.values():
            follow(add(agreement, period, one, at), one, ends, claims, at)
            changed += 1
        Look.objects.update_or_create(
            agreement=agreement, period_from_at=period.start.utc(), defaults={"size": size, "looked_at": at.utc()}
        )
    return changed


def was_seen(agreement: Agreement, period: Span, size: int, at: Instant) -> bool:
    """Whether the same ledger was looked at for this period from the same instant, or a later one."""
    return Look.objects.filter(
        agreement=agreement, period_from_at=period.start.utc(), size=size, looked_at__gte=at.utc()
    ).exists()


def key_of(row: Credit) -> Key:
    return row.credit, row.promise, row.subject


def claims_about(agreement: Agreement) -> dict[str, Claim]:
    return {claim.name: claim for claim in Claim.objects.filter(agreement=agreement).order_by("number")}


def is_claim_granted(one: Owed, claims: dict[str, Claim]) -> bool:
    """Whether a person granted a claim that speaks of it."""
    return any(claims[name].is_granted for name in one.claims if name in claims)


def add(agreement: Agreement, period: Span, one: Owed, at: Instant) -> Credit:
    """A new row, under the caller's turn, so that its number is its own."""
    number = (Credit.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    row = Credit.objects.create(
        number=number, agreement=agreement, credit=one.credit, promise=one.promise, period_from_at=period.start.utc(),
        period_to_at=period.end.utc(), kind=one.kind, subject=one.subject, amount=one.written, found=one.written,
        reason=one.reason, clauses=list(one.clauses), paid=one.paid, offsets=one.offsets, needs_claim=one.needs_claim,
        proposed_at=at.utc(),
    )  # fmt: skip
    found = f"a credit of {row.amount or 'an amount that the agreement leaves open'} was found"
    tell_credit("credit.proposed", row, f"{row.name}-proposed", found, at)
    log.info("credit proposed", extra={"credit": row.name, "agreement": agreement.key, "amount": row.amount})
    return row


def follow(row: Credit, one: Owed | None, ends: dict[Key, Instant], claims: dict[str, Claim], at: Instant) -> bool:
    """Bring one row in step; whether it changed. A decided one is never changed: only what is found now is noted."""
    stood = row.state
    before = {field.attname: getattr(row, field.attname) for field in Credit._meta.concrete_fields}
    measure = measure_of(row)
    row.found = one.written if one else write_amount(Fraction(0), measure) if measure else ""
    speaking = [claims[name] for name in (one.claims if one else ()) if name in claims]
    if row.is_open or row.state in ("withdrawn", "lapsed"):
        keep_in_step(row, one, ends.get(key_of(row)), speaking, at)
    if one is not None and row.state in (*OPEN_STATES, "refused"):
        decide_by_claims(row, speaking, one)
    is_changed = any(getattr(row, name) != value for name, value in before.items())
    if is_changed:
        row.save()
    if row.state != stood and row.state in (*GIVEN_STATES, "refused"):
        tell_decision(row, at)
    return is_changed


def tell_decision(row: Credit, at: Instant) -> None:
    """A refused credit may still be granted, on appeal: each decision is told once."""
    tell_credit("credit.decided", row, f"{row.name}-{row.state}", f"{row.amount or 'it'} was {row.state}", at)


def keep_in_step(row: Credit, one: Owed | None, end: Instant | None, speaking: Sequence[Claim], at: Instant) -> None:
    """An open credit says what the finding says; one that is not owed any more is withdrawn, and may come back."""
    if one is None:
        row.amount, row.state, row.reason = row.found, "withdrawn", "By what is known now nothing is owed."
        return
    row.amount, row.reason, row.kind = one.written, one.reason, one.kind
    row.clauses, row.paid, row.offsets, row.needs_claim = list(one.clauses), one.paid, one.offsets, one.needs_claim
    row.claim_by_at = end.utc() if end else row.claim_by_at
    if speaking:
        row.state, row.claim = "claimed", speaking[0]
    elif row.state != "lapsed" or (end is not None and end > at):
        row.state, row.claim = "proposed", None


def decide_by_claims(row: Credit, speaking: Sequence[Claim], one: Owed) -> None:
    """What a person decided of a claim holds for what it is about; where several speak of it, one that was granted does."""
    if row.kind == DISCRETION:
        return  # the claim opens it; two persons decide what is given
    granted = next((claim for claim in speaking if claim.is_granted), None)
    if granted is not None:
        settle_by(row, granted, "granted")
    elif speaking and row.is_open and all(claim.is_granted is False for claim in speaking):
        settle_by(row, speaking[-1], "refused")
        grounds = one.grounds.get(speaking[-1].name, ())
        row.because += f" By the agreement: {'; '.join(grounds)}." if grounds else ""


def settle_by(row: Credit, claim: Claim, state: str) -> None:
    is_appeal = claim.appeal_granted is not None
    row.state, row.claim, row.amount = state, claim, row.found
    row.decided_by = claim.appeal_decided_by if is_appeal else claim.decided_by
    row.decided_at = claim.appeal_decided_at if is_appeal else claim.decided_at
    because = (claim.appeal_answer if is_appeal else claim.because).rstrip(".")
    row.because = FOLLOWS.format(claim=claim.name, how=state, by=row.decided_by, because=because)


def lapse_due(at: Instant) -> int:
    """Credits whose last instant to be claimed has passed lapse; how many did."""
    due = Credit.objects.filter(state="proposed", needs_claim=True, claim__isnull=True, claim_by_at__lte=at.utc())
    return due.update(state="lapsed")
