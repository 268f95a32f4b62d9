"""The clocks of a ticket as the core sees them: cards for staff, sentences for the customer, and the reasons of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from upheld.core.clocks import DeskState, Timed
from upheld.core.explain import Verdict
from upheld.core.service_hours import ServiceHours
from upheld.core.terms import Terms
from upheld.core.timeline import ZERO
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.refusing import NotHere
from upheld.doors.shown.calendar_strips import find_strip
from upheld.doors.shown.due import NEEDS_PRIORITY, NOT_KNOWN, Ticket, name_clock, name_hours, tell_due
from upheld.doors.shown.why import open_reasons
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Why
from upheld.pages.contexts.statements import WhyPage, WhyPart
from upheld.pages.contexts.tickets import ClockCard
from upheld.pages.words import say_instant, say_left, say_length, say_over, say_verdict

SILENT = ("not for this", "no time", "not begun")
"""States of a run that say only that nothing is timed."""
NO_PRIORITY = "no priority has been set"
"""What the reasons of a run say where only a priority is missing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the core says of a ticket, with what its reasons are shown with."""

    naming: AgreementName
    facts: FactLines
    terms: Terms
    desk: DeskState


def choose_runs(ticket: Ticket, judged: Judged) -> list[Timed]:
    """Every run that times something: those that are due next first, then the paused ones, then the settled ones."""
    return list_runs(ticket, judged.desk)


def list_runs(ticket: Ticket, desk: DeskState) -> list[Timed]:
    """The same of what the core says alone."""
    runs = [run for run in desk.of_ticket(ticket.name) if not run.is_superseded and run.state not in SILENT]
    return sorted(runs, key=press)


def press(run: Timed) -> tuple[int, int, str]:
    order = {"running": 0, "paused": 1, "not known": 2}.get(run.state, 3)
    at = run.due_at if order < 3 else None
    return order, at.micros if at else -(run.stop_at.micros if run.stop_at else 0), run.clock


def find_run(ticket: Ticket, judged: Judged, clock: str, number: int) -> Timed:
    """One run of a clock on a ticket; raises NotHere."""
    runs = [run for run in judged.desk.of_ticket(ticket.name) if (run.clock, run.number) == (clock, number)]
    run = next((one for one in runs if not one.is_superseded), None)
    if run is None:
        raise NotHere(says=f"{ticket.name} has no run {number} of a clock called {clock}.")
    return run


def tell_silence(desk: DeskState, ticket: Ticket) -> str:
    """Why nothing runs, in a sentence; nothing where something does."""
    runs = [run for run in desk.of_ticket(ticket.name) if not run.is_superseded]
    if any(run.state not in SILENT for run in runs):
        return ""
    told = next((run.why.words for run in runs if run.state == "no time"), "")
    return f"No clause promises a time for it: {told}." if told else "No clause promises a time for it. Nothing runs."


def give_reasons(asked: Asked, ticket: Ticket, run: Timed, judged: Judged) -> Why:
    """The reasons of a run, the deeper ones fetched from their own address when they are opened."""
    # Who looks from another instant has all the lines at once: what is fetched later would be seen from now.
    url = "" if asked.is_past else asked.url_of("ticket-clock", ticket.name, run.clock, run.number)
    return Why(step=run.why, agreement=judged.naming, facts=judged.facts, depth=1 if url else 9, url=url)


def name_run(run: Timed) -> str:
    number = f", {run.number}" if run.number > 1 or run.repeats else ""
    return f"{name_clock(run.clock)}{number}"


def name_calendar(hours: ServiceHours | None, run: Timed) -> str:
    name = name_hours(hours, run.calendar)
    return f"in the hours of {name}" if name else "round the clock"


# --- for staff --------------------------------------------------------------------------------------
def make_cards(asked: Asked, ticket: Ticket, judged: Judged) -> tuple[ClockCard, ...]:
    return tuple(make_card(asked, ticket, run, judged) for run in choose_runs(ticket, judged))


def make_card(asked: Asked, ticket: Ticket, run: Timed, judged: Judged) -> ClockCard:
    hours = judged.terms.calendars.get(run.calendar)
    running = run.state == "running" and run.due_at is not None
    return ClockCard(
        clock=name_run(run),
        state=run.state,
        verdict=run.verdict,
        used=run.used,
        allowed=run.allowed,
        hours=name_calendar(hours, run),
        start_at=run.start_at,
        stop_at=run.stop_at,
        due=tell_due(hours, run.clock, run.calendar, run.due_at, asked.as_of) if running and run.due_at else None,
        due_at=run.due_at,
        why=give_reasons(asked, ticket, run, judged),
        clauses=run.why.clauses,
        needs=tell_need(run, judged.terms),
        strip=find_strip(judged.terms, judged.desk, run, asked.as_of),
    )


def tell_need(run: Timed, terms: Terms) -> str:
    """What must be known before the run can be timed; nothing where it is timed."""
    if run.state != "not known":
        return ""
    return NEEDS_PRIORITY if terms.desk.priorities and NO_PRIORITY in run.why.words else NOT_KNOWN


def show_clock(asked: Asked, ticket: Ticket, judged: Judged, clock: str, number: int) -> WhyPage | WhyPart:
    """The reasons of one run of a clock, or what lies below one step of them."""
    run = find_run(ticket, judged, clock, number)
    why = Why(step=run.why.to_json(), agreement=judged.naming, facts=judged.facts, is_open=True)
    verdict = run.verdict if run.verdict is not Verdict.NOT_APPLICABLE else None
    says = f"{ticket.name} {ticket.subject}: {name_clock(clock)}."
    return open_reasons(asked, why, says, verdict, Link(ticket.name, asked.url_of("ticket", ticket.name)))


# --- for the customer -------------------------------------------------------------------------------
def tell_clocks(asked: Asked, ticket: Ticket, judged: Judged) -> Iterator[Entry]:
    for run in choose_runs(ticket, judged):
        yield tell_clock(asked, ticket, run, judged)


def tell_clock(asked: Asked, ticket: Ticket, run: Timed, judged: Judged) -> Entry:
    hours = name_calendar(judged.terms.calendars.get(run.calendar), run)
    used = f"{say_length(run.used)} used"
    used += f" of {say_length(run.allowed)}, {hours}" if run.allowed is not None else f", {hours}"
    zone = judged.naming.zone
    is_over = run.state == "running" and run.due_at is not None and run.due_at < asked.as_of
    word = "Due" if run.state in ("running", "paused") and not is_over else "It was due"
    end = " and is over" if is_over else ""
    due = f"{word} {say_instant(run.due_at, zone, as_of=asked.as_of, dated=True)}{end}." if run.due_at else ""
    weaker = tell_weaker(run.strength) if run.strength and run.strength != "promise" else ""
    need = tell_need(run, judged.terms)
    says = () if need else tuple(words for words in (due, f"{used}.", weaker) if words)
    return Entry(
        words=f"{name_run(run).capitalize()}: {need or tell_standing(run)}",
        badge=tell_face(run),
        says=says,
        clauses=run.why.clauses,
        agreement=judged.naming,
        why=give_reasons(asked, ticket, run, judged),
    )


def tell_standing(run: Timed) -> str:
    """What is left of it, or how it ended."""
    if run.state == "paused":
        return "paused, we wait for you or for somebody else"
    if run.state == "running":
        left = run.left
        if left is None:
            return "running"
        return say_left(left) if left.micros >= 0 else say_over(ZERO - left)
    return say_verdict(run.verdict).words.lower()


def tell_face(run: Timed) -> Badge:
    if run.state == "paused":
        return Badge("Paused", "pause")
    if run.state == "running":
        is_over = run.left is not None and run.left.micros < 0
        return Badge("Over", "down", "down") if is_over else Badge("Runs", "run")
    shown = say_verdict(run.verdict)
    return Badge(shown.words, shown.icon, shown.colour)


def tell_weaker(strength: str) -> str:
    """That something is owed with less than a promise."""
    return f"This is {'an' if strength[:1] in 'aeiou' else 'a'} {strength}, not a promise."
