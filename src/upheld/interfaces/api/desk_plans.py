"""Plans, such as onboarding, and reviews: what is done step by step, and what is learnt afterwards."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.queries import Progress, UnknownReview, name_in_agreement
from upheld.apps.parties.queries import find_user, is_customers, is_staff
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import Word, find_ticket, refuse_onlooker
from upheld.interfaces.api.desk_answers import Number
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader, sees
from upheld.interfaces.api.fields import InstantTold, Moment, Name, Reference, Said, Sent, Words, misfit, tell_instant, tidy
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])
CUSTOMER = "the customer"


class PlanTold(BaseModel):
    """
    A plan of the agreement: `open` says whether this customer may have it (null: not known); `state` is the judge's word
    on one that was begun.
    """

    plan: str
    open: bool | None
    state: str | None
    started_at: InstantTold | None
    ends_on: str | None
    steps: list[str]
    done: list[str]
    sessions: int
    sessions_held: int
    signed_off_at: InstantTold | None
    clauses: list[str]
    why: dict[str, Any]


class StepSent(Sent):
    """A step of the plan."""

    step: Name


class ReviewSent(Sent):
    """What was learnt of a ticket or an outage, what caused it, and whether the customer reads it."""

    summary: Said
    cause: Words = ""
    ticket: Reference = ""
    outage: Reference = ""
    public: bool = False


class ActionSent(Sent):
    """What is to be done, by whom of the provider's people (their address), until when, and which duty it serves."""

    what: Said
    owner: Annotated[str, Field(max_length=254), AfterValidator(tidy)] = ""
    due_at: Moment | None = None
    duty: Word = ""


class EvidenceSent(Sent):
    """What shows that it was done."""

    evidence: Said


class MeetingSent(Sent):
    """The day of the next time, `2026-11-30`, where one was named."""

    next_on: Annotated[str, Field(max_length=10), AfterValidator(tidy)] = ""


class ActionTold(BaseModel):
    """What a review asks; `overdue` where its time is over and it is not done."""

    action: str
    number: int
    what: str
    owner: str
    duty: str
    due_at: InstantTold | None
    done_at: InstantTold | None
    evidence: str
    overdue: bool


class ReviewTold(BaseModel):
    """What was learnt."""

    review: str
    agreement: str
    ticket: str
    outage: str
    summary: str
    cause: str
    held_at: InstantTold
    public: bool
    actions: list[ActionTold]


class MeetingTold(BaseModel):
    """The sides went through the agreement together."""

    agreement: str
    held_at: InstantTold
    next_on: str


@router.get("/agreements/{key}/plans", response=list[PlanTold], summary="Plans")
def list_plans(request: HttpRequest, key: str) -> list[PlanTold]:
    """Every plan of the agreement, how far it is, and why it stands so."""
    return [tell_plan(one) for one in queries.list_plans(find_agreement(request, key), now().raised())]


@router.post("/agreements/{key}/plans/{plan}/start", response={201: PlanTold}, openapi_extra=KEYED, summary="Begin a plan")
def start_plan(request: HttpRequest, key: str, plan: str, sent: NothingSent) -> HttpResponse:
    """The kick-off is now. Recorded as `plan-started/1`."""
    row, by = enter(request, key)
    return do_once(request, lambda at: tell_plan(services.start_plan(agreement=row, plan=plan, by=by, at=at)))


@router.post("/agreements/{key}/plans/{plan}/steps", response={201: PlanTold}, openapi_extra=KEYED, summary="A step is done")
def do_step(request: HttpRequest, key: str, plan: str, sent: StepSent) -> HttpResponse:
    """Done twice it is done once. Recorded as `plan-step-done/1`."""
    row, by = enter(request, key)
    return do_once(request, lambda at: tell_plan(services.do_step(agreement=row, plan=plan, step=sent.step, by=by, at=at)))


@router.post("/agreements/{key}/plans/{plan}/sessions", response={201: PlanTold}, openapi_extra=KEYED, summary="A meeting")
def hold_session(request: HttpRequest, key: str, plan: str, sent: NothingSent) -> HttpResponse:
    """A meeting of the plan took place. Recorded as `session-held/1`."""
    row, by = enter(request, key)
    return do_once(request, lambda at: tell_plan(services.hold_session(agreement=row, plan=plan, by=by, at=at)))


@router.post("/agreements/{key}/plans/{plan}/sign-off", response={201: PlanTold}, openapi_extra=KEYED, summary="Sign off")
def sign_off(request: HttpRequest, key: str, plan: str, sent: NothingSent) -> HttpResponse:
    """The customer's word that it is finished; the provider's people record that they were told. `plan-signed-off/1`."""
    row, source = find_agreement(request, key), name_asker(request)
    refuse_onlooker(request)

    def deed(at: Instant) -> PlanTold:
        by = name_in_agreement(row, asker(request), at) if is_customers(asker(request)) else CUSTOMER
        return tell_plan(services.sign_off(agreement=row, plan=plan, by=by, source=source, at=at))

    return do_once(request, deed)


@router.get("/reviews", response=list[ReviewTold], summary="Reviews")
def list_reviews(request: HttpRequest) -> list[ReviewTold]:
    """The latest first: for a customer's people those that were written for them."""
    person, at = asker(request), now()
    if is_staff(person):
        return [tell_review(one, at) for one in queries.list_reviews()]
    return [tell_review(one, at) for one in queries.public_reviews(person.customer)]


@router.get("/reviews/{name}", response=ReviewTold, summary="One review")
def show_review(request: HttpRequest, name: str) -> ReviewTold:
    """With what it asks."""
    return tell_review(find_review(request, name), now())


