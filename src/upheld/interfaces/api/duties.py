"""What the sides owe besides, asking for it, the switches, and who came in for what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from upheld.apps.desk.services import Report, ask_copy
from upheld.apps.duties import queries, services
from upheld.apps.parties.queries import is_staff, may_act_for_customer, name_of_mark
from upheld.core.facts import AccessUsed
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import Line, name_sender, refuse_onlooker
from upheld.interfaces.api.desk_shapes import TicketTold, tell_ticket
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Moment, Sent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["duties"])


class AskedTold(BaseModel):
    """One time that a duty was asked for."""

    request: str
    asked_at: InstantTold
    due_at: InstantTold | None
    done_at: InstantTold | None


class DutyTold(BaseModel):
    """
    What a side owes, in the agreement's words: `side` is provider, customer or both; `state` is done, due, overdue, waiting,
    standing or not owed. `askable` says whether the customer may ask for it; `warning` is read and accepted before.
    """

    duty: str
    side: str
    does: str
    strength: str
    state: str
    clauses: list[str]
    asked: list[AskedTold]
    askable: bool
    warning: str


class AskSent(Sent):
    """What it is for; and, where the agreement warns of it, that the warning was read."""

    because: Line = ""
    warning_read: bool = False


class DoneSent(Sent):
    """Which time that it was asked for is done, as in `T-7` (nothing: the duty itself), and what shows it."""

    request: Line = ""
    evidence: Line = ""


class NoticeRecorded(Sent):
    """Which notice of the agreement, of what, to whom (nothing: as it says), by which way, and when (nothing: now)."""

    notice: Line
    about: Line
    to: Line = ""
    by: Line
    told_at: Moment | None = None


class NoticeKept(BaseModel):
    """A notice that went out, and the fact that says so."""

    fact: str
    notice: str
    about: str
    to: str
    by: str
    told_at: InstantTold


class TurnTold(BaseModel):
    """A switch was turned."""

    on: bool
    by: str
    at: InstantTold


class SwitchTold(BaseModel):
    """A switch of the agreement, how it stands, who holds it, and what it opens while it is on."""

    switch: str
    on: bool
    held_by: str
    opens: list[str]
    clauses: list[str]
    turns: list[TurnTold]


class TurnSent(Sent):
    """How it is to stand from now on."""

    on: bool


class ComingTold(BaseModel):
    """Somebody asked to come in (`used` is false), or was in; and whether the agreement allows it."""

    who: str
    person: str
    what: str
    purpose: str
    ticket: str
    used: bool
    at: InstantTold
    ended_at: InstantTold | None
    allowed: bool
    clauses: list[str]


@router.get("/agreements/{key}/duties", response=list[DutyTold], summary="Duties of both sides")
def list_duties(request: HttpRequest, key: str) -> list[DutyTold]:
    """Each as it stands now, in the order of the agreement."""
    return tell_duties(find_agreement(request, key), now().raised())


@router.post("/agreements/{key}/duties/{duty}/ask", response={201: TicketTold}, openapi_extra=KEYED, summary="Ask for it")
def ask_for(request: HttpRequest, key: str, duty: str, sent: AskSent) -> HttpResponse:
    """
    By the customer's people, for instance a copy of the databases. A ticket opens; where the agreement warns of it, the
    ticket's fact says that the warning was read.
    """
    row = find_agreement(request, key)
    if not may_act_for_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="the customer's managers and members ask for what is owed to them")
    sender = name_sender(request, row, "", "")

    def deed(at: Instant) -> TicketTold:
        does = next((one.duty.does for one in queries.askable(row, at) if one.duty.name == duty), duty)
        ticket = ask_copy(
            agreement=row, way="api", duty=duty, is_warned=sent.warning_read, sender=sender, at=at,
            report=Report(subject=f"Asked for: {does}", text=sent.because),
        )  # fmt: skip
        return tell_ticket(ticket, for_staff=False)

    return do_once(request, deed)


@router.post("/agreements/{key}/duties/{duty}/done", response={201: DutyTold}, openapi_extra=KEYED, summary="It is done")
def note_done(request: HttpRequest, key: str, duty: str, sent: DoneSent) -> HttpResponse:
    """By the provider's people. Recorded as `duty-done/1`."""
    row, by = find_agreement(request, key), name_asker(request)
    refuse_reader(request)

    def deed(at: Instant) -> DutyTold:
        services.note_done(agreement=row, duty=duty, request=sent.request, evidence=sent.evidence, by=by, at=at)
        return next(one for one in tell_duties(row, at) if one.duty == duty)

    return do_once(request, deed)


