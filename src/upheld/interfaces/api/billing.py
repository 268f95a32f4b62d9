"""Money: claims and their decisions, invoices and their payment."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import AfterValidator, BaseModel, Field

from upheld.apps.billing import services
from upheld.apps.billing.queries import UnknownClaim, claim, invoices_of, judge_claim, list_claims
from upheld.apps.billing.queries.claims import list_evidence
from upheld.apps.billing.services.claims_appeals import CannotAppeal
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.statement import ClaimJudged
from upheld.core.timeline import Instant
from upheld.doors import deciding
from upheld.doors.claiming import file_own_claim, find_rule
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader, refuse_stale, sees
from upheld.interfaces.api.exhibits import MOST_EXHIBITS, Exhibits, find_exhibits
from upheld.interfaces.api.fields import (
    Amount,
    Detail,
    InstantTold,
    Moment,
    Name,
    Reference,
    Said,
    Sent,
    Words,
    misfit,
    tell_instant,
    tidy,
)
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem
from upheld.interfaces.api.reasons import StepTold, tell_step
from upheld.pages.words.claims import say_claim

router = Router(tags=["money"])


class InvoiceTold(BaseModel):
    """An invoice; `paid_at` is null while it is not paid."""

    invoice: str
    agreement: str
    amount: str
    issued_at: InstantTold
    due_at: InstantTold
    paid_at: InstantTold | None


class ClaimTold(BaseModel):
    """
    A customer's claim: of an outage, or of the period that begins at `period_from_at`. `granted` is null until a person
    decided, `appeal_granted` until somebody decided an appeal.
    """

    claim: str
    agreement: str
    credit: str
    outage: str
    channel: str
    details: list[str]
    ticket: str
    filed_at: InstantTold
    period_from_at: InstantTold | None
    granted: bool | None
    decided_by: str
    decided_at: InstantTold | None
    because: str
    appealed_at: InstantTold | None
    appeal_because: str
    appeal_granted: bool | None
    appeal_answer: str


class JudgedTold(BaseModel):
    """
    What the agreement says of a claim: `accepted` is null while something is not known yet.

    `refused_for` are the agreement's own names of the grounds of refusal that hold; `why` says each condition as it must
    be: `met`, `not met` or `not known yet`.
    """

    accepted: bool | None
    refused_for: list[str]
    units: int
    why: StepTold


class ClaimWhole(ClaimTold):
    """The same with what the agreement says of it; null where it says nothing, and `problem` says why."""

    judged: JudgedTold | None
    problem: str


class ClaimSent(Sent):
    """
    A claim as it came. One that lacks something is recorded all the same, and judged.

    Without an outage it is for the whole period that begins at `period_from_at`; without either, for the last that was over.
    `exhibits` are files that were handed over, as in `X-7`: the ledger keeps their digests. By a customer's program it is
    filed now, by the way that the agreement takes, with `answers` to what the agreement asks (the provider reads them; the
    ledger keeps only which were given) and, unless `with_evidence` is false, with the facts on record about it. The
    provider's people record a claim that came to them: by which `channel`, when, and which `details` were in it.
    """

    credit: Name
    outage: Reference = ""
    period_from_at: Moment | None = None
    ticket: Reference = ""
    exhibits: Exhibits = Field(default_factory=list, max_length=MOST_EXHIBITS)
    answers: dict[Name, Said] = Field(default_factory=dict, max_length=50)
    with_evidence: bool = True
    channel: Annotated[str, Field(max_length=50), AfterValidator(tidy)] = ""
    filed_at: Moment | None = None
    details: list[Detail] = Field(default_factory=list, max_length=50)


class DecisionSent(Sent):
    """A person's decision. The agreement decides; `against_the_agreement` says that this one is against it."""

    granted: bool
    because: Said
    against_the_agreement: bool = False


class AppealSent(Sent):
    """Why the customer does not accept the decision, and files that were handed over which show it."""

    because: Said
    exhibits: Exhibits = Field(default_factory=list, max_length=MOST_EXHIBITS)


class AppealDecisionSent(Sent):
    """The decision of an appeal, with the reason that the customer reads."""

    granted: bool
    because: Said


class InvoiceSent(Sent):
    """An invoice that was issued."""

    invoice: Name
    amount: Amount
    issued_at: Moment
    due_at: Moment


class PaymentSent(Sent):
    """An invoice that was paid: all that was left of it, or `amount`."""

    invoice: Name
    paid_at: Moment
    amount: Amount | None = None
    reference: Words = ""


@router.get("/claims", response=list[ClaimTold], summary="List claims")
def list_all_claims(
    request: HttpRequest, agreement: str = Query("", description="The key of one agreement.")
) -> list[ClaimTold]:
    """Claims: those that wait for a person first."""
    found = list_claims(find_agreement(request, agreement) if agreement else None)
    return [tell_claim(row) for row in found if sees(request, row.agreement.customer)]


