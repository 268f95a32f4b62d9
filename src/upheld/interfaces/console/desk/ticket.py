"""One ticket as staff see it: what was said, what runs, and what may be done with it."""

from dataclasses import dataclass
from typing import Any

from upheld.apps.desk.queries import (
    KINDS,
    STATES,
    calls_of,
    desk_of,
    holds_of,
    links_of,
    messages_of,
    rating_of,
    tags_of,
    tell_course,
)
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotHere
from upheld.interfaces.console.desk.cards import Judged, make_cards, show_clock, tell_silence, tell_stops, tell_telephone
from upheld.interfaces.console.desk.due import Ticket
from upheld.interfaces.console.desk.files import link_files
from upheld.interfaces.console.desk.forms import NO_TROUBLE, Trouble, list_forms, make_answering
from upheld.interfaces.console.desk.others import tell_others
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, FactLine
from upheld.pages.contexts.statements import WhyPage, WhyPart
from upheld.pages.contexts.tickets import Detail, Said, TicketPage
from upheld.pages.words import join_words, say_instant

MOST_MESSAGES, MOST_FACTS = 30, 15
"""So many of the latest are shown at once."""
PAST = "You look from a past instant. Go back to now to answer or to change something."
SAYS = {"ETA": "says when", "update": "an update", "confirmation": "a confirmation", "question": "a question"}
CALLS = {"ok": "allowed", "too-early": "too early", "ticket-first": "without a ticket", "": "no telephone is agreed",
         "not-for-this-priority": "not for this priority", "already-answered": "answered before"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seen:
    """A ticket with what its agreement says of it; of a held one nothing. `problem` says why one is not judged."""

    ticket: Ticket
    judged: Judged | None = None
    naming: AgreementName | None = None
    facts: FactLines | None = None
    problem: str = ""


def show_ticket(asked: Asked, name: str) -> TicketPage:
    return make_ticket_page(asked, name)


def show_reasons(asked: Asked, name: str, clock: str, number: int) -> WhyPage | WhyPart:
    seen = look_at(asked, see(asked, name))
    if seen.judged is None:
        raise NotHere(says=f"{name} is not judged: {seen.problem or 'nobody has said whose it is'}.")
    return show_clock(asked, seen.ticket, seen.judged, clock, number)


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


def make_ticket_page(asked: Asked, name: str, trouble: Trouble = NO_TROUBLE) -> TicketPage:
    ticket = see(asked, name)
    seen = look_at(asked, ticket)
    may = asked.may_change and ticket.merged_into is None
    says, clauses = tell_priority(seen)
    judged, messages = seen.judged, tuple(tell_messages(asked, seen))
    cards = make_cards(asked, ticket, judged) if judged else ()
    return TicketPage(
        as_of=asked.as_of,
        name=ticket.name,
        subject=ticket.subject,
        state=STATES[state_at(asked, seen)],
        customer=ticket.customer.name if ticket.customer else ticket.address or "nobody known",
        desk_url=asked.url_of("desk"),
        agreement=seen.naming,
        held_because=ticket.held_because,
        merged_into=link_ticket(asked, ticket.merged_into) if ticket.merged_into else None,
        priority=tell_course(judged.desk, ticket.name, "priority", asked.as_of) if judged else ticket.priority,
        priority_says=says,
        priority_clauses=clauses,
        is_unverified=not ticket.is_verified,
        messages=messages if asked.query("all") else messages[-MOST_MESSAGES:],
        earlier=link_earlier(asked, ticket, len(messages)),
        clocks=cards,
        no_clocks=seen.problem or (tell_silence(judged.desk, ticket) if judged else ""),
        telephone=tell_telephone(asked, ticket.name, judged, asked.as_of) if judged else None,
        details=tuple(tell_details(asked, seen)),
        holds=tuple(tell_holds(asked, seen)),
        calls=tuple(tell_calls(asked, seen)),
        others=None if asked.is_past else tell_others(asked, ticket),
        answering=make_answering(asked, ticket, tell_stops(ticket, judged) if judged else ("", ()), trouble)
        if may
        else None,
        deeds=list_forms(asked, ticket, judged.terms if judged else None, trouble) if may else (),
        why_none="" if may else PAST if not ticket.merged_into else "",
        facts=tuple(list_facts(asked, seen)),
        facts_url=f"{asked.url_of('facts')}?agreement={ticket.agreement.key}" if ticket.agreement else "",
    )


def link_earlier(asked: Asked, ticket: Ticket, number: int) -> Link | None:
    """All messages are one step away where not all are shown."""
    if number <= MOST_MESSAGES or asked.query("all"):
        return None
    return Link(f"All {number} messages", f"{asked.url_of('ticket', ticket.name)}?all=1")


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


def link_ticket(asked: Asked, ticket: Ticket) -> Link:
    return Link(f"{ticket.name} {ticket.subject}", asked.url_of("ticket", ticket.name))


def tell_messages(asked: Asked, seen: Seen) -> Any:
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
            waived=message.waived_because,
            fact=link_fact(seen, message.name),
        )


