"""Events of tickets for whoever asked to be told of them: written with their reason, in its transaction."""

from typing import Any

from django.conf import settings

from upheld.apps.desk.models import Author, Message, Ticket
from upheld.apps.oncall.services import tell
from upheld.core.timeline import Instant


def announce(event: str, ticket: Ticket, *, key: str, at: Instant, words: str, **more: Any) -> None:
    """Tell of what happened to a ticket. `words` end the sentence that begins with its name."""
    customer = ticket.customer.name if ticket.customer else "nobody knows whose"
    tell(
        event=event,
        subject=f"{ticket.name} ({customer}): {words}",
        text=f"{ticket.name} of {customer}, {ticket.subject}: {words}.\n\n{url_of(ticket)}\n",
        event_fields={**fields_of(ticket), **more},
        key=f"{ticket.name}-{key}",
        at=at,
    )


def announce_message(message: Message, at: Instant) -> None:
    """That something was said which the customer sees. Its words stay here: whoever may read them follows the address."""
    if not message.is_public:
        return
    author = Author(message.author)
    announce(
        "ticket.message", message.ticket, key=f"m{message.number}-said", at=at, words=f"{author.label.lower()} wrote",
        message=message.name, author=author.value,
    )  # fmt: skip


def fields_of(ticket: Ticket) -> dict[str, Any]:
    """What a program hears of a ticket. Nobody's name, address or words are in it."""
    return {
        "ticket": ticket.name,
        "agreement": ticket.agreement.key if ticket.agreement else None,
        "customer": ticket.customer.slug if ticket.customer else None,
        "kind": str(ticket.kind),
        "channel": ticket.channel,
        "priority": ticket.priority or None,
        "state": str(ticket.state),
        "outage": ticket.outage or None,
        "url": url_of(ticket),
    }


def url_of(ticket: Ticket) -> str:
    return f"{settings.UPHELD_URL}/desk/{ticket.name}"
