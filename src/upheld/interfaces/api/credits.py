"""Credits: what is owed for what went wrong, why, under which readings otherwise, and what was decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.approvals.services import AlreadyProposed
from upheld.apps.billing.queries.credits import UnknownCredit, credit, difference_of, left_of, list_credits
from upheld.apps.billing.queries.credits_otherwise import finding_of, worth_otherwise
from upheld.apps.billing.services.credits_decided import CannotDecideCredit, correct_credit
from upheld.apps.findings.queries import CannotJudge
from upheld.core.explain import show
from upheld.core.money import NotMoney
from upheld.core.timeline import Instant
from upheld.doors import deciding
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import find_agreement, name_asker, now, refuse_reader, refuse_stale, sees
from upheld.interfaces.api.fields import InstantTold, Said, Sent, tell_instant
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem
from upheld.interfaces.api.reasons import StepTold, tell_step

router = Router(tags=["money"])


class CreditTold(BaseModel):
    """
    A credit. `amount` is as decided, or as found while nobody decided; empty where the agreement leaves it undefined.

    `difference` is by how much the finding differs from what was given, corrections and all; empty where it does not.
    `left` is what of a granted one no invoice took off yet; `invoice` the one that took off the last of it.
    """

    credit: str
    agreement: str
    rule: str
    subject: str
    kind: str
    state: str
    period_from_at: InstantTold
    period_to_at: InstantTold
    amount: str
    difference: str
    reason: str
    clauses: list[str]
    paid: str
    claim: str
    claim_by_at: InstantTold | None
    decided_by: str
    confirmed_by: str
    decided_at: InstantTold | None
    because: str
    invoice: str
    left: str


class OtherwiseTold(BaseModel):
    """Another sense of a reading, and what the credit of the whole period would then come to."""

    reading: str
    sense: str
    amount: str


class CreditWhole(CreditTold):
    """The same with the reasons of its finding (null where it cannot be judged now), and what other readings give."""

    why: StepTold | None
    otherwise: list[OtherwiseTold]
    problem: str


class CreditDecisionSent(Sent):
    """A person's decision, with the reason that the customer reads."""

    granted: bool
    because: Said


class CorrectionSent(Sent):
    """By how much, in the credit's own measure, such as `EUR -4.00` or `2 days`; and why, as the customer reads it."""

    amount: Said
    because: Said


class CreditDecidedTold(CreditTold):
    """The credit after the decision. Where that needs a second person, nothing changed, and `waits` names what waits."""

    waits: str


@router.get("/credits", response=list[CreditTold], summary="List credits")
def list_all_credits(
    request: HttpRequest, agreement: str = Query("", description="The key of one agreement.")
) -> list[CreditTold]:
    """Credits: those that nobody decided first."""
    found = list_credits(find_agreement(request, agreement) if agreement else None)
    return [CreditTold(**tell_credit(row)) for row in found if sees(request, row.agreement.customer)]


@router.get("/credits/{name}", response=CreditWhole, summary="One credit")
def show_credit(request: HttpRequest, name: str) -> CreditWhole:
    """A credit with the reasons of its finding as of now, and what it would be under other senses of readings."""
    row = find_credit(request, name)
    why, otherwise, problem = None, [], ""
    try:
        found = finding_of(row, now())
        why = tell_step(found.why) if found else None
        others = worth_otherwise(row.agreement, row.period, row.rule, now())
        otherwise = [OtherwiseTold(reading=one.reading, sense=one.sense, amount=show(one.value)) for one in others]
    except CannotJudge as wrong:
        problem = str(wrong)
    return CreditWhole(**tell_credit(row), why=why, otherwise=otherwise, problem=problem)


@router.post("/credits/{name}/decision", response={201: CreditDecidedTold}, openapi_extra=KEYED, summary="Decide a credit")
def decide_credit(request: HttpRequest, name: str, sent: CreditDecisionSent) -> HttpResponse:
    """
    Recorded as `credit-decided/1`, once. Discretion, and the refusal of a right, wait for a second person.

    The second person confirms what `waits` by `/approvals/{name}/confirm`, or on the pages.
    """
    row = find_credit(request, name)
    refuse_reader(request)
    refuse_stale(request)

    def deed(at: Instant) -> CreditDecidedTold:
        try:
            waits = deciding.settle_credit(
                credit=row, granted=sent.granted, because=sent.because, by=name_asker(request), at=at
            )
        except (CannotDecideCredit, AlreadyProposed) as problem:
            raise Problem(problems.NOT_NOW, str(problem), clauses=tuple(row.clauses)) from None
        return CreditDecidedTold(**tell_credit(row), waits=waits.name if waits else "")

    return do_once(request, deed)


@router.post(
    "/credits/{name}/corrections", response={201: CreditDecidedTold}, openapi_extra=KEYED, summary="Correct a given credit"
)
def propose_correction(request: HttpRequest, name: str, sent: CorrectionSent) -> HttpResponse:
    """
    Propose to add an amount to a given credit, or to take one off. Nothing changes until a second person confirms what
    `waits` by `/approvals/{name}/confirm`, or on the pages; the correction is then a credit of its own.
    """
    row = find_credit(request, name)
    refuse_reader(request)
    refuse_stale(request)

    def deed(at: Instant) -> CreditDecidedTold:
        try:
            waits = correct_credit(credit=row, amount=sent.amount, because=sent.because, by=name_asker(request), at=at)
        except NotMoney as problem:
            raise Problem(problems.DOES_NOT_FIT, str(problem)) from None
        except (CannotDecideCredit, AlreadyProposed) as problem:
            raise Problem(problems.NOT_NOW, str(problem), clauses=tuple(row.clauses)) from None
        return CreditDecidedTold(**tell_credit(row), waits=waits.name)

    return do_once(request, deed)


def find_credit(request: HttpRequest, name: str) -> Any:
    """The credit that the asker may see; one of somebody else is answered like one that is not there."""
    try:
        found = credit(name)
    except UnknownCredit as problem:
        raise Problem(problems.NOT_ON_RECORD, str(problem)) from None
    if not sees(request, found.agreement.customer):
        raise Problem(problems.NOT_ON_RECORD, f"no credit is called {name!r}; they are called CR-1, CR-2 and so on")
    return found


def tell_credit(row: Any) -> dict[str, Any]:
    return {
        "credit": row.name, "agreement": row.agreement.key, "rule": row.rule, "subject": row.subject, "kind": row.kind,
        "state": row.state, "period_from_at": tell_instant(row.period_from_at),
        "period_to_at": tell_instant(row.period_to_at),
        "amount": row.amount, "difference": difference_of(row), "reason": row.reason, "clauses": list(row.clauses),
        "paid": row.paid, "claim": row.claim.name if row.claim else "", "claim_by_at": tell_instant(row.claim_by_at),
        "decided_by": row.decided_by, "confirmed_by": row.confirmed_by, "decided_at": tell_instant(row.decided_at),
        "because": row.because, "invoice": row.invoice.number if row.invoice else "",
        "left": str(left) if row.state == "granted" and (left := left_of(row)) else "",
    }  # fmt: skip