@router.get("/claims/{name}", response=ClaimWhole, summary="One claim")
def show_claim(request: HttpRequest, name: str) -> ClaimWhole:
    """A claim, and what the agreement says of each of its conditions as of now."""
    row = find_claim(request, name)
    judged, problem = None, ""
    try:
        judged = judge_claim(row, now())
    except CannotJudge as wrong:
        problem = str(wrong)
    if judged is None and not problem:
        problem = f"the agreement says nothing of {row.name}: no credit of it is for {row.outage or 'that period'}"
    told = tell_judged(judged) if judged else None
    return ClaimWhole(**tell_claim(row).model_dump(), judged=told, problem=problem)


@router.post("/agreements/{key}/claims", response={201: ClaimTold}, openapi_extra=KEYED, summary="File a claim")
def file_claim(request: HttpRequest, key: str, sent: ClaimSent) -> HttpResponse:
    """
    Recorded as `claim-filed/1`: by a customer's program as of now, by the provider's people as of when it came to them.
    Facts that go with it are recorded as `claim-supported/1`.
    """
    row, person = find_agreement(request, key), asker(request)
    if sent.outage and sent.period_from_at is not None:
        raise misfit("period_from_at", "nothing beside an outage: it lies in its own period", str(sent.period_from_at))
    marks = [one.mark for one in find_exhibits(sent.exhibits, row.customer)]
    if not may_act_for_customer(person):
        refuse_reader(request)
        return record_claim(request, row, sent, marks)
    given = {"channel": sent.channel, "filed_at": sent.filed_at, "details": ", ".join(sent.details)}
    if wrong := next((name for name, value in given.items() if value), ""):
        raise misfit(wrong, "nothing: only the provider's people say it", str(given[wrong]))
    by, who = name_asker(request), f"{person.name} <{person.email}>"

    def deed(at: Instant) -> ClaimTold:
        facts = list_evidence(row, sent.outage, sent.ticket) if sent.with_evidence else []
        rule = find_rule(row, sent.credit, at)
        if unknown := next((one for one in sent.answers if one not in rule.details), ""):
            raise misfit("answers", f"what the agreement asks: {', '.join(rule.details) or 'nothing'}", unknown)
        return tell_claim(
            file_own_claim(
                agreement=row, rule=rule, credit=sent.credit, outage=sent.outage, period_from_at=sent.period_from_at,
                answers=sent.answers, ticket=sent.ticket, evidence=[fact.id for fact in facts], marks=marks, who=who, by=by,
                at=at,
            )
        )  # fmt: skip

    return do_once(request, deed)


def record_claim(request: HttpRequest, row: Any, sent: ClaimSent, marks: list[str]) -> HttpResponse:
    """One that came to the provider's people, as it came."""
    filed_at = sent.filed_at
    if not sent.channel:
        raise misfit("channel", "by which way it came to you, as the agreement names it", "")
    if filed_at is None:
        raise misfit("filed_at", "when it came to you", "")
    refuse_later("filed_at", filed_at)
    return do_once(
        request,
        lambda at: tell_claim(
            services.file_claim(
                agreement=row, credit=sent.credit, outage_name=sent.outage, channel=sent.channel,
                details=[*sent.details, *sent.answers, *marks], ticket=sent.ticket, filed_at=filed_at,
                by=name_asker(request), at=at, period_from_at=sent.period_from_at,
            )
        ),
    )  # fmt: skip


@router.post("/claims/{name}/decision", response={201: ClaimTold}, openapi_extra=KEYED, summary="Decide a claim")
def decide_claim(request: HttpRequest, name: str, sent: DecisionSent) -> HttpResponse:
    """Recorded as `claim-decided/1`, once. A decision against the agreement says so; the fact names what was set aside."""
    row = find_claim(request, name)
    refuse_reader(request)

    def deed(at: Instant) -> ClaimTold:
        try:
            decided = deciding.settle_claim(
                claim=row, granted=sent.granted, because=sent.because, by=name_asker(request), at=at,
                against=sent.against_the_agreement,
            )  # fmt: skip
        except services.CannotDecide as problem:
            judged = judge_claim(row, at)
            clauses = [c for ground in judged.checked.grounds if ground.holds for c in ground.clauses] if judged else []
            raise Problem(problems.NOT_NOW, str(problem), clauses=tuple(dict.fromkeys(clauses))) from None
        return tell_claim(decided)

    return do_once(request, deed)


@router.post("/claims/{name}/appeal", response={201: ClaimTold}, openapi_extra=KEYED, summary="Appeal against a refusal")
def appeal_claim(request: HttpRequest, name: str, sent: AppealSent) -> HttpResponse:
    """By the customer's own people, once. Recorded as `claim-appealed/1`; the provider is told."""
    row, person = find_claim(request, name), asker(request)
    if not may_act_for_customer(person):
        raise Problem(problems.NOT_ALLOWED, "members and managers of the customer appeal")
    marks = [one.mark for one in find_exhibits(sent.exhibits, row.agreement.customer)]

    def deed(at: Instant) -> ClaimTold:
        try:
            return tell_claim(
                deciding.file_appeal(
                    claim=row, because=sent.because, by=name_asker(request), who=f"{person.name} <{person.email}>", at=at,
                    marks=marks,
                )
            )  # fmt: skip
        except CannotAppeal as problem:
            raise Problem(problems.NOT_NOW, str(problem)) from None

    return do_once(request, deed)


