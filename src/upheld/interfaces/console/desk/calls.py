"""Recording a call: what the agreement says of it is shown first, then it is kept with that answer."""

from dataclasses import dataclass
from typing import Any

from upheld.apps.agreements.queries import agreement as read_agreement
from upheld.apps.agreements.queries import list_agreements
from upheld.apps.desk import services
from upheld.apps.desk.queries import desk_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.parties.queries import pseudonym_of, users_of
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import FactLines
from upheld.doors.naming import name_for, zone_of
from upheld.doors.refusing import NotAllowed
from upheld.doors.shown.clocks import Judged
from upheld.doors.shown.due import Ticket
from upheld.doors.shown.telephone import tell_telephone
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.tickets import FormPage
from upheld.pages.words import capitalise

VERB = "Record a call"
PAST = "You look from a past instant. Go back to now to record a call."


@dataclass(frozen=True, slots=True)
class About:
    """What a call is about: an agreement, and a ticket where there is one."""

    agreement: Any = None
    ticket: Ticket = None
    problem: str = ""


def show_call(asked: Asked) -> FormPage:
    return make_call_page(asked, read_about(asked.query("ticket"), asked.query("agreement")), {})


def read_about(ticket: str, agreement: str) -> About:
    """Raises UnknownAgreement; a ticket that is not there is a problem of the form."""
    if not ticket:
        return About(read_agreement(agreement) if agreement else None)
    try:
        found = read_ticket(ticket.upper())
    except LookupError as problem:
        return About(problem=capitalise(problem))
    if found.agreement is None:
        return About(problem=f"{found.name} is held; say whose it is first")
    return About(found.agreement, found)


def make_call_page(asked: Asked, about: About, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> FormPage:
    if asked.is_past:
        raise NotAllowed("A call is recorded now", PAST)
    answered = None
    if about.agreement is not None:
        name = about.ticket.name if about.ticket else ""
        terms, desk = desk_of(about.agreement, [name], asked.as_of)
        judged = Judged(name_for(asked, about.agreement), FactLines(about.agreement.key, asked.as_of), terms, desk)
        answered = tell_telephone(asked, name, judged, asked.as_of)
    silent = about.agreement is not None and answered is None
    return FormPage(
        as_of=asked.as_of,
        verb=VERB,
        lede="Say first what it is about: the agreement’s answer for now is shown before anything is kept.",
        desk_url=asked.url_of("desk"),
        choose=choose(asked, about),
        form=make_form(asked, about, sent, problems) if about.agreement is not None else None,
        answer=answered,
        agreement=name_for(asked, about.agreement) if about.agreement is not None else None,
        warnings=("The agreement has no telephone: the call is kept without an answer.",) if silent else (),
    )


def choose(asked: Asked, about: About) -> Form:
    keys = (Choice("", "as the ticket"), *(Choice(one.key, name_for(asked, one).words) for one in list_agreements()))
    key = about.agreement.key if about.agreement else asked.query("agreement")
    name = about.ticket.name if about.ticket else asked.query("ticket")
    return Form(
        url=asked.url_of("call"), deed="Ask the agreement",
        problems=(Problem("ticket", about.problem),) if about.problem else (),
        fields=(
            Field(name="ticket", label="Ticket", value=name, is_needed=False, example="T-7"),
            Field(name="agreement", label="Or, without a ticket, the agreement", value=key, choices=keys, is_list=True),
        ),
    )  # fmt: skip


def make_form(asked: Asked, about: About, sent: dict[str, str], problems: tuple[Problem, ...]) -> Form:
    people = (Choice("", "somebody else"), *(Choice(str(one.pk), one.name) for one in users_of(about.agreement.customer)))
    came = write_time(asked.at, zone_of(about.agreement))
    hidden = (("agreement", about.agreement.key), ("ticket", about.ticket.name if about.ticket else ""))
    return Form(
        url=asked.url_of("call"), deed="Keep this call", not_done="The call was not kept.", problems=problems,
        agreement=name_for(asked, about.agreement), hidden=hidden,
        fields=(
            Field(name="caller", label="Who called", value=sent.get("caller", ""), choices=people, is_list=True),
            Field(name="came", label="When", value=sent.get("came", came)),
            Field(name="words", label="What was said, for ourselves", kind="long", is_needed=False,
                  value=sent.get("words", "")),
        ),
    )  # fmt: skip


def record(asked: Asked) -> Answer:
    sent = {name: asked.sent(name) for name in ("agreement", "ticket", "caller", "came", "words")}
    about = read_about(sent["ticket"], sent["agreement"])
    try:
        came = read_came(asked, about, sent["came"])
    except NotATime as problem:
        return refuse(asked, about, sent, Problem("came", str(problem)))
    if too_long := explain_length("What was said", sent["words"]):
        return refuse(asked, about, sent, Problem("words", too_long))
    caller = next((one for one in users_of(about.agreement.customer) if str(one.pk) == sent["caller"]), None)
    try:
        call = services.record_call(
            agreement=about.agreement, ticket=about.ticket, by=pseudonym_of(caller) if caller else "customer",
            called_at=came, taken_by=asked.by, at=asked.at, words=sent["words"],
        )  # fmt: skip
    except services.CannotDo as problem:
        return refuse(asked, about, sent, Problem("came", capitalise(problem)))
    leave_toast(asked, f"{call.name} is kept: {call.code or 'no telephone is agreed'}.")
    return to("ticket", about.ticket.name) if about.ticket else to("desk")


def read_came(asked: Asked, about: About, written: str) -> Instant:
    """A time to the minute may lie in the minute that goes on: the call came before now."""
    if about.agreement is None:
        raise NotATime("Say first what the call is about")
    zones = {"": zone_of(about.agreement)}
    came = read_time(written, zones) if written else asked.at
    return min(came, asked.at) if write_time(came, zones[""]) == write_time(asked.at, zones[""]) else came


def refuse(asked: Asked, about: About, sent: dict[str, str], problem: Problem) -> Answer:
    return answer(asked, make_call_page(asked, about, sent, (problem,)), status=422)
