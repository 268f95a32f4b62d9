"""What a customer and we agree on at a ticket: prices, times, instructions; and what our work there costs."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from upheld.apps.desk import services
from upheld.apps.desk.queries import (
    appointments_of,
    instructions_of,
    judge_instruction,
    lines_of,
    name_in_agreement,
    price_of,
    quotes_of,
)
from upheld.apps.findings.queries import CannotJudge
from upheld.core.explain import Step
from upheld.core.fees import Line
from upheld.core.money import Money
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import lines_of as facts_of
from upheld.doors.naming import name_for, zone_of
from upheld.doors.refusing import NotHere
from upheld.doors.written_times import EXAMPLE, NotATime, read_time
from upheld.interfaces.portal.tickets import Ticket, find_ticket, may_act
from upheld.pages.contexts.lists import Badge, Entry, Section, TicketsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Field, Form, Problem, Why
from upheld.pages.words import capitalise, say_count, say_instant, say_money

HELD = "We do not know yet under which agreement it stands: nothing is charged or agreed before we do."
FACES = {
    "proposed": Badge("Proposed", "pause"), "accepted": Badge("Agreed", "up", "up"),
    "declined": Badge("Declined", "excluded", "excluded"),
}  # fmt: skip
SIDES = {"provider": "We proposed it.", "customer": "You proposed it."}


def show_agreed(asked: Asked, name: str) -> Answer:
    return make_page(asked, find_ticket(asked, name), {})


def make_page(asked: Asked, ticket: Ticket, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> TicketsPage:
    sections: tuple[Section, ...] = ()
    if ticket.agreement is not None:
        sections = tuple(list_sections(asked, ticket, name_for(asked, ticket.agreement), sent, problems))
    waiting = sum(1 for one in quotes_of(ticket) if one.is_open)
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{say_count(waiting, 'price waits', 'prices wait')} for you" if waiting else f"Agreed on {ticket.name}",
        lede=f"{ticket.subject}." if ticket.agreement is not None else HELD,
        way=(
            Link("Tickets", asked.url_of("tickets")), Link(ticket.name, asked.url_of("ticket", ticket.name)), Link("Agreed"),
        ),
        sections=sections,
    )  # fmt: skip


def list_sections(
    asked: Asked, ticket: Ticket, naming: AgreementName, sent: dict[str, str], problems: tuple[Problem, ...]
) -> Iterator[Section]:
    def ask(deed: str, words: str, *fields: Field) -> Form | None:
        if not may_act(asked):
            return None
        return Form(
            url=asked.url_of("agreed", ticket.name), deed=words, fields=fields, hidden=(("deed", deed),),
            problems=problems if sent.get("deed") == deed else (), not_done="Nothing was sent.",
        )  # fmt: skip

    def typed(deed: str, name: str) -> str:
        return sent.get(name, "") if sent.get("deed") == deed else ""

    quotes = tuple(tell_quote(asked, ticket, naming, one) for one in known(asked, quotes_of(ticket), "given_at"))
    yield Section(anchor="quotes", heading="Prices", entries=quotes, empty="We named no price.")
    try:
        costs = tuple(tell_line(asked, naming, line) for line in lines_of(ticket, asked.as_of))
        yield Section(anchor="cost", heading="What our work costs", entries=costs, empty="Nothing is charged.")
    except CannotJudge as problem:
        yield Section(anchor="cost", heading="What our work costs", empty=f"It cannot be judged: {problem}.")
    times = tuple(tell_time(asked, ticket, naming, one) for one in known(asked, appointments_of(ticket), "proposed_at"))
    yield Section(
        anchor="times", heading="Appointments", entries=times, empty="No time was agreed.",
        form=ask("propose", "Propose this time",
                 Field(name="from", label="From", value=typed("propose", "from"), example=EXAMPLE),
                 Field(name="to", label="To", value=typed("propose", "to"), example=EXAMPLE),
                 Field(name="words", label="What is done then", is_needed=False, value=typed("propose", "words"))),
    )  # fmt: skip
    told = tuple(tell_instruction(asked, naming, one) for one in known(asked, instructions_of(ticket), "received_at"))
    yield Section(
        anchor="instructions", heading="Instructions", entries=told, empty="You instructed us to do nothing yet.",
        form=ask("instruct", "Instruct us to do this",
                 Field(name="what", label="What we are to do", kind="long", value=typed("instruct", "what"))),
    )  # fmt: skip


def known(asked: Asked, rows: Sequence[Any], since: str) -> list[Any]:
    return [one for one in rows if Instant.of(getattr(one, since)) <= asked.as_of]


def offer(asked: Asked, ticket: Ticket, row: Any, **deeds: str) -> tuple[Form, ...]:
    """Buttons for what this side may do with a row."""
    if not may_act(asked):
        return ()
    url = asked.url_of("agreed", ticket.name)
    return tuple(
        Form(url=url, deed=words, fields=(), hidden=(("deed", deed.replace("_", "-")), ("number", str(row.number))))
        for deed, words in deeds.items()
    )


def tell_quote(asked: Asked, ticket: Ticket, naming: AgreementName, one: Any) -> Entry:
    face = "accepted" if one.accepted_at else "declined" if one.declined_at else "proposed"
    why = explain_quote(ticket, one)
    return Entry(
        words=f"{one.name} for {one.charge.replace('-', ' ')}: {say_money(Money.parse(one.amount))}",
        at=Instant.of(one.given_at), agreement=naming, clauses=why.clauses if why else (),
        why=Why(step=why, agreement=naming, facts=facts_of(asked, naming.key)) if why else None,
        badge=Badge("Waits for you", "pause") if one.is_open else FACES[face],
        says=tuple(line for line in one.words.splitlines() if line.strip()),
        deeds=offer(asked, ticket, one, accept_quote="Accept this price", decline_quote="Decline") if one.is_open else (),
    )  # fmt: skip


def explain_quote(ticket: Ticket, one: Any) -> Step | None:
    """Why such work has a price of its own; nothing where the agreement cannot be read, or says no more of it."""
    try:
        return price_of(ticket.agreement, one.charge, {}, Instant.of(one.given_at)).why
    except (CannotJudge, ValueError):
        return None


def tell_line(asked: Asked, naming: AgreementName, line: Line) -> Entry:
    amount = say_money(line.amount) if line.amount is not None else line.state
    why = Why(step=line.why, agreement=naming, facts=facts_of(asked, naming.key))
    return Entry(words=f"{line.charge}: {amount}", clauses=line.why.clauses, agreement=naming, why=why)


def tell_time(asked: Asked, ticket: Ticket, naming: AgreementName, one: Any) -> Entry:
    ours = one.state == "proposed" and one.side == "provider"
    until = say_instant(Instant.of(one.to_at), naming.zone, as_of=asked.as_of)
    return Entry(
        words=one.words or "Appointment", at=Instant.of(one.from_at), agreement=naming, badge=FACES[one.state],
        says=(f"Until {until}. {SIDES[one.side]}",),
        deeds=offer(asked, ticket, one, accept_time="Agree to this time", decline_time="Decline") if ours else (),
    )  # fmt: skip


def tell_instruction(asked: Asked, naming: AgreementName, one: Any) -> Entry:
    decided = judge_instruction(one, asked.as_of)
    counts = decided is None or decided.is_accepted
    face = Badge("We do it", "run") if counts else Badge("Does not count: somebody else has to say so", "down", "down")
    return Entry(
        words=one.what, at=Instant.of(one.received_at), agreement=naming,
        badge=Badge("Done", "up", "up") if one.carried_out_at else face,
        clauses=decided.why.clauses if decided else (),
        why=Why(step=decided.why, agreement=naming, facts=facts_of(asked, naming.key)) if decided else None,
    )  # fmt: skip


# --- deeds ----------------------------------------------------------------------------------------------------------------


def act(asked: Asked, name: str) -> Answer:
    """One deed of the customer's; what was typed stays where it is refused."""
    ticket, deed = find_ticket(asked, name), asked.sent("deed")
    sent = {field: asked.sent(field) for field in ("deed", "from", "to", "words", "what")}
    if deed not in DEEDS or ticket.agreement is None:
        return answer(asked, make_page(asked, ticket, sent), status=422)
    field, does = DEEDS[deed]
    try:
        words = does(asked, ticket)
    except (services.CannotDo, NotATime) as problem:
        told = capitalise(problem)
        if not field:
            leave_toast(asked, told)
            return to("portal:agreed", name)
        return answer(asked, make_page(asked, ticket, sent, (Problem(field, told),)), status=422)
    leave_toast(asked, words)
    return to("portal:agreed", name)