@router.post(
    "/claims/{name}/appeal/decision", response={201: ClaimTold}, openapi_extra=KEYED, summary="Decide an appeal"
)  # fmt: skip
def decide_appeal(request: HttpRequest, name: str, sent: AppealDecisionSent) -> HttpResponse:
    """By somebody else than who refused the claim, once. Recorded as `claim-decided/1`; the first decision stays too."""
    row = find_claim(request, name)
    refuse_reader(request)
    refuse_stale(request)
    return do_once(
        request,
        lambda at: tell_claim(
            deciding.settle_appeal(
                claim=row, granted=sent.granted, because=sent.because, by=name_asker(request), at=at
            )
        ),
    )  # fmt: skip


@router.get("/agreements/{key}/invoices", response=list[InvoiceTold], summary="List invoices")
def list_invoices(request: HttpRequest, key: str) -> list[InvoiceTold]:
    """Invoices, and whether they were paid: a claim may depend on it."""
    return [tell_invoice(row) for row in invoices_of(find_agreement(request, key))]


@router.post("/agreements/{key}/invoices", response={201: InvoiceTold}, openapi_extra=KEYED, summary="Record an invoice")
def issue_invoice(request: HttpRequest, key: str, sent: InvoiceSent) -> HttpResponse:
    """Recorded as `invoice-issued/1`, as of when it was issued."""
    row = find_agreement(request, key)
    refuse_reader(request)
    refuse_later("issued_at", sent.issued_at)
    return do_once(
        request,
        lambda at: tell_invoice(
            services.issue_invoice(
                agreement=row, number=sent.invoice, amount=sent.amount, issued_at=sent.issued_at, due_at=sent.due_at,
                by=name_asker(request), at=at,
            )
        ),
    )  # fmt: skip


@router.post("/agreements/{key}/payments", response={201: InvoiceTold}, openapi_extra=KEYED, summary="Record a payment")
def record_payment(request: HttpRequest, key: str, sent: PaymentSent) -> HttpResponse:
    """Recorded as `payment-received/1`; once the sum is reached as `invoice-paid/1`. Of what is paid, the first stays."""
    row = find_agreement(request, key)
    refuse_reader(request)
    refuse_later("paid_at", sent.paid_at)
    invoice = next((one for one in invoices_of(row) if one.number == sent.invoice), None)
    if invoice is None:
        known = ", ".join(one.number for one in invoices_of(row)[-10:]) or "there are none"
        raise misfit("invoice", f"an invoice of {row.key}: {known}", sent.invoice)
    return do_once(
        request,
        lambda at: tell_invoice(
            services.record_payment(
                invoice=invoice, paid_at=sent.paid_at, by=name_asker(request), at=at, amount=sent.amount,
                reference=sent.reference,
            )
        ),
    )  # fmt: skip


def refuse_later(at: str, moment: Instant) -> None:
    """Raise a problem for something that is told before it happened."""
    if moment > now():
        raise misfit(at, "now or earlier: only what happened is recorded", str(moment))


def find_claim(request: HttpRequest, name: str) -> Any:
    found = claim(name)
    if not sees(request, found.agreement.customer):
        raise UnknownClaim(f"no claim is called {name!r}; they are called C-1, C-2 and so on")
    return found


def tell_judged(judged: ClaimJudged) -> JudgedTold:
    checked = judged.checked
    return JudgedTold(
        accepted=checked.accepted, refused_for=list(checked.refused_for), units=int(judged.units) if checked.accepted else 0,
        why=tell_step(say_claim(checked)),
    )  # fmt: skip


def tell_invoice(row: Any) -> InvoiceTold:
    return InvoiceTold(
        invoice=row.number, agreement=row.agreement.key, amount=row.amount, issued_at=tell_instant(row.issued_at) or "",
        due_at=tell_instant(row.due_at) or "", paid_at=tell_instant(row.paid_at),
    )  # fmt: skip


def tell_claim(row: Any) -> ClaimTold:
    return ClaimTold(
        claim=row.name, agreement=row.agreement.key, credit=row.credit, outage=row.outage, channel=row.channel,
        details=list(row.details), ticket=row.ticket, filed_at=tell_instant(row.filed_at) or "", granted=row.granted,
        decided_by=row.decided_by, decided_at=tell_instant(row.decided_at), because=row.because,
        period_from_at=tell_instant(row.period_from_at), appealed_at=tell_instant(row.appealed_at),
        appeal_because=row.appeal_because, appeal_granted=row.appeal_granted, appeal_answer=row.appeal_answer,
    )  # fmt: skip
