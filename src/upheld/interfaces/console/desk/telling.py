"""What a ticket's page tells: messages, what is known, waits, calls."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.desk.queries import (
    KINDS,
    Wanted,
    calls_of,
    holds_of,
    links_of,
    list_queue,
    messages_of,
    rating_of,
    tags_of,
)
from upheld.apps.desk.queries.disputes import evidence_of, is_dispute
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.files import list_files, say_size
from upheld.doors.shown.due import Ticket, find_due, tell_needs
from upheld.interfaces.console.desk.seeing import Seen, link_fact
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.tickets import Detail, File, Said
from upheld.pages.words import join_words, say_instant, say_sentence
from upheld.pages.words.facts_of_desk import say_wait

PAST_TENSE = {"waits": "Waited", "stands": "Stood"}
MOST_BESIDE = 3
"""Other open tickets of the customer that are named."""
SAYS = {"ETA": "says when", "update": "an update", "confirmation": "a confirmation", "question": "a question"}
CALLS = {"ok": "allowed", "too-early": "too early", "ticket-first": "without a ticket", "": "no telephone is agreed",
         "not-for-this-priority": "not for this priority", "already-answered": "answered before"}  # fmt: skip


def link_ticket(asked: Asked, ticket: Ticket) -> Link:
    return Link(f"{ticket.name} {ticket.subject}", asked.url_of("ticket", ticket.name))


def link_files(asked: Asked, ticket: Ticket, message: Any) -> tuple[File, ...]:
    return tuple(
        File(one.file_name, asked.url_of("attachment", ticket.name, message.number, one.number), say_size(one.size))
        for one in list_files(message)
    )


def tell_messages(asked: Asked, seen: Seen) -> Iterator[Said]:
    for message in messages_of(seen.ticket):
        if Instant.of(message.recorded_at) > asked.as_of:
            continue
        kind = str(message.author) if message.is_public else "note"
        yield Said(
            number=message.number,
            kind=kind,
            by=message.shown_as or {"machine": "Automatic"}.get(kind, message.by),
            at=Instant.of(message.sent_at),
            channel="internal note" if kind == "note" else message.channel,
            text=message.text or "(no words)",
            says=join_words([SAYS[one] for one in message.says if one in SAYS]),
            files=link_files(asked, seen.ticket, message),
            layout_url=asked.url_of("layout", seen.ticket.name, message.number) if message.html else "",
            original_url=asked.url_of("original", seen.ticket.name, message.number) if came_by_mail(message) else "",
            doubts=tuple(say_sentence(doubt) for doubt in message.doubts or ()),
            waived=message.waived_because,
            fact=link_fact(seen, message.name),
        )


def came_by_mail(message: Any) -> bool:
    return message.inbound_id is not None and message.channel == "email"


def tell_details(asked: Asked, seen: Seen) -> Iterator[Detail]:
    """What is known of the ticket: whose, what about, in scope by which clause, who works on it, what it has to do with."""
    ticket, topics = seen.ticket, seen.judged.terms.desk.topics if seen.judged else {}
    yield Detail("Kind", f"{KINDS[ticket.kind]}, by {ticket.channel}")
    yield Detail("Asked by", ticket.requester.name if ticket.requester else ticket.address or "not known")
    if ticket.is_open and seen.judged and seen.judged.terms.desk.priorities and not asked.is_past:
        yield Detail("Priority", "", links=(Link("What each would make due", asked.url_of("ticket-priority", ticket.name)),))
    topic = topics.get(ticket.topic)
    if topic is not None:
        covered = "covered" if topic.covered.value else "not covered, so no clock is promised"
        yield Detail("Topic", f"{topic.name}, {covered}", tuple(dict.fromkeys((*topic.covered.clauses, *topic.clauses))))
    elif topics:
        yield Detail("Topic", "not said yet")
    if ticket.impact or ticket.urgency:
        yield Detail("Impact, urgency", f"{ticket.impact or 'not told'}, {ticket.urgency or 'not told'}")
    for line in ticket.told:
        name, _, value = line.partition(":")
        yield Detail(name.strip(), value.strip() or "told")
    if is_dispute(ticket):
        for one in evidence_of(ticket, asked.as_of):
            file = Link(one.file_name, asked.url_of("attachment", ticket.name, one.message, one.number))
            yield Detail("Evidence", f"{one.size:,} bytes, SHA-256 {one.digest}: ", links=(file,))
    if ticket.outage:
        yield Detail("Outage", "", links=(Link(ticket.outage, asked.url_of("outage", ticket.outage)),))
    yield Detail("Works on it", ticket.assignee.name if ticket.assignee else "nobody yet")
    if ticket.agreement is not None:
        worked = Link("what was worked and agreed", asked.url_of("ticket-work", ticket.name))
        yield Detail("Work and money", "", links=(worked,))
    yield Detail("Tags", ", ".join(tags_of(ticket)) or "none")
    for about, other in links_of(ticket):
        yield Detail(about.capitalize(), "", links=(link_ticket(asked, other),))
    if ticket.split_from:
        yield Detail("Split from", "", links=(link_ticket(asked, ticket.split_from),))
    yield from tell_also_open(asked, ticket)
    rating = rating_of(ticket)
    if rating is not None:
        yield Detail("Rated by the customer", f"{rating.score} of 5{f': {rating.words}' if rating.words else ''}")


def tell_also_open(asked: Asked, ticket: Ticket) -> Iterator[Detail]:
    """Other open tickets of the customer, with what is due next on each."""
    if ticket.customer is None or asked.is_past:
        return
    rows = list_queue(Wanted(customer=ticket.customer.slug), limit=MOST_BESIDE + 1)
    others = [row for row in rows if row.pk != ticket.pk][:MOST_BESIDE]
    due, needs = find_due(others, asked.as_of), tell_needs(others, asked.as_of)
    for row in others:
        says = due[row.pk].says if row.pk in due else needs.get(row.pk, "nothing is due")
        yield Detail("Also open", f"{says}: ", links=(link_ticket(asked, row),))


def tell_holds(asked: Asked, seen: Seen) -> Iterator[Said]:
    for hold in holds_of(seen.ticket):
        if Instant.of(hold.opened_at) > asked.as_of:
            continue
        closed_at = Instant.of(hold.closed_at) if hold.closed_at else None
        is_over = closed_at is not None and closed_at <= asked.as_of
        until = f", until {say_instant(Instant.of(hold.until_at))} at most" if hold.until_at and not is_over else ""
        ended = f"; ended {say_instant(closed_at)}: {hold.closed_because}" if closed_at and is_over else until
        yield Said(
            number=hold.number, kind="over" if is_over else "open", by=tell_wait(hold, is_over=is_over),
            at=Instant.of(hold.opened_at), channel="", text=f"{hold.evidence}{ended}", fact=link_fact(seen, hold.name),
        )  # fmt: skip


def tell_wait(hold: Any, *, is_over: bool) -> str:
    """`Waits for a third party`, or `Waited` where it is over."""
    does, _, rest = say_wait(hold.waiting_for, hold.cause).partition(" ")
    return f"{PAST_TENSE[does] if is_over else does.capitalize()} {rest}"


def tell_calls(asked: Asked, seen: Seen) -> Iterator[Detail]:
    for call in calls_of(seen.ticket):
        if Instant.of(call.called_at) <= asked.as_of:
            label = "misuse" if call.is_misuse else CALLS.get(call.code, call.code)
            when = say_instant(Instant.of(call.called_at), seen.naming.zone) if seen.naming else ""
            words = f"{when}, {label}{f': {call.words}' if call.words else ''}"
            fact = link_fact(seen, f"{call.name}-received")
            yield Detail(call.name, words, links=(fact,) if fact else ())