@router.post("/agreements/{key}/notices", response={201: NoticeKept}, openapi_extra=KEYED, summary="Somebody was told")
def record_notice(request: HttpRequest, key: str, sent: NoticeRecorded) -> HttpResponse:
    """
    By the provider's people: the customer was told of an outage (`O-7`) or of an event that the agreement names
    (`new feature`). Recorded as `notice-sent/1`, an event as `event-happened/1` too; the same notice once.
    """
    row, by = find_agreement(request, key), name_asker(request)
    refuse_reader(request)

    def deed(at: Instant) -> NoticeKept:
        try:
            fact = services.record_notice(
                agreement=row, notice=sent.notice, about=sent.about, to=sent.to, way=sent.by, told_at=sent.told_at or at,
                by=by, at=at,
            )  # fmt: skip
        except (services.CannotTell, queries.UnknownNotice) as problem:
            raise Problem(problems.NOT_THIS, str(problem)) from None
        return NoticeKept(
            fact=fact.id, notice=fact.notice, about=fact.about, to=fact.to, by=fact.by, told_at=str(fact.occurred_at)
        )

    return do_once(request, deed)


@router.get("/agreements/{key}/switches", response=list[SwitchTold], summary="Switches")
def list_switches(request: HttpRequest, key: str) -> list[SwitchTold]:
    """Every switch of the agreement with each turn of it, the latest first."""
    return [tell_switch(one) for one in queries.list_switches(find_agreement(request, key), now().raised())]


@router.post("/agreements/{key}/switches/{switch}", response={201: SwitchTold}, openapi_extra=KEYED, summary="Turn a switch")
def turn_switch(request: HttpRequest, key: str, switch: str, sent: TurnSent) -> HttpResponse:
    """
    By the side that holds it. It works from when the agreement says; who is in by it is out with it. Recorded as
    `switch-turned/1`; one that stands so already stays.
    """
    row, by = find_agreement(request, key), name_asker(request)
    refuse_onlooker(request)
    side = "provider" if is_staff(asker(request)) else "customer"

    def deed(at: Instant) -> SwitchTold:
        services.turn_switch(agreement=row, switch=switch, on=sent.on, side=side, by=by, at=at)
        return next(tell_switch(one) for one in queries.list_switches(row, at) if one.switch.name == switch)

    return do_once(request, deed)


@router.get("/agreements/{key}/comings", response=list[ComingTold], summary="Who came in, and for what")
def list_comings(request: HttpRequest, key: str) -> list[ComingTold]:
    """The latest first, each with the agreement's answer."""
    return [tell_coming(one) for one in queries.list_comings(find_agreement(request, key), now().raised())]


def tell_duties(row: Any, at: Instant) -> list[DutyTold]:
    asking = {one.duty.name: one.warning for one in queries.askable(row, at)}
    return [tell_duty(one, asking) for one in queries.list_duties(row, at)]


def tell_duty(one: Any, asking: dict[str, str]) -> DutyTold:
    duty = one.duty
    return DutyTold(
        duty=duty.name, side=duty.who.value, does=duty.does, strength=duty.strength.value, state=one.state,
        clauses=list(duty.clauses), askable=duty.name in asking, warning=asking.get(duty.name, ""),
        asked=[
            AskedTold(
                request=each.name, asked_at=str(each.at), due_at=str(each.due_at) if each.due_at else None,
                done_at=str(each.done_at) if each.done_at else None,
            )
            for each in one.asked
        ],
    )  # fmt: skip


def tell_switch(one: queries.TurnedSwitch) -> SwitchTold:
    return SwitchTold(
        switch=one.switch.name, on=one.is_on, held_by=one.switch.held_by.value, opens=list(one.opens),
        clauses=list(one.switch.clauses),
        turns=[TurnTold(on=turn.on, by=turn.by, at=str(turn.occurred_at)) for turn in one.turns],
    )  # fmt: skip


def tell_coming(one: queries.Came) -> ComingTold:
    fact = one.fact
    ended_at = fact.ended_at if isinstance(fact, AccessUsed) else fact.until_at
    return ComingTold(
        who=fact.who, person=fact.person, what=fact.what, purpose=name_of_mark(fact.purpose), ticket=fact.ticket,
        used=isinstance(fact, AccessUsed), at=str(fact.occurred_at), ended_at=str(ended_at) if ended_at else None,
        allowed=one.decision.is_allowed,
        clauses=list(dict.fromkeys(clause for rule in one.decision.rules for clause in rule.clauses)),
    )  # fmt: skip