def link_fact(seen: Seen, name: str) -> Link | None:
    """The fact of this id, by its number; none where nothing was recorded, as on a held ticket."""
    found = seen.facts.named([name]) if seen.facts is not None else ()
    return Link(f"#{found[0].number:,}", found[0].url) if found else None


def tell_details(asked: Asked, seen: Seen) -> Any:
    """What is known of the ticket: whose, what about, in scope by which clause, who works on it, what it has to do with."""
    ticket, topics = seen.ticket, seen.judged.terms.desk.topics if seen.judged else {}
    yield Detail("Kind", f"{KINDS[ticket.kind]}, by {ticket.channel}")
    yield Detail("Asked by", ticket.requester.name if ticket.requester else ticket.address or "not known")
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
    rating = rating_of(ticket)
    if rating is not None:
        yield Detail("Rated by the customer", f"{rating.score} of 5{f': {rating.words}' if rating.words else ''}")


def tell_holds(asked: Asked, seen: Seen) -> Any:
    for hold in holds_of(seen.ticket):
        if Instant.of(hold.opened_at) > asked.as_of:
            continue
        closed_at = Instant.of(hold.closed_at) if hold.closed_at else None
        is_over = closed_at is not None and closed_at <= asked.as_of
        until = f", until {say_instant(Instant.of(hold.until_at))} at most" if hold.until_at and not is_over else ""
        ended = f"; ended {say_instant(closed_at)}: {hold.closed_because}" if closed_at and is_over else until
        yield Said(
            number=hold.number, kind="over" if is_over else "open", by=hold.waiting_for or hold.cause,
            at=Instant.of(hold.opened_at), channel="", text=f"{hold.evidence}{ended}", fact=link_fact(seen, hold.name),
        )  # fmt: skip


def tell_calls(asked: Asked, seen: Seen) -> Any:
    for call in calls_of(seen.ticket):
        if Instant.of(call.called_at) <= asked.as_of:
            label = "misuse" if call.is_misuse else CALLS.get(call.code, call.code)
            when = say_instant(Instant.of(call.called_at), seen.naming.zone) if seen.naming else ""
            words = f"{when}, {label}{f': {call.words}' if call.words else ''}"
            fact = link_fact(seen, f"{call.name}-received")
            yield Detail(call.name, words, links=(fact,) if fact else ())


def list_facts(asked: Asked, seen: Seen) -> list[FactLine]:
    """The latest facts about the ticket, each with its place in the ledger."""
    if seen.facts is None:
        return []
    known = seen.facts.facts
    about = [number for number, fact in enumerate(known) if getattr(fact, "ticket", "") == seen.ticket.name]
    return [seen.facts.at(number) for number in about if known[number].recorded_at <= asked.as_of][-MOST_FACTS:]
