"""Who else is at a ticket now: asked for while a page is open, so that two people do not answer at once."""

from upheld.apps.desk import services
from upheld.apps.desk.queries import is_writing, others_at
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.doors.asking import Asked
from upheld.doors.shown.due import Ticket
from upheld.pages.contexts.tickets import OthersPart


def show_others(asked: Asked, name: str) -> OthersPart:
    """Asking says that one is there oneself; with `?writes=1`, that one writes."""
    return tell_others(asked, read_ticket(name), writes=bool(asked.query("writes")))


def tell_others(asked: Asked, ticket: Ticket, *, writes: bool = False) -> OthersPart:
    if not asked.is_past:
        services.show_presence(ticket=ticket, user=asked.user, at=asked.at, writes=writes)
    there = others_at(ticket, asked.user, asked.at)
    does = {True: "writes here", False: "looks at this ticket too"}
    words = tuple(f"{one.user.name} {does[is_writing(one, asked.at)]}." for one in there)
    return OthersPart(url=asked.url_of("ticket-others", ticket.name), others=words)
