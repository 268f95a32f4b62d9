"""Disputes: complaints that name the figure or the verdict of ours that a customer does not accept."""

from dataclasses import dataclass

from upheld.apps.desk.models import Attachment, Author, Kind, Message, Ticket
from upheld.apps.parties.models import Customer
from upheld.core.timeline import Instant

DISPUTED, RULE, FIGURE, VERDICT = "disputed", "disputed rule", "disputed figure", "disputed verdict"
"""Under which names a ticket tells what is disputed; its fact keeps the same lines."""


def read_line(ticket: Ticket, name: str) -> str:
    """What a ticket told under a name; nothing where it told nothing of it."""
    lines = (line.partition(": ") for line in ticket.told)
    return next((value for told, _, value in lines if told == name), "")


def is_dispute(ticket: Ticket) -> bool:
    return ticket.kind == Kind.COMPLAINT and bool(read_line(ticket, DISPUTED))


ACCEPTED, REFUSED = "dispute accepted", "dispute refused"
"""What the message holds by which a person decides a dispute; its fact keeps the same words."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person of the provider decided of a dispute, why, and when; the message tells the customer."""

    is_accepted: bool
    because: str
    by: str
    at: Instant
    message: Message


def find_decision(ticket: Ticket, as_of: Instant) -> Decision | None:
    """The last decision by an instant; None where nobody decided."""
    rows = ticket.messages.filter(author=Author.PERSON, is_public=True, recorded_at__lte=as_of.utc())
    for message in rows.order_by("-number"):
        if ACCEPTED in message.says or REFUSED in message.says:
            who = message.shown_as or message.by
            return Decision(ACCEPTED in message.says, message.text, who, Instant.of(message.sent_at), message)
    return None


def disputes_of(customer: Customer) -> list[Ticket]:
    """What a customer disputes, the latest first."""
    rows = customer.tickets.filter(kind=Kind.COMPLAINT).select_related("agreement__version", "agreement__customer")
    return [row for row in rows.order_by("-number") if is_dispute(row)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that came with a dispute: its digest stands in the fact of its message."""

    message: int
    number: int
    file_name: str
    size: int
    digest: str


def evidence_of(ticket: Ticket, as_of: Instant) -> list[Evidence]:
    """Every file that either side put forward in public by an instant, in order."""
    rows = Attachment.objects.filter(
        message__ticket=ticket, message__is_public=True, message__recorded_at__lte=as_of.utc()
    ).order_by("message__number", "number")  # fmt: skip
    found = rows.values_list("message__number", "number", "file_name", "size", "digest")
    return [Evidence(*one) for one in found]


def find_answer(ticket: Ticket, as_of: Instant) -> Message | None:
    """What the provider's people last answered, by an instant; None where nobody did."""
    rows = ticket.messages.filter(author=Author.PERSON, is_public=True, recorded_at__lte=as_of.utc())
    return rows.order_by("-number").first()
