"""One ticket as staff see it: what was said, what runs, and what may be done with it."""

from upheld.apps.desk.queries import STATES, tell_course
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotHere
from upheld.doors.shown.clocks import make_cards, show_clock, tell_silence
from upheld.doors.shown.due import Ticket
from upheld.doors.shown.telephone import tell_telephone
from upheld.interfaces.console.desk.forms import NO_TROUBLE, Trouble, list_forms, make_answering
from upheld.interfaces.console.desk.others import tell_others
from upheld.interfaces.console.desk.seeing import list_facts, look_at, see, state_at, tell_priority, tell_stops
from upheld.interfaces.console.desk.telling import link_ticket, tell_calls, tell_details, tell_holds, tell_messages
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.statements import WhyPage, WhyPart
from upheld.pages.contexts.tickets import TicketPage

MOST_MESSAGES = 30
"""So many of the latest are shown at once."""
PAST = "You look from a past instant. Go back to now to answer or to change something."


def show_ticket(asked: Asked, name: str) -> TicketPage:
    return make_ticket_page(asked, name)


def show_reasons(asked: Asked, name: str, clock: str, number: int) -> WhyPage | WhyPart:
    seen = look_at(asked, see(asked, name))
    if seen.judged is None:
        raise NotHere(says=f"{name} is not judged: {seen.problem or 'nobody has said whose it is'}.")
    return show_clock(asked, seen.ticket, seen.judged, clock, number)


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