def find(asked: Asked, rows: Sequence[Any]) -> Any:
    found = next((one for one in rows if str(one.number) == asked.sent("number")), None)
    if found is None:
        raise NotHere()
    return found


def speak(asked: Asked, ticket: Ticket) -> str:
    """The name by which the agreement knows who asks: only so does their word count."""
    return name_in_agreement(ticket.agreement, asked.user, asked.at)


def accept_quote(asked: Asked, ticket: Ticket) -> str:
    quote = services.accept_quote(quote=find(asked, quotes_of(ticket)), by=speak(asked, ticket), at=asked.at)
    return f"{quote.name} is accepted; we begin."


def decline_quote(asked: Asked, ticket: Ticket) -> str:
    quote = services.decline_quote(quote=find(asked, quotes_of(ticket)), by=asked.by, at=asked.at)
    return f"{quote.name} is declined."


def accept_time(asked: Asked, ticket: Ticket) -> str:
    found = find(asked, appointments_of(ticket))
    services.accept_appointment(appointment=found, side="customer", by=asked.by, at=asked.at)
    return "The time is agreed."


def decline_time(asked: Asked, ticket: Ticket) -> str:
    found = find(asked, appointments_of(ticket))
    services.decline_appointment(appointment=found, side="customer", by=asked.by, at=asked.at)
    return "The time is declined."


def propose(asked: Asked, ticket: Ticket) -> str:
    zones = {"": zone_of(ticket.agreement)}
    words = asked.sent("words")
    if too_long := explain_length("What is done then", words):
        raise services.CannotDo(too_long)
    services.propose_appointment(
        ticket=ticket, from_at=read_time(asked.sent("from"), zones), to_at=read_time(asked.sent("to"), zones),
        side="customer", by=asked.by, at=asked.at, words=words,
    )  # fmt: skip
    return "The time is proposed to us."


def instruct(asked: Asked, ticket: Ticket) -> str:
    what = asked.sent("what")
    if too_long := explain_length("What we are to do", what):
        raise services.CannotDo(too_long)
    told = services.receive_instruction(ticket=ticket, by=speak(asked, ticket), what=what, at=asked.at)
    decided = judge_instruction(told, asked.at)
    counts = decided is None or decided.is_accepted
    return "We have it." if counts else "We have it, but it does not count: the agreement names whose word does."


DEEDS: dict[str, tuple[str, Callable[[Asked, Ticket], str]]] = {
    "accept-quote": ("", accept_quote), "decline-quote": ("", decline_quote), "accept-time": ("", accept_time),
    "decline-time": ("", decline_time), "propose": ("from", propose), "instruct": ("what", instruct),
}  # fmt: skip
"""Each deed with the field at which its refusal stands; none where it was a button."""
