"""Chats of other services: whose they are, and the tickets on which they go on."""

from upheld.apps.desk.models import Chat, State, Ticket
from upheld.apps.desk.queries.tickets import UnknownTicket, follow
from upheld.apps.desk.queries.tickets import ticket as read_ticket
from upheld.apps.oncall.models import ContactWay, Kind
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import is_staff, may_act_for_customer
from upheld.core.timeline import DAY, Instant

PREFIX = "telegram:"
GOES_ON_FOR = DAY * 14
"""What is written on a chat after its ticket was resolved belongs to that ticket for so long."""


def address_of(number: int) -> str:
    """How a ticket has the chat to which answers go."""
    return f"{PREFIX}{number}"


def chat_at(address: str) -> str:
    """The chat's number as the bot has it; empty for an address of another kind."""
    return address.removeprefix(PREFIX) if address.startswith(PREFIX) else ""


def chats_of(user: User) -> list[Chat]:
    return list(user.chats.order_by("linked_at"))


def owner_of(number: int) -> User | None:
    """Whose chat it is; None where nobody linked it, or whoever did may not write any more."""
    found = Chat.objects.select_related("user__customer").filter(number=number).first()
    return found.user if found is not None and may_act_for_customer(found.user) else None


def is_of_staff(number: int) -> bool:
    """Whether one of the provider's people is paged in this chat."""
    ways = ContactWay.objects.select_related("user").filter(kind=Kind.TELEGRAM, address=str(number))
    return any(is_staff(way.user) for way in ways.filter(verified_at__isnull=False))


def find_chat_ticket(number: int, owner: User | None, named: str, at: Instant) -> Ticket | None:
    """
    The ticket on which a chat's next message belongs: the one that it names, where that is its owner's customer's, else the
    latest of this chat that is open, or was resolved lately.
    """
    if named and owner is not None:
        try:
            found = follow(read_ticket(named))
        except UnknownTicket:
            found = None
        if found is not None and found.customer_id == owner.customer_id:
            return found
    rows = Ticket.objects.filter(address=address_of(number)).order_by("-number")
    # A chat that was linked, or is not any more, is somebody else's: what they say stays apart.
    latest = (rows.filter(customer=owner.customer) if owner else rows.filter(is_verified=False)).first()
    if latest is None:
        return None
    goes_on = follow(latest)
    if goes_on.state == State.RESOLVED and goes_on.resolved_at and at > Instant.of(goes_on.resolved_at) + GOES_ON_FOR:
        return None
    return goes_on
