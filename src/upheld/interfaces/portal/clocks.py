"""The clocks of a ticket and its telephone, in sentences, each with its reasons."""

from collections.abc import Iterator, Sequence

from upheld.core.clocks import DeskState, Timed, check_call
from upheld.core.terms import Terms
from upheld.core.timeline import ZERO
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.parts import AgreementName, Why
from upheld.pages.words import say_instant, say_left, say_length, say_over, say_verdict

SILENT = ("not for this", "no time", "not begun")
"""States of a run that say only that nothing is timed."""
GATES = {
    "ok": "You may telephone now",
    "too-early": "It is too early to telephone",
    "ticket-first": "A ticket comes before a call",
    "not-for-this-priority": "The telephone is not for this ticket",
    "already-answered": "It was answered: there is nothing to telephone for",
}


def tell_clocks(
    asked: Asked, terms: Terms, runs: Sequence[Timed], naming: AgreementName, facts: FactLines
) -> Iterator[Entry]:
    """What runs first, then what is paused, then what is settled."""
    shown = [run for run in runs if not run.is_superseded and run.state not in SILENT]
    order = {"running": 0, "paused": 1}
    for run in sorted(shown, key=lambda run: (order.get(run.state, 2), run.due_at.micros if run.due_at else 0)):
        yield tell_clock(asked, terms, run, naming, facts)


def tell_clock(asked: Asked, terms: Terms, run: Timed, naming: AgreementName, facts: FactLines) -> Entry:
    hours = "round the clock" if run.calendar in ("", "none", "always") else f"in {run.calendar.replace('-', ' ')}"
    used = f"{say_length(run.used)} used"
    used += f" of {say_length(run.allowed)}, {hours}" if run.allowed is not None else f", {hours}"
    due = f"Due {say_instant(run.due_at, naming.zone, as_of=asked.as_of, dated=True)}." if run.due_at else ""
    return Entry(
        words=f"{run.clock.replace('-', ' ').capitalize()}: {tell_standing(run)}",
        badge=tell_face(run),
        says=tuple(words for words in (due, f"{used}.", *tell_strength(run)) if words),
        clauses=run.why.clauses,
        agreement=naming,
        why=Why(step=run.why, agreement=naming, facts=facts),
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


def tell_strength(run: Timed) -> Iterator[str]:
    if run.strength and run.strength != "promise":
        yield tell_weaker(run.strength)


def tell_weaker(strength: str) -> str:
    """That something is owed with less than a promise."""
    return f"This is {'an' if strength[:1] in 'aeiou' else 'a'} {strength}, not a promise."


def tell_gate(
    asked: Asked, terms: Terms, desk: DeskState, ticket: str, naming: AgreementName, facts: FactLines
) -> Entry | None:
    """Whether they may telephone now, why, and from when; None where the agreement has no telephone."""
    phone, gate = terms.desk.telephone, check_call(terms, desk, ticket, asked.as_of)
    if phone is None or gate is None:
        return None
    when = ""
    if gate.earliest_at is not None:
        when = f"You may from {say_instant(gate.earliest_at, naming.zone, as_of=asked.as_of, dated=True)} on."
    why = f"{gate.why.words[:1].upper()}{gate.why.words[1:]}."
    return Entry(
        words=GATES.get(gate.code, gate.code),
        badge=Badge("Open", "up", "up") if gate.is_allowed else Badge("Closed", "unknown", "unknown"),
        says=tuple(words for words in (when, why, f"The number is {phone.number}.", phone.warning) if words),
        clauses=gate.why.clauses,
        agreement=naming,
        why=Why(step=gate.why, agreement=naming, facts=facts) if gate.why.because else None,
    )
