"""The telephone of a ticket as the core sees it: whether one may call, why, and from when."""

from upheld.core.clocks import Gate, check_call
from upheld.core.terms.desk import Telephone as PhoneTerms
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.shown.clocks import Judged
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.parts import AgreementName, Why
from upheld.pages.contexts.tickets import Telephone
from upheld.pages.words import say_instant, say_sentence
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
    )


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
    told = (when, say_why(gate, judged.naming, asked), f"The number is {phone.number}.", warn(gate, phone))
    return Entry(
        words=GATES.get(gate.code, gate.code),
        badge=Badge("Open", "up", "up") if gate.is_allowed else Badge("Closed", "unknown", "unknown"),
        says=tuple(words for words in told if words),
        clauses=gate.why.clauses,
        agreement=judged.naming,
        why=why_of(gate, judged),
    )
