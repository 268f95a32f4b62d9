"""Who is told, what is on its way, and what could not be told."""

from django.db.models import Exists, OuterRef

from upheld.apps.oncall.models import Event, Message, Recipient, Told
from upheld.core.timeline import Instant

EVENTS = {event.value: str(event.label) for event in Event}
"""What recipients may choose to be told of, with the words for it."""


def list_recipients() -> list[Recipient]:
    return list(Recipient.objects.order_by("kind", "address"))


def messages_due(at: Instant, *, limit: int = 100) -> list[Message]:
    """What is to be tried now: what wakes somebody before all else, then the longest due."""
    # A page must not wait behind a hundred webhooks whose receivers hang.
    of_a_page = Exists(Told.objects.filter(message=OuterRef("pk")))
    rows = Message.objects.filter(due_at__lte=at.utc()).annotate(is_page=of_a_page)
    return list(rows.order_by("-is_page", "due_at", "pk")[:limit])


def next_due_at() -> Instant | None:
    """When the next message is to be tried; None when none waits."""
    first = Message.objects.filter(due_at__isnull=False).order_by("due_at").first()
    return Instant.of(first.due_at) if first and first.due_at else None


def text_called(key: str) -> str:
    """The text of the message with this key, as it was written; nothing where there is none."""
    return Message.objects.filter(key=key).values_list("body", flat=True).first() or ""


def messages_given_up() -> list[Message]:
    """What was tried for three days and never taken, the newest first: somebody has to look."""
    return list(
        Message.objects.filter(due_at__isnull=True, sent_at__isnull=True, dropped_at__isnull=True).order_by(
            "-written_at", "-pk"
        )
    )
