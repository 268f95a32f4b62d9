"""What each side owes besides, how it stands, and what can be asked for."""

from collections.abc import Iterator

from upheld.apps.desk.services import CannotDo, Report, ask_copy
from upheld.apps.duties.queries import Asking, askable, list_duties
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.duties import DutyState
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import Agreement, name_for
from upheld.doors.shown.clocks import tell_weaker
from upheld.interfaces.portal.reporting import name_sender
from upheld.pages.contexts.lists import Badge, Entry, ListPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_count, say_instant

FACES = {
    "done": Badge("Done", "up", "up"),
    "due": Badge("Due", "run"),
    "overdue": Badge("Late", "down", "down"),
    "waiting": Badge("Waiting", "pause"),
    "standing": Badge("Stands, nothing is due", "up"),
    "not owed": Badge("Not owed to you", "excluded"),
}
SIDES = {"provider": "What we owe", "customer": "What you owe", "both": "What both sides owe"}
READ = "read"


def show_duties(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> ListPage:
    sections: list[Section] = []
    late = 0
    for agreement in asked.agreements():
        name = name_for(asked, agreement)
        try:
            states = list_duties(agreement, asked.as_of)
            sections += list_sides(name, states, asked)
            sections += list_askable(asked, agreement, name, sent, problems)
        except CannotJudge as problem:
            sections.append(Section(anchor=agreement.key, heading=name.service, empty=f"It cannot be judged: {problem}."))
            continue
        late += sum(1 for state in states if state.state == "overdue")
    return ListPage(
        as_of=asked.as_of,
        answer=f"{say_count(late, 'duty is', 'duties are')} late" if late else "No duty is late",
        lede="What each side owes besides figures and money, in the words of the agreement.",
        way=(Link("Home", asked.url_of("home")), Link("Duties")),
        sections=tuple(sections) or (Section(anchor="none", heading="Duties", empty="Your agreements name no duties."),),
    )


def list_sides(name: AgreementName, states: list[DutyState], asked: Asked) -> Iterator[Section]:
    for side, words in SIDES.items():
        entries = tuple(tell_duty(name, state, asked) for state in states if state.duty.who.value == side)
        if entries:
            yield Section(anchor=f"{name.key}-{side}", heading=f"{words}, {name.service}", entries=entries)


def tell_duty(name: AgreementName, state: DutyState, asked: Asked) -> Entry:
    """Its words, how it stands, and each time that it was asked for."""
    says = []
    for one in state.asked[-5:]:
        told = f"{one.name}: asked {say_instant(one.at, name.zone, as_of=asked.as_of)}"
        told += f", due {say_instant(one.due_at, name.zone, as_of=asked.as_of)}" if one.due_at else ""
        told += f", done {say_instant(one.done_at, name.zone, as_of=asked.as_of)}" if one.done_at else ", not done yet"
        says.append(f"{told}.")
    strength = state.duty.strength.value
    return Entry(
        words=capitalise(state.duty.does),
        badge=FACES[state.state],
        says=(*says, *(() if strength == "promise" else (tell_weaker(strength),))),
        clauses=state.duty.clauses,
        agreement=name,
        anchor=f"{name.key}-{state.duty.name}",
    )


def list_askable(
    asked: Asked, agreement: Agreement, name: AgreementName, sent: dict[str, str], problems: tuple[Problem, ...]
) -> Iterator[Section]:
    """A form for each thing that may be asked for, with its warning."""
    if asked.is_past or not may_act_for_customer(asked.user):
        return
    for one in askable(agreement, asked.as_of):
        mine = sent.get("duty") == one.duty.name and sent.get("agreement") == agreement.key
        yield Section(
            anchor=f"ask-{agreement.key}-{one.duty.name}",
            heading=f"Ask for it: {one.duty.does}",
            says=f"Before you ask: {one.warning}." if one.warning else "",
            form=make_form(asked, agreement, name, one, sent if mine else {}, problems if mine else ()),
        )


def make_form(
    asked: Asked, agreement: Agreement, name: AgreementName, one: Asking, sent: dict[str, str], problems: tuple[Problem, ...]
) -> Form:
    why = Field(name="because", label="What it is for", value=sent.get("because", ""), is_needed=False)
    read = Field(
        name="warned", label="The warning", value=sent.get("warned", ""), clauses=one.clauses,
        choices=(Choice(READ, f"I have read it: {one.warning}"),),
    )  # fmt: skip
    return Form(
        url=asked.url_of("duties"), deed="Ask for it", not_done="Nothing was asked for.", problems=problems,
        hidden=(("agreement", agreement.key), ("duty", one.duty.name)), agreement=name,
        fields=(why, read) if one.warning else (why,),
    )  # fmt: skip


def ask(asked: Asked) -> Answer:
    """Ask for what the provider owes, once its warning was read."""
    agreement = asked.agreement(asked.sent("agreement"))
    sent = {name: asked.sent(name) for name in ("agreement", "duty", "because", "warned")}
    if too_long := explain_length("What it is for", sent["because"]):
        return answer(asked, make_page(asked, sent, (Problem("because", too_long),)), status=422)
    try:
        does = next((one.duty.does for one in askable(agreement, asked.at) if one.duty.name == sent["duty"]), "")
        ticket = ask_copy(
            agreement=agreement, way="portal", duty=sent["duty"], is_warned=sent["warned"] == READ,
            report=Report(subject=f"Asked for: {does}", text=sent["because"]), sender=name_sender(asked), at=asked.at,
        )  # fmt: skip
    except CannotDo as problem:
        words = capitalise(problem)
        return answer(asked, make_page(asked, sent, (Problem("warned", words),)), status=422)
    leave_toast(asked, f"It is asked for, as {ticket.name}.")
    return to("portal:ticket", ticket.name)
