"""What hangs on a ticket: holds, calls, links, files."""

from upheld.apps.desk.models import Attachment, Call, Hold, Inbound, Link, Ticket

BACK = {"follows": "followed by", "disputes": "disputed by"}
"""What the other ticket of a link says of it."""


class UnknownFile(LookupError):
    """A file that nobody handed over with this message."""


class UnknownHold(LookupError):
    """A hold that the ticket does not have."""


def holds_of(ticket: Ticket) -> list[Hold]:
    """Every hold of a ticket, in the order in which they were opened."""
    return list(ticket.holds.select_related("ticket").order_by("number"))


def hold(ticket: Ticket, number: int) -> Hold:
    """One hold by its number on the ticket; raises UnknownHold."""
    found = ticket.holds.select_related("ticket").filter(number=number).first()
    if found is None:
        raise UnknownHold(f"{ticket.name} has no hold {number}")
    return found


def calls_of(ticket: Ticket) -> list[Call]:
    """Every call about a ticket, as they came."""
    return list(ticket.calls.select_related("ticket", "agreement").order_by("called_at", "number"))


def links_of(ticket: Ticket) -> list[tuple[str, Ticket]]:
    """The other tickets that have to do with it, each with what: `related`, `duplicate`, `follows`, `disputes`."""
    rows = Link.objects.select_related("one", "other").order_by("pk")
    out = [(link.about, link.other) for link in rows.filter(one=ticket)]
    back = [(BACK.get(link.about, link.about), link.one) for link in rows.filter(other=ticket)]
    merged = [("holds", one) for one in ticket.merged.order_by("number")]
    split = [("split off", one) for one in ticket.split_off.order_by("number")]
    return [*out, *back, *merged, *split]


def attachment(ticket: Ticket, message: int, number: int) -> Attachment:
    """One file with its content; raises UnknownFile."""
    rows = Attachment.objects.filter(message__ticket=ticket, message__number=message, number=number)
    found = rows.select_related("message").first()
    if found is None:
        raise UnknownFile(f"{ticket.name}-m{message} has no file {number}")
    return found


def original(ticket: Ticket, message: int) -> bytes:
    """The mail of a message, byte for byte as it came; raises UnknownFile for what came by no mail."""
    found = Inbound.objects.filter(messages__ticket=ticket, messages__number=message, channel="email").first()
    if found is None or not found.raw:
        raise UnknownFile(f"{ticket.name}-m{message} is no mail that came")
    return bytes(found.raw)
