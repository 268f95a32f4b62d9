"""The clocks of a ticket and its telephone, as the core sees them, ready for the page."""

from dataclasses import dataclass

from upheld.core.clocks import DeskState, Gate, Timed, check_call
from upheld.core.explain import Verdict
from upheld.core.terms import Terms
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.refusing import NotHere
from upheld.doors.shown.why import open_reasons
from upheld.interfaces.console.desk.due import Ticket, name_clock, name_hours, tell_due
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Why
from upheld.pages.contexts.statements import WhyPage, WhyPart
from upheld.pages.contexts.tickets import ClockCard, Telephone
from upheld.pages.words import join_words, say_instant

ANSWERS = {"reply by a person", "first response"}
"""Events that an answer makes."""
SILENT = ("not for this", "no time", "not begun")
"""States of a run that say only that nothing is timed."""
HEADINGS = {
    "ok": "Telephone: open",
    "too-early": "Telephone: closed",
    "ticket-first": "Telephone: a ticket comes first",
    "not-for-this-priority": "Telephone: not for this ticket",
    "already-answered": "Telephone: closed, it was answered",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """What the core says of a ticket, with what its reasons are shown with."""

    naming: AgreementName
    facts: FactLines
    terms: Terms
    desk: DeskState


def make_cards(asked: Asked, ticket: Ticket, judged: Judged) -> tuple[ClockCard, ...]:
    """Every run that times something: those that are due next first, then the paused ones, then the settled ones."""
    runs = [run for run in judged.desk.of_ticket(ticket.name) if not run.is_superseded and run.state not in SILENT]
    cards = [(run, make_card(asked, ticket, run, judged)) for run in runs]
    cards.sort(key=lambda pair: press(pair[0]))
    return tuple(card for _, card in cards)


def press(run: Timed) -> tuple[int, int, str]:
    order = {"running": 0, "paused": 1}.get(run.state, 2)
    at = run.due_at if order < 2 else None
    return order, at.micros if at else -(run.stop_at.micros if run.stop_at else 0), run.clock


def make_card(asked: Asked, ticket: Ticket, run: Timed, judged: Judged) -> ClockCard:
    hours = judged.terms.calendars.get(run.calendar)
    running = run.state == "running" and run.due_at is not None
    # Who looks from another instant has all the lines at once: what is fetched later would be seen from now.
    url = "" if asked.is_past else asked.url_of("ticket-clock", ticket.name, run.clock, run.number)
    why = Why(step=run.why, agreement=judged.naming, facts=judged.facts, depth=1, url=url)
    number = f", {run.number}" if run.number > 1 or run.repeats else ""
    return ClockCard(
        clock=f"{name_clock(run.clock)}{number}",
        state=run.state,
        verdict=run.verdict,
        used=run.used,
        allowed=run.allowed,
        hours=name_hours(hours, run.calendar) or "round the clock",
        start_at=run.start_at,
        stop_at=run.stop_at,
        due=tell_due(hours, run.clock, run.calendar, run.due_at, asked.as_of) if running and run.due_at else None,
        due_at=run.due_at,
        why=why,
        clauses=run.why.clauses,
    )


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


def tell_silence(desk: DeskState, ticket: Ticket) -> str:
    """Why nothing runs, in a sentence; nothing where something does."""
    runs = [run for run in desk.of_ticket(ticket.name) if not run.is_superseded]
    if any(run.state not in SILENT for run in runs):
        return ""
    told = next((run.why.words for run in runs if run.state == "no time"), "")
    return f"No clause promises a time for it: {told}." if told else "No clause promises a time for it. Nothing runs."


def tell_telephone(asked: Asked, ticket: str, judged: Judged, at: Instant) -> Telephone | None:
    """The gate for a ticket, or for a call about none, at an instant; None where the agreement has no telephone."""
    phone = judged.terms.desk.telephone
    gate = check_call(judged.terms, judged.desk, ticket, at)
    if phone is None or gate is None:
        return None
    return Telephone(
        is_open=gate.is_allowed,
        heading=tell_gate(gate, judged.naming, asked),
        says=f"{gate.why.words[:1].upper()}{gate.why.words[1:]}.",
        number=phone.number,
        why=Why(step=gate.why, agreement=judged.naming, facts=judged.facts) if gate.why.because else None,
        clauses=gate.why.clauses,
    )


def tell_gate(gate: Gate, naming: AgreementName, asked: Asked) -> str:
    words = HEADINGS.get(gate.code, f"Telephone: {gate.code}")
    if gate.code == "too-early" and gate.opens_after_at is not None:
        return f"{words} until {say_instant(gate.opens_after_at, naming.zone, as_of=asked.as_of)}"
    return words


def show_clock(asked: Asked, ticket: Ticket, judged: Judged, clock: str, number: int) -> WhyPage | WhyPart:
    """The reasons of one run of a clock, or what lies below one step of them."""
    runs = [run for run in judged.desk.of_ticket(ticket.name) if (run.clock, run.number) == (clock, number)]
    run = next((one for one in runs if not one.is_superseded), None)
    if run is None:
        raise NotHere(says=f"{ticket.name} has no run {number} of a clock called {clock}.")
    why = Why(step=run.why.to_json(), agreement=judged.naming, facts=judged.facts, is_open=True)
    verdict = run.verdict if run.verdict is not Verdict.NOT_APPLICABLE else None
    says = f"{ticket.name} {ticket.subject}: {name_clock(clock)}."
    return open_reasons(asked, why, says, verdict, Link(ticket.name, asked.url_of("ticket", ticket.name)))