@router.post("/agreements/{key}/reviews", response={201: ReviewTold}, openapi_extra=KEYED, summary="Keep a review")
def hold_review(request: HttpRequest, key: str, sent: ReviewSent) -> HttpResponse:
    """What was learnt; what is to be done is asked afterwards."""
    row, by = enter(request, key)
    ticket = find_ticket(request, sent.ticket) if sent.ticket else None
    return do_once(
        request,
        lambda at: tell_review(
            services.hold_review(
                agreement=row, summary=sent.summary, cause=sent.cause, ticket=ticket, outage=sent.outage,
                is_public=sent.public, by=by, at=at,
            ),
            at,
        ),
    )  # fmt: skip


@router.post("/reviews/{name}/actions", response={201: ActionTold}, openapi_extra=KEYED, summary="Ask for an action")
def add_action(request: HttpRequest, name: str, sent: ActionSent) -> HttpResponse:
    """One that serves a duty of the agreement is recorded as `duty-asked/1`."""
    row, by = find_review(request, name), name_asker(request)
    refuse_reader(request)
    owner = find_user(sent.owner) if sent.owner else None
    if sent.owner and not is_staff(owner):
        raise misfit("owner", "the address by which one of the provider's people signs in", sent.owner)
    asked = services.Asked(sent.what, owner, sent.due_at, sent.duty)
    return do_once(request, lambda at: tell_action(services.add_action(review=row, asked=asked, by=by, at=at), at))


@router.post(
    "/reviews/{name}/actions/{number}/done", response={201: ActionTold}, openapi_extra=KEYED, summary="An action is done"
)  # fmt: skip
def finish_action(request: HttpRequest, name: str, sent: EvidenceSent, number: int = Number) -> HttpResponse:
    """With what shows it; the first time stays. One that serves a duty is recorded as `duty-done/1`."""
    row, by = find_review(request, name), name_asker(request)
    refuse_reader(request)
    found = next((one for one in queries.actions_of(row) if one.number == number), None)
    if found is None:
        raise Problem(problems.NOT_ON_RECORD, f"{row.name} has no action {number}")
    return do_once(
        request,
        lambda at: tell_action(services.finish_action(action=found, evidence=sent.evidence, by=by, at=at), at),
    )


@router.get("/agreements/{key}/meetings", response=list[MeetingTold], summary="Meetings about the agreement")
def list_meetings(request: HttpRequest, key: str) -> list[MeetingTold]:
    """When the sides went through it together, the latest first."""
    row = find_agreement(request, key)
    found = queries.meetings_of(row, now())
    return [MeetingTold(agreement=row.key, held_at=str(one.occurred_at), next_on=one.next_on) for one in found]


@router.post("/agreements/{key}/meetings", response={201: MeetingTold}, openapi_extra=KEYED, summary="Keep a meeting")
def review_agreement(request: HttpRequest, key: str, sent: MeetingSent) -> HttpResponse:
    """The sides went through the agreement now. Recorded as `review-held/1`."""
    row, by = enter(request, key)
    try:
        next_on = date.fromisoformat(sent.next_on) if sent.next_on else None
    except ValueError:
        raise misfit("next_on", "a day, for instance 2026-11-30", sent.next_on) from None

    def deed(at: Instant) -> MeetingTold:
        held = services.review_agreement(agreement=row, next_on=next_on, by=by, at=at)
        return MeetingTold(agreement=row.key, held_at=str(held.occurred_at), next_on=held.next_on)

    return do_once(request, deed)


def enter(request: HttpRequest, key: str) -> tuple[Any, str]:
    """The agreement, for the provider's people alone."""
    row = find_agreement(request, key)
    refuse_reader(request)
    return row, name_asker(request)


def find_review(request: HttpRequest, name: str) -> Any:
    """A review that the asker may read; what was not written for them is answered like what is not there."""
    found = queries.review(name)
    if is_staff(asker(request)) or (found.is_public and sees(request, found.agreement.customer)):
        return found
    raise UnknownReview(f"no review is called {name!r}; they are called R-1, R-2 and so on")


def tell_plan(one: Progress) -> PlanTold:
    decided = one.decided
    why = one.finding.why if one.finding else decided.why
    return PlanTold(
        plan=one.plan.name, open=decided.is_valid, state=str(one.finding.value) if one.finding else None,
        started_at=str(one.started_at) if one.started_at else None, steps=list(decided.steps), done=list(one.done),
        ends_on=decided.ends_on.isoformat() if decided.ends_on else None, sessions=decided.sessions,
        sessions_held=one.sessions_held, signed_off_at=str(one.signed_off.occurred_at) if one.signed_off else None,
        clauses=list(one.plan.clauses), why=why.to_json(),
    )  # fmt: skip


def tell_action(row: Any, at: Instant) -> ActionTold:
    return ActionTold(
        action=row.name, number=row.number, what=row.what, owner=row.owner.name if row.owner else "", duty=row.duty,
        due_at=tell_instant(row.due_at), done_at=tell_instant(row.done_at), evidence=row.evidence,
        overdue=queries.is_overdue(row, at),
    )  # fmt: skip


def tell_review(row: Any, at: Instant) -> ReviewTold:
    return ReviewTold(
        review=row.name, agreement=row.agreement.key, ticket=row.ticket.name if row.ticket else "", outage=row.outage,
        summary=row.summary, cause=row.cause, held_at=str(Instant.of(row.held_at)), public=row.is_public,
        actions=[tell_action(one, at) for one in queries.actions_of(row)],
    )  # fmt: skip
