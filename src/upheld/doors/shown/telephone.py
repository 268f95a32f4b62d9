"""The telephone of a ticket as the core sees it: whether one may call, why, and from when."""

from collections.abc import Iterator

from upheld.core.clocks import Gate, check_call
from upheld.core.terms.desk import Telephone as PhoneTerms
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.shown.clocks import Judged
from upheld.doors.shown.due import name_clock
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.parts import AgreementName, Why
from upheld.pages.contexts.portal import Condition
from upheld.pages.contexts.tickets import Telephone
from upheld.pages.words import join_words, say_instant, say_length, say_sentence
from upheld.pages.words.zones import say_in_zone

HEADINGS = {
    "ok": "Telephone: open",
    "too-early": "Telephone: closed",
    "ticket-first": "Telephone: a ticket comes first",
    "not-for-this-priority": "Telephone: not for this ticket",
    "already-answered": "Telephone: closed, it was answered",
}
"""For staff, by what the core says of a call."""
GATES = {
    "ok": "You may telephone now",
    "too-early": "It is too early to telephone",
    "ticket-first": "A ticket comes before a call",
    "not-for-this-priority": "The telephone is not for this ticket",
    "already-answered": "It was answered: there is nothing to telephone for",
}
"""The same for the customer."""
ANSWERED = "It was answered."
MET = {True: "Met", False: "Not met", None: "Not yet"}


def tell_telephone(asked: Asked, ticket: str, judged: Judged, at: Instant) -> Telephone | None:
    """The gate for a ticket, or for a call about none, at an instant; None where the agreement has no telephone."""
    phone = judged.terms.desk.telephone
    gate = check_call(judged.terms, judged.desk, ticket, at)
    if phone is None or gate is None:
        return None
    return Telephone(
        is_open=gate.is_allowed,
        heading=head_gate(gate, judged.naming, asked),
        says=" ".join(words for words in (say_why(gate, judged.naming, asked), warn(gate, phone)) if words),
        number=phone.number,
        why=why_of(gate, judged),
        clauses=gate.why.clauses,
        conditions=tuple(list_conditions(asked, phone, ticket, judged, at)),
    )


def list_conditions(asked: Asked, phone: PhoneTerms, ticket: str, judged: Judged, at: Instant) -> Iterator[Condition]:
    """All that must hold before one may call, each by itself, so that nobody waits for one and then meets the next."""
    known = judged.desk.tickets.get(ticket)
    is_open = known is not None and known.opened.occurred_at <= at
    if phone.needs_ticket.value:
        found = "" if is_open else "open one first"
        yield Condition(is_open, "There is a ticket", phone.needs_ticket.clauses, found)
    elif not is_open:
        return
    priority = judged.desk.matters[ticket].known_at(at).get("priority") if is_open else None
    found = f"it is {priority}" if priority else "none is set"
    words = f"Its priority is {join_words(phone.priorities.value, 'or')}"
    yield Condition(priority in phone.priorities.value, words, phone.priorities.clauses, found)
    if phone.opens_after.value is not None:
        yield ask_clock(asked, phone, ticket if is_open else "", judged, at)


def ask_clock(asked: Asked, phone: PhoneTerms, ticket: str, judged: Judged, at: Instant) -> Condition:
    """The clock that must have run out with nobody having answered; exactly when it is due is still too early."""
    clock, clauses = phone.opens_after.value or "", phone.opens_after.clauses
    run = next((one for one in judged.desk.runs.get(clock, ()) if one.matter == ticket), None)
    allowed = f"{say_length(run.allowed)} " if run and run.allowed is not None else f"The time of {name_clock(clock)} "
    words = f"{allowed}went by without an answer"

    def say(instant: Instant) -> str:
        return say_instant(instant, judged.naming.zone, as_of=asked.as_of)

    if run is not None and run.stop_at is not None and run.stop_at <= at:
        return Condition(False, words, clauses, f"it was answered {say(run.stop_at)}")
    if run is None or run.due_at is None:
        return Condition(None, words, clauses, "no time runs that could run out")
    if at <= run.due_at:
        return Condition(None, words, clauses, f"not before {say(run.due_at)} is over")
    return Condition(True, words, clauses, f"it ran out {say(run.due_at)}")


def head_gate(gate: Gate, naming: AgreementName, asked: Asked) -> str:
    words = HEADINGS.get(gate.code, f"Telephone: {gate.code}")
    if gate.code == "too-early" and gate.opens_after_at is not None:
        return f"{words} until {say_instant(gate.opens_after_at, naming.zone, as_of=asked.as_of)}"
    return words


def say_why(gate: Gate, naming: AgreementName, asked: Asked) -> str:
    """The reason, its instant in the zone of the agreement."""
    if gate.opens_after_at is None:
        return ANSWERED if gate.code == "already-answered" else say_sentence(say_in_zone(gate.why.words, naming.zone))
    at = say_instant(gate.opens_after_at, naming.zone, as_of=asked.as_of)
    if gate.is_allowed:
        return f"Nobody has answered, and the time ran out {at}."
    return f"Nobody has answered; one may call after {at}, and not at it."


def why_of(gate: Gate, judged: Judged) -> Why | None:
    return Why(step=gate.why, agreement=judged.naming, facts=judged.facts) if gate.why.because else None


def warn(gate: Gate, phone: PhoneTerms) -> str:
    """What the agreement warns of, while the line is closed and where the reason does not say it already."""
    if gate.is_allowed or not phone.warning or (gate.opens_after_at is None and phone.warning in gate.why.words):
        return ""
    return say_sentence(phone.warning)


def tell_gate(asked: Asked, ticket: str, judged: Judged) -> Entry | None:
    """For the customer: whether they may telephone now, why, and from when; None where there is no telephone."""
    phone = judged.terms.desk.telephone
    gate = check_call(judged.terms, judged.desk, ticket, asked.as_of)
    if phone is None or gate is None:
        return None
    when = ""
    if gate.earliest_at is not None:
        when = f"You may from {say_instant(gate.earliest_at, judged.naming.zone, as_of=asked.as_of, dated=True)} on."
    conditions = (
        f"{MET[one.holds]}: {one.words[:1].lower()}{one.words[1:]}{f' ({one.found})' if one.found else ''}."
        for one in list_conditions(asked, phone, ticket, judged, asked.as_of)
    )
    told = (when, say_why(gate, judged.naming, asked), f"The number is {phone.number}.", warn(gate, phone), *conditions)
    return Entry(
        words=GATES.get(gate.code, gate.code),
        badge=Badge("Open", "up", "up") if gate.is_allowed else Badge("Closed", "unknown", "unknown"),
        says=tuple(words for words in told if words),
        clauses=gate.why.clauses,
        agreement=judged.naming,
        why=why_of(gate, judged),
    )
