"""Telling recipients of what happened under an agreement; and telling one recipient that telling works."""

import json
from typing import Any

from django.conf import settings

from upheld.apps.oncall.models import Kind, Recipient
from upheld.apps.oncall.services.outbox import tell, write_message
from upheld.core.timeline import Instant

TEST = "test"
"""The type of an event that nobody chooses: it goes to the one address that is tried."""
SAYS = "Somebody tries whether this address is told. Nothing has happened."


def announce(event: str, agreement: Any, name: str, *, words: str, path: str, key: str, at: Instant, **more: Any) -> None:
    """
    Tell of `name`, which stands at `path`, in the caller's transaction; `words` end the sentence that begins with it.
    A program hears what is in `more`, and nobody's name, address or words.
    """
    url = f"{settings.UPHELD_URL}{path}"
    tell(
        event=event, subject=f"{name} ({agreement.customer.name}): {words}",
        text=f"{name} of {agreement.customer.name}, {agreement.key}: {words}.\n\n{url}\n",
        event_fields={"agreement": agreement.key, "customer": agreement.customer.slug, **more, "url": url},
        key=f"{agreement.key}:{key}", at=at,
    )  # fmt: skip


def tell_test(*, recipient: Recipient, at: Instant) -> None:
    """Write to one address as an event would, signed and tried again like one."""
    subject, body = "A test of Upheld", f"{SAYS}\n\n{settings.UPHELD_URL}\n"
    if recipient.kind == Kind.WEBHOOK:
        subject, body = TEST, json.dumps({"type": TEST, "timestamp": str(at), "data": {"says": SAYS}})
    key = f"{TEST}:{recipient.pk}:{at.micros}"
    write_message(kind=recipient.kind, to=recipient.address, subject=subject, body=body, key=key, at=at)
