"""Deeds of work on a ticket: what was sent is read, the service does it, and a refusal stands at its form."""

from collections.abc import Callable, Sequence
from typing import Any

from upheld.apps.desk import services
from upheld.apps.desk.queries import UnknownWork, appointments_of, instructions_of, quotes_of, work
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.core.fees import Line
from upheld.core.money import Money
from upheld.core.money.amount import NotMoney
from upheld.core.timeline import MINUTE, Duration, Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.naming import zone_of
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.due import Ticket
from upheld.doors.written_times import NotATime, read_time
from upheld.interfaces.console.desk.fields import Wrong
from upheld.interfaces.console.desk.forms import Trouble
from upheld.interfaces.console.desk.ticket import PAST
from upheld.interfaces.console.desk.working import make_working
from upheld.interfaces.console.desk.working_forms import WORK_FIELDS
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import capitalise

MOST_MINUTES = 60 * 24 * 31


def act(asked: Asked, name: str, deed: str) -> Answer:
    """One deed; what was typed stays where it is refused."""
    if asked.is_past:
        raise NotAllowed("Tickets are worked on now", PAST)
    if deed != "cost" and deed not in DEEDS:
        raise NotHere()
    ticket = read_ticket(name)
    if ticket.agreement is None:
        raise NotAllowed("A held ticket is not worked on", "Say whose it is first, on the ticket’s page.")
    field = "minutes" if deed in ("cost", "keep", "misuse") else DEEDS[deed][0]
    try:
        if deed == "cost":
            return show_cost(asked, ticket)
        words = DEEDS[deed][1](asked, ticket)
    except Wrong as problem:
        return refuse(asked, name, deed, Problem(problem.field, capitalise(problem)))
    except (services.CannotDo, UnknownWork) as problem:
        return refuse(asked, name, deed, Problem(field, capitalise(problem)))
    leave_toast(asked, words)
    return to("ticket-work", name)


def refuse(asked: Asked, name: str, deed: str, problem: Problem) -> Answer:
    sent = {field: asked.sent(field) for field in asked.request.POST}
    shown = "cost" if deed == "keep" else deed
    return answer(asked, make_working(asked, name, Trouble(shown, (problem,), sent)), status=422)


def show_cost(asked: Asked, ticket: Ticket) -> Answer:
    """What the ticket's work costs with what was typed; nothing is kept."""
    lines: list[Line] = services.preview_work(ticket=ticket, done=read_done(asked, ticket), by=asked.by, at=asked.at)
    sent = {field: asked.sent(field) for field in WORK_FIELDS}
    return answer(asked, make_working(asked, ticket.name, Trouble("cost", (), sent), tuple(lines)))


def read_done(asked: Asked, ticket: Ticket) -> services.Done:
    named = asked.sent("quote")
    quote = next((one for one in quotes_of(ticket) if one.name == named), None)
    if named and quote is None:
        raise Wrong("quote", "Name one of the quotes of this ticket")
    return services.Done(
        asked.sent("charge"), read_at(asked, ticket, "from"), read_minutes(asked), words=read_words(asked, "words"),
        quote=quote,
    )  # fmt: skip


def read_at(asked: Asked, ticket: Ticket, field: str) -> Instant:
    assert ticket.agreement is not None
    try:
        return read_time(asked.sent(field), {"": zone_of(ticket.agreement)})
    except NotATime as problem:
        raise Wrong(field, str(problem)) from None


def read_minutes(asked: Asked) -> Duration:
    written = asked.sent("minutes")
    if not (written.isascii() and written.isdigit() and len(written) < 6 and 0 < int(written) <= MOST_MINUTES):
        raise Wrong("minutes", "Write the minutes in digits, for instance 25")
    return MINUTE * int(written)


def read_words(asked: Asked, field: str) -> str:
    written = asked.sent(field)
    if too_long := explain_length("The text", written):
        raise Wrong(field, too_long)
    return written


def keep(asked: Asked, ticket: Ticket) -> str:
    kept = services.log_work(ticket=ticket, done=read_done(asked, ticket), by=asked.by, at=asked.at)
    return f"{kept.name} is kept."


def give_quote(asked: Asked, ticket: Ticket) -> str:
    try:
        amount = Money.parse(asked.sent("amount"))
    except NotMoney as problem:
        raise Wrong("amount", str(problem)) from None
    words = read_words(asked, "words")
    quote = services.give_quote(
        ticket=ticket, charge=asked.sent("charge"), amount=amount, words=words, by=asked.by, at=asked.at
    )
    return f"{quote.name} is named; the customer is asked."


def propose_misuse(asked: Asked, ticket: Ticket) -> str:
    proposed = services.propose_misuse(
        ticket=ticket, from_at=read_at(asked, ticket, "from"), lasted=read_minutes(asked),
        because=read_words(asked, "because"), charge=asked.sent("charge"), by=asked.by, at=asked.at,
    )  # fmt: skip
    return f"{proposed.name} is proposed; another person has to agree."


def agree(asked: Asked, ticket: Ticket) -> str:
    found = work(asked.sent("work"))
    if found.ticket_id != ticket.pk:
        raise NotHere()
    services.approve_charge(work=found, by=asked.by, at=asked.at)
    return f"You agreed to the charge of {found.name}."


def propose(asked: Asked, ticket: Ticket) -> str:
    made = services.propose_appointment(
        ticket=ticket, from_at=read_at(asked, ticket, "from"), to_at=read_at(asked, ticket, "to"), side="provider",
        by=asked.by, at=asked.at, words=read_words(asked, "words"),
    )  # fmt: skip
    return f"{made.name} is proposed to the customer."


def accept(asked: Asked, ticket: Ticket) -> str:
    found = find(asked, "appointment", appointments_of(ticket))
    services.accept_appointment(appointment=found, side="provider", by=asked.by, at=asked.at)
    return f"{found.name} is agreed."


def decline(asked: Asked, ticket: Ticket) -> str:
    found = find(asked, "appointment", appointments_of(ticket))
    services.decline_appointment(appointment=found, side="provider", by=asked.by, at=asked.at)
    return f"{found.name} is declined."


def instruct(asked: Asked, ticket: Ticket) -> str:
    if not asked.sent("by"):
        raise Wrong("by", "Say who instructs")
    told = services.receive_instruction(ticket=ticket, by=asked.sent("by"), what=read_words(asked, "what"), at=asked.at)
    return f"The instruction {told.name} is kept."


def carry_out(asked: Asked, ticket: Ticket) -> str:
    found = find(asked, "instruction", instructions_of(ticket))
    services.carry_out(instruction=found, by=asked.by, at=asked.at)
    return f"{found.name} is carried out."


def find(asked: Asked, field: str, rows: Sequence[Any]) -> Any:
    found = next((one for one in rows if str(one.number) == asked.sent(field)), None)
    if found is None:
        raise NotHere()
    return found


DEEDS: dict[str, tuple[str, Callable[[Asked, Ticket], str]]] = {
    "keep": ("minutes", keep), "quote": ("amount", give_quote), "misuse": ("because", propose_misuse), "agree": ("", agree),
    "propose": ("from", propose), "accept": ("", accept), "decline": ("", decline), "instruct": ("what", instruct),
    "carry-out": ("", carry_out),
}  # fmt: skip
"""Each deed with the field at which its refusal stands."""
