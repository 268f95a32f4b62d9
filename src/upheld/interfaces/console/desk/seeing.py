"""A ticket with what its agreement says of it."""

from dataclasses import dataclass

from django.http import HttpResponse

from upheld.apps.desk.queries import desk_of, messages_of, tell_course
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.queries.around import original
from upheld.apps.desk.queries.exhibits import UnknownExhibit, exhibit
from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.files import hand_out, lay_out, send_attachment
from upheld.doors.lines import FactLines
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotHere
from upheld.doors.shown.clocks import Judged
from upheld.doors.shown.due import Ticket, name_clock
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, FactLine
from upheld.pages.words import join_words, say_instant, say_sentence

ANSWERS = {"reply by a person", "first response"}
"""Events that an answer makes."""
MOST_FACTS = 15
"""So many of the latest are shown at once."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A ticket with what its agreement says of it; of a held one nothing. `problem` says why one is not judged."""

    ticket: Ticket
    judged: Judged | None = None
    naming: AgreementName | None = None
    facts: FactLines | None = None
    problem: str = ""


def send_file(asked: Asked, name: str, message: int, number: int) -> HttpResponse:
    """A file of a ticket, to be saved: a browser opens none of them as a page of ours."""
    return send_attachment(read_ticket(name), message, number)


def send_original(asked: Asked, name: str, message: int) -> HttpResponse:
    """The mail of a message as it came, to be saved: what we left out of it or could not read, a mail program shows."""
    return hand_out(original(see(asked, name), message), f"{name}-m{message}.eml")


def send_exhibit(asked: Asked, name: str) -> HttpResponse:
    """A file that a customer handed over, to be saved; NotHere for what never was."""
    try:
        found = exhibit(name)
    except UnknownExhibit as problem:
        raise NotHere(says=say_sentence(str(problem))) from None
    return hand_out(bytes(found.content), found.file_name)


def show_layout(asked: Asked, name: str, message: int) -> HttpResponse:
    """A message as its writer laid it out, cleaned; NotHere where it came as plain text."""
    found = next((one for one in messages_of(see(asked, name)) if one.number == message and one.html), None)
    if found is None:
        raise NotHere(says=f"Message {message} of {name} came as plain text: the ticket shows all of it.")
    return lay_out(found.html, f"{name}, message {message}")


def see(asked: Asked, name: str) -> Ticket:
    """The ticket; NotHere where it was not on record yet at the instant looked from."""
    ticket = read_ticket(name)
    if Instant.of(ticket.opened_at) > asked.as_of:
        raise NotHere(says=f"{name} was not on record yet at {say_instant(asked.as_of)}.")
    return ticket


def look_at(asked: Asked, ticket: Ticket) -> Seen:
    if ticket.agreement is None:
        return Seen(ticket)
    naming, facts = name_for(asked, ticket.agreement), FactLines(ticket.agreement.key, asked.as_of)
    try:
        terms, desk = desk_of(ticket.agreement, [ticket.name], asked.as_of)
    except CannotJudge as problem:
        return Seen(ticket, None, naming, facts, str(problem))
    return Seen(ticket, Judged(naming, facts, terms, desk), naming, facts)


def state_at(asked: Asked, seen: Seen) -> str:
    """Where it stands; from the facts where the reader looks from another instant."""
    if not asked.is_past or seen.judged is None:
        return str(seen.ticket.state)
    return tell_course(seen.judged.desk, seen.ticket.name, "state", asked.as_of) or "new"


def tell_priority(seen: Seen) -> tuple[str, tuple[str, ...]]:
    """Who decides it, and what the customer wished."""
    if seen.judged is None:
        return "", ()
    ticket, desk = seen.ticket, seen.judged.terms.desk
    rule = desk.set_by
    who = {"customer": "set by the customer", "matrix": "from impact and urgency"}.get(rule.value, "decided by staff")
    wished = ticket.wish and ticket.wish != ticket.priority
    clauses = rule.clauses or (desk.matrix_clauses if rule.value == "matrix" else ())
    return f"{who}; the customer wished {ticket.wish}" if wished else who, clauses


def link_fact(seen: Seen, name: str) -> Link | None:
    """The fact of this id, by its number; none where nothing was recorded, as on a held ticket."""
    found = seen.facts.named([name]) if seen.facts is not None else ()
    return Link(f"#{found[0].number:,}", found[0].url) if found else None


def list_facts(asked: Asked, seen: Seen) -> list[FactLine]:
    """The latest facts about the ticket, each with its place in the ledger."""
    if seen.facts is None:
        return []
    known = seen.facts.facts
    about = [number for number, fact in enumerate(known) if getattr(fact, "ticket", "") == seen.ticket.name]
    return [seen.facts.at(number) for number in about if known[number].recorded_at <= asked.as_of][-MOST_FACTS:]


def tell_stops(ticket: Ticket, judged: Judged) -> tuple[str, tuple[str, ...]]:
    """What an answer does to the clocks that run now, by the rule of each, with its clauses."""
    names: list[str] = []
    clauses: list[str] = []
    for run in judged.desk.of_ticket(ticket.name):
        if run.state != "running" or run.is_superseded:
            continue
        cases = judged.terms.desk.clocks[run.clock].each
        rule = next((case.rule for case in cases if case.name == run.case), cases[0].rule)
        if ANSWERS & set(rule.stops.value.events):
            names.append(name_clock(run.clock))
            clauses += rule.stops.clauses
    if not names:
        return "No clock that runs now waits for an answer.", ()
    return f"Stops what runs now: {join_words(names)}.", tuple(dict.fromkeys(clauses))
