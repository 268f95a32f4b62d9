"""Tickets and messages as they are on record."""

from collections.abc import Sequence

from upheld.apps.desk.models import Message, Ticket


class UnknownTicket(LookupError):
    """A ticket that is not on record, or not for whoever asks."""


def ticket(name: str) -> Ticket:
    """The ticket `T-7`; raises UnknownTicket."""
    number = name.removeprefix("T-")
    is_name = name.startswith("T-") and number.isascii() and number.isdigit() and len(number) < 10
    rows = Ticket.objects.select_related("agreement__version", "agreement__customer", "customer", "requester", "assignee")
    found = rows.filter(number=int(number)).first() if is_name else None
    if found is None:
        raise UnknownTicket(f"no ticket is called {name!r}; they are called T-1, T-2 and so on")
    return found


def messages_of(ticket: Ticket) -> list[Message]:
    """All that was said, notes among it, in its order."""
    return list(ticket.messages.select_related("ticket", "outgoing").prefetch_related("attachments").order_by("number"))


def visible_messages(ticket: Ticket) -> list[Message]:
    """What the customer sees of it."""
    return [message for message in messages_of(ticket) if message.is_public]


def find_held() -> list[Ticket]:
    """Tickets of which nobody knows whose they are."""
    return list(Ticket.objects.filter(agreement__isnull=True).exclude(state="resolved").order_by("received_at"))


def find_by_mail(mail_ids: Sequence[str]) -> Ticket | None:
    """The ticket on which one of these mails was sent or received; the latest where there are several."""
    found = Message.objects.filter(mail_id__in=[one for one in mail_ids if one]).order_by("-pk").first()
    return follow(found.ticket) if found else None


def follow(ticket: Ticket) -> Ticket:
    """The ticket that goes on for this one, where it was merged."""
    seen = {ticket.pk}
    while ticket.merged_into is not None and ticket.merged_into.pk not in seen:
        ticket = ticket.merged_into
        seen.add(ticket.pk)
    return ticket
