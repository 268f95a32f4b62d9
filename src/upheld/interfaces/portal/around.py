"""Around a ticket, as its customer sees it: what it waits for now, and what was answered when it was reported."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.desk.queries import holds_of, visible_messages
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.pages.contexts.lists import Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName
from upheld.pages.words import UTC, capitalise, say_instant
from upheld.pages.words.facts_of_desk import say_wait

FOR_YOU = "customer"


def list_around(asked: Asked, ticket: Any, naming: AgreementName | None) -> Iterator[Section]:
    """A section for each of them that has something to say."""
    waits = tuple(tell_wait(asked, ticket, hold, naming) for hold in holds_of(ticket) if is_open(hold, asked.as_of))
    if waits:
        yield Section(anchor="waits", heading="Waiting", entries=waits)
    if told := tuple(tell_answer(line) for line in ticket.told):
        yield Section(anchor="told", heading="What was answered when it was reported", entries=told)


def is_open(hold: Any, as_of: Instant) -> bool:
    """Whether it had begun by then, and not ended."""
    return Instant.of(hold.opened_at) <= as_of and (hold.closed_at is None or as_of < Instant.of(hold.closed_at))


def tell_wait(asked: Asked, ticket: Any, hold: Any, naming: AgreementName | None) -> Entry:
    """For whom, since when and until when; the message that asked, or the number of somebody else's ticket."""
    is_yours = hold.waiting_for == FOR_YOU
    asks = {message.name: message.number for message in visible_messages(ticket)}.get(hold.evidence) if is_yours else None
    until = Instant.of(hold.until_at) if hold.until_at else None
    says = [] if is_yours or not hold.evidence else [f"Their reference: {hold.evidence}."]
    if until is not None:
        says.append(f"Until {say_instant(until, naming.zone if naming else UTC)} at most.")
    return Entry(
        words="Waits for you" if is_yours else capitalise(say_wait(hold.waiting_for, hold.cause)),
        at=Instant.of(hold.opened_at), agreement=naming, says=tuple(says),
        links=(Link("What we asked", f"{asked.url_of('ticket', ticket.name)}#m{asks}"),) if asks else (),
    )  # fmt: skip


def tell_answer(line: str) -> Entry:
    """`The site is down for others too`, and what was answered."""
    name, _, value = line.partition(": ")
    return Entry(words=capitalise(name), says=(value,) if value else ())
