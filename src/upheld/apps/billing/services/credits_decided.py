"""Deciding credits: granted, refused, corrected. Each is a row and its fact in one transaction, once."""

import logging

from django.db import transaction
from django.db.models import Max

from upheld.apps.approvals import services as approvals
from upheld.apps.approvals.models import Approval
from upheld.apps.approvals.queries import waiting_for
from upheld.apps.billing.facts.credits import corrected_fact, credit_decided_fact, time_corrected_fact
from upheld.apps.billing.models import Credit
from upheld.apps.billing.models.credits import CORRECTION, read_amount, read_time
from upheld.apps.billing.queries.credits import measure_in, measure_of, needs_second
from upheld.apps.billing.services.credits import key_of, propose_credits, tell_decision
from upheld.apps.billing.services.credits_applying import tell_credit
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.money import Money
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")
DECISION, CORRECTING = "credit", "credit correction"
KINDS = (DECISION, CORRECTING)
"""Kinds of what waits for a second person here."""


class CannotDecideCredit(ValueError):
    """A decision without a reason, a second one, or one that the agreement does not bear."""


def decide_credit(*, credit: Credit, granted: bool, because: str, by: str, at: Instant) -> Approval | None:
    """
    Grant or refuse an open credit, once; None once it is decided.

    What is at the provider's discretion, and a refusal of what there is a right to, waits for a second person: then what
    waits is returned. Raises CannotDecideCredit, and approvals.AlreadyProposed where another proposal waits.
    """
    because = because.strip()
    if not because:
        raise CannotDecideCredit("say why: the customer reads this reason")
    explain_closed(credit, granted)
    if needs_second(credit, granted):
        return approvals.propose(
            kind=DECISION, subject=credit.name, agreement=credit.agreement.key, content={"granted": granted},
            because=because, by=by, at=at,
        )  # fmt: skip
    with transaction.atomic():
        decide_now(credit, granted, because, by, "", at)
    return None


def explain_closed(credit: Credit, granted: bool) -> None:
    """Raise CannotDecideCredit for what cannot be decided as it stands, with what to do instead."""
    if not credit.is_open:
        raise CannotDecideCredit(
            f"{credit.name} is {credit.state}; a decision stands, and a wrong amount is put right by a correction"
        )
    if credit.kind != "discretion" and credit.needs_claim:
        what = f"decide the claim {credit.claim.name}" if credit.claim else "it is given on a claim, and none came yet"
        raise CannotDecideCredit(f"{credit.name}: {what}")
    if granted and credit.needs_claim and credit.claim is None:
        raise CannotDecideCredit(f"{credit.name} is given on the customer's request, and none came yet")
    if granted and not credit.amount:
        raise CannotDecideCredit(f"{credit.name}: the agreement leaves the amount undefined; {credit.reason}")
    waiting = waiting_for(kind=DECISION, subject=credit.name, agreement=credit.agreement.key)
    if waiting and waiting.content != {"granted": granted}:
        raise CannotDecideCredit(f"{waiting.name} on {credit.name} waits for a second person; decide that first")


def decide_now(credit: Credit, granted: bool, because: str, by: str, confirmed_by: str, at: Instant) -> None:
    """In the caller's transaction: the amount is what the judge finds at this moment."""
    take_turn()
    propose_credits(agreement=credit.agreement, period=credit.period, at=at, first=[key_of(credit)])
    credit.refresh_from_db()
    if not credit.is_open:
        raise CannotDecideCredit(f"{credit.name} is {credit.state} meanwhile; nothing was decided")
    Credit.objects.filter(pk=credit.pk).update(
        state="granted" if granted else "refused", decided_by=by, confirmed_by=confirmed_by, decided_at=at.utc(),
        because=because,
    )  # fmt: skip
    credit.refresh_from_db()
    record(facts=[credit_decided_fact(credit, at=at)])
    tell_decision(credit, at)
    log.info("credit decided", extra={"credit": credit.name, "state": credit.state, "by": by})


def correct_credit(*, credit: Credit, amount: str, because: str, by: str, at: Instant) -> Approval:
    """
    Propose to add an amount to a given credit, or to take one off where it is negative; a second person confirms.

    `amount` is written in the credit's own measure: `EUR -4.00`, `2 days`. Raises CannotDecideCredit, NotMoney,
    approvals.AlreadyProposed.
    """
    if credit.kind == CORRECTION or not credit.is_given:
        raise CannotDecideCredit(f"{credit.name} is {credit.state}; only what was granted is corrected")
    written = read_time(amount) or str(Money.parse(amount))
    if measure_in(written) != measure_of(credit):
        raise CannotDecideCredit(
            f"{credit.name} is {credit.amount}; a correction is an amount in {measure_of(credit) or 'its own measure'}"
        )
    if not read_amount(written):
        raise CannotDecideCredit("a correction by nothing changes nothing")
    if not because.strip():
        raise CannotDecideCredit("say why: the customer reads this reason")
    return approvals.propose(
        kind=CORRECTING, subject=credit.name, agreement=credit.agreement.key, content={"amount": written},
        because=because, by=by, at=at,
    )  # fmt: skip


def confirm_credit(*, approval: Approval, by: str, at: Instant) -> Credit:
    """
    Confirm as the second person what waits for one here; it is done in the same transaction.

    Raises approvals.SamePerson, approvals.AlreadyDecided, CannotDecideCredit.
    """
    credit = Credit.objects.select_related("agreement", "claim").get(number=int(approval.subject.removeprefix("CR-")))
    with transaction.atomic():
        take_turn()
        approvals.confirm(approval=approval, by=by, at=at)
        if approval.kind == CORRECTING:
            return add_correction(credit, approval, at)
        granted = bool(approval.content["granted"])
        decide_now(credit, granted, approval.because, approval.proposed_by, approval.confirmed_by, at)
    return credit


def add_correction(credit: Credit, approval: Approval, at: Instant) -> Credit:
    """A credit of its own, granted as it is made; the corrected one stays as it was decided."""
    amount = str(approval.content["amount"])
    turn = (credit.corrections.aggregate(last=Max("turn"))["last"] or 0) + 1
    row = Credit.objects.create(
        number=(Credit.objects.aggregate(last=Max("number"))["last"] or 0) + 1, agreement=credit.agreement,
        credit=credit.credit, promise=credit.promise, period_from_at=credit.period_from_at,
        period_to_at=credit.period_to_at, kind=CORRECTION, subject=credit.subject, turn=turn, corrects=credit,
        state="granted", amount=amount, found=amount, reason=f"Correction of {credit.name}.", clauses=credit.clauses,
        paid=credit.paid, offsets=credit.offsets, proposed_at=approval.proposed_at, decided_by=approval.proposed_by,
        confirmed_by=approval.confirmed_by, decided_at=at.utc(), because=approval.because,
    )  # fmt: skip
    record(facts=[corrected_fact(row, at=at) if row.money else time_corrected_fact(row, at=at)])
    words = f"it corrects {credit.name} by {row.amount}"
    tell_credit("credit.corrected", row, f"{row.name}-corrected", words, at, corrects=credit.name)
    return row
