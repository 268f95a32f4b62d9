"""Tickets of an example, and what happens on them: messages, holds, changes of priority, calls."""

from collections.abc import Iterator
from typing import Any

from upheld.core.facts import Fact
from upheld.core.terms.asking import TOLD_OF_TICKETS
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import SOURCE, Writer

AUTHORS = {"automatic": "machine", "machine": "machine", "customer": "customer", "person": "person", "staff": "person"}
SAYS = {"ETA": ["ETA"], "update": ["update"], "question": ["question"], "confirmation": ["confirmation"]}
DEEDS = {
    "work started": "work-started",
    "resolution": "ticket-resolved",
    "reopened": "ticket-reopened",
    "identified": "fault-identified",
}
HIGH_LOAD = "high load"


def write_ticket(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """
    A ticket. Its priority is the one that it has from then on; where the channel gives a first priority it is only what
    the customer wished, until a `change`.
    """
    ticket, at, channel = f"T-{number}", one.at("at"), channel_of(writer, one)
    writer.tickets.append(ticket)
    told = [f"{name}: {one.text(name)}" for name in TOLD_OF_TICKETS if name in one.fields]
    fields: dict[str, Any] = {
        name: one.text(name) for name in ("topic", "priority", "impact", "urgency") if name in one.fields
    }
    if "by" in one.fields:
        fields["opened_by"] = one.text("by")
    yield writer.fact(
        "ticket-opened", at, ticket=ticket, channel=channel, outage=writer.outage_of(one), told=told,
        urgent=one.text("urgent") == "true", **fields,
    )  # fmt: skip
    if "priority" in one.fields and "first priority" not in channels_of(writer).get(channel, {}):
        yield writer.fact("priority-set", at, ticket=ticket, priority=one.text("priority"), by=SOURCE)
    if "information complete at" in one.fields:
        yield writer.fact("information-completed", one.at("information complete at"), ticket=ticket)
    if one.text("state") == "in-progress":
        yield writer.fact("work-started", at, ticket=ticket, by=SOURCE)


def channels_of(writer: Writer) -> dict[str, Any]:
    channels: dict[str, Any] = writer.document.blocks.get("channels", {})
    return channels


def channel_of(writer: Writer, one: Happened) -> str:
    """The channel that is told; else the website, or whichever channel the agreement has first."""
    known = channels_of(writer)
    return one.text("channel", "website" if "website" in known or not known else next(iter(known)))


def write_message(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A message on the last ticket, or what a person did on it: began to work, resolved it, took it up again."""
    ticket, kind = ticket_of(writer, "message"), one.text("kind", "reply")
    author = AUTHORS.get("automatic" if kind == "auto-reply" else one.text("by", "person"))
    if author is None:
        raise ValueError(f"a message is by {', '.join(AUTHORS)}, not by {one.text('by')!r}")
    if kind in DEEDS:
        if kind == "resolution":
            yield message(writer, one, ticket, number, author, [])
        yield writer.fact(DEEDS[kind], one.at("at"), ticket=ticket, by=SOURCE)
        return
    if kind not in ("reply", "auto-reply", "note", *SAYS):
        known = ", ".join(["reply", "auto-reply", "note", *SAYS, *DEEDS])
        raise ValueError(f"no message is of kind {kind!r}; known are {known}")
    yield message(writer, one, ticket, number, author, SAYS.get(kind, []), is_public=kind != "note")


def message(
    writer: Writer, one: Happened, ticket: str, number: int, author: str, says: list[str], is_public: bool = True
) -> Fact:
    return writer.fact(
        "message-sent", one.at("at"), ticket=ticket, message=f"M-{number}", author=author, is_public=is_public, says=says,
        by=SOURCE,
    )  # fmt: skip


def ticket_of(writer: Writer, what: str) -> str:
    if not writer.tickets:
        raise ValueError(f"a {what} belongs to a ticket; tell the ticket first")
    return writer.tickets[-1]


def write_hold(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """
    Proven waiting on the last ticket (`waiting for`), a cause that is active (`cause`: on the last outage, else on the
    ticket), or, with `cause: high load`, a time of it that was declared as it began.
    """
    start, end, cause, hold = one.at("from"), one.at("to"), one.text("cause"), f"H-{number}"
    if cause == HIGH_LOAD:
        yield writer.fact("high-load-declared", start, from_at=start, to_at=end, by=SOURCE)
    elif cause and writer.outages:
        named = {"outage": writer.outage_of(one), "cause": cause, "evidence": "as the example says", "by": SOURCE}
        assigned = writer.fact("cause-assigned", end, from_at=start, to_at=end, **named)
        yield assigned
        yield writer.fact("cause-approved", end, assignment=assigned.id, by="second person")
    else:
        ticket = ticket_of(writer, "hold")
        waits = {"cause": cause} if cause else {"waiting_for": one.text("waiting for")}
        yield writer.fact("hold-opened", start, ticket=ticket, hold=hold, evidence="as the example says", by=SOURCE, **waits)
        yield writer.fact("hold-closed", end, ticket=ticket, hold=hold)


def write_call(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A call about the last ticket, or about none."""
    ticket = writer.tickets[-1] if writer.tickets else ""
    yield writer.fact("call-received", one.at("at"), call=f"call-{number}", ticket=ticket)


def write_ticket_change(writer: Writer, one: Happened) -> Iterator[Fact]:
    """Another priority or topic of the last ticket."""
    ticket, side = ticket_of(writer, "change of priority"), one.text("by")
    if "priority" in one.fields:
        whose = {"side": side} if side in ("staff", "customer") else {}
        yield writer.fact("priority-set", one.at("at"), ticket=ticket, priority=one.text("priority"), by=SOURCE, **whose)
    if "topic" in one.fields:
        yield writer.fact("topic-set", one.at("at"), ticket=ticket, topic=one.text("topic"), by=SOURCE)
