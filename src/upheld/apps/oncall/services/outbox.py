"""Telling: write a message with its reason, send it after that, try again when it is not taken."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from upheld.apps.oncall.models import Event, Kind, Message, Recipient, of_outages
from upheld.apps.oncall.models.outbox import OF_RECIPIENTS, Enclosure
from upheld.apps.oncall.queries import list_recipients, messages_due
from upheld.apps.oncall.services.addresses import UnfitRecipient, check_address
from upheld.core.timeline import HOUR, MINUTE, SECOND, Instant
from upheld.gateways.mail import Enclosure as Enclosed
from upheld.gateways.mail import Mail, Mailer, Writer
from upheld.gateways.mail import NotTaken as MailNotTaken
from upheld.gateways.texts import NotTaken as TextNotTaken
from upheld.gateways.texts import Text, Texter
from upheld.gateways.webhook import NotTaken as WebhookNotTaken
from upheld.gateways.webhook import Poster, Webhook

log = logging.getLogger("upheld.oncall")

# The pauses after each failed attempt, as Standard Webhooks proposes: ten attempts in about 75 hours.
PAUSES = (SECOND * 5, MINUTE * 5, MINUTE * 30, HOUR * 2, HOUR * 5, HOUR * 10, HOUR * 14, HOUR * 20, HOUR * 24)
# Longer than any attempt takes: who dies while sending leaves the message to be tried again after this.
LEASE = MINUTE * 2
LONGEST_ERROR = 1000
ROUND = SECOND * 20
"""How long one round of sending goes on taking up further messages."""

NO_TEXTERS: Mapping[str, Texter] = MappingProxyType({})

Clock = Callable[[], Instant]
"""Asked anew for each message, since sending takes its time."""


class MessageDiffers(ValueError):
    """A key that is taken by a message with other content."""


def add_recipient(*, kind: str, address: str, events: Sequence[str] | None = None) -> Recipient:
    """
    Tell this address of these events from now on, of outages where none are named; said again, what was said last holds.

    Raises UnfitRecipient.
    """
    if kind not in OF_RECIPIENTS:
        raise UnfitRecipient(f"events are told by {' or '.join(OF_RECIPIENTS)}; came {kind!r}")
    chosen = of_outages() if events is None else [event.value for event in Event if event in events]
    if events is not None and (unknown := sorted(set(events) - set(Event.values))):
        raise UnfitRecipient(f"nobody is told of {unknown[0]!r}; there are {', '.join(Event.values)}")
    if not chosen:
        raise UnfitRecipient("choose at least one event; somebody who is told of nothing is taken from the list")
    address = check_address(kind, address)
    if events is None:
        return Recipient.objects.get_or_create(kind=kind, address=address)[0]
    return Recipient.objects.update_or_create(kind=kind, address=address, defaults={"events": chosen})[0]


def remove_recipient(*, recipient: Recipient) -> None:
    """Tell this address no more; what is on its way is still sent."""
    recipient.delete()


def tell(*, event: str, subject: str, text: str, event_fields: Mapping[str, Any], key: str, at: Instant) -> None:
    """
    Tell every recipient who chose this event, in the caller's transaction: mails say `subject` and `text`, webhooks the
    `event` and its fields.

    `key` names the reason (the id of a fact); told again under the same key, nothing is added.
    """
    for recipient in list_recipients():
        if event not in recipient.events:
            continue
        if recipient.kind == Kind.MAIL:
            title, body = subject, text
        else:
            title = event
            body = json.dumps({"type": event, "timestamp": str(at), "data": dict(event_fields)}, ensure_ascii=False)
        write_message(
            kind=recipient.kind, to=recipient.address, subject=title, body=body, key=f"{key}:{recipient.pk}", at=at
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail of a conversation has besides its text. Ids are without angle brackets, the oldest reference first."""

    writer: Writer = Writer.PERSON
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    sender_name: str = ""
    enclosed: tuple[Enclosed, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "writer": self.writer.name, "in_reply_to": self.in_reply_to, "references": list(self.references),
            "sender_name": self.sender_name,
        }  # fmt: skip


def write_message(
    *, kind: str, to: str, subject: str, body: str, key: str, at: Instant, letter: Letter | None = None
) -> None:
    """
    Put one message into the outbox, in the caller's transaction; it is due at once.

    The same message under the same key is left as it is, sent or not. Raises MessageDiffers for another one.
    """
    content = {"kind": kind, "to": to, "subject": subject, "body": body, "letter": letter.to_json() if letter else {}}
    with transaction.atomic():
        found, is_new = Message.objects.get_or_create(
            key=key, defaults={**content, "written_at": at.utc(), "due_at": at.utc()}
        )
        if is_new and letter:
            Enclosure.objects.bulk_create(
                Enclosure(message=found, file_name=one.name, media_type=one.type, content=one.content)
                for one in letter.enclosed
            )
    if not is_new and any(getattr(found, name) != value for name, value in content.items()):
        raise MessageDiffers(f"a message with other content has the key {key!r}; a key names one reason for one recipient")


def deliver_due(*, now: Clock, mailer: Mailer, poster: Poster, texters: Mapping[str, Texter] = NO_TEXTERS) -> int:
    """
    Try what is due, for a while; the number of messages that were taken. Not inside a transaction: it waits for others.

    `texters` carry what is neither mail nor webhook, each its kind. What is left when the while is over is tried by the
    next call: nobody else's work waits behind a slow receiver.
    """
    began = now()
    taken = 0
    for message in messages_due(began):
        if now() - began >= ROUND:
            break
        taken += deliver(message, now=now, mailer=mailer, poster=poster, texters=texters)
    return taken


def deliver(
    message: Message, *, now: Clock, mailer: Mailer, poster: Poster, texters: Mapping[str, Texter] = NO_TEXTERS
) -> bool:
    """Try one message. It counts as sent from when it was taken: a notice must never seem older than it is."""
    at = now()
    if not claim(message, at):
        return False
    try:
        if message.kind == Kind.MAIL:
            mailer.send(write_mail(message, at))
        elif message.kind == Kind.WEBHOOK:
            poster.post(Webhook(url=message.to, body=message.body, key=message.key, at=at))
        elif message.kind in texters:
            texters[message.kind].send(Text(to=message.to, text=message.body, key=message.key, at=at))
        else:
            raise TextNotTaken(f"nothing is set up that carries {message.get_kind_display()}: see the settings")
    except (MailNotTaken, WebhookNotTaken, TextNotTaken) as refusal:
        postpone(message, str(refusal), now(), for_ever=refusal.for_ever)
        return False
    except Exception as fault:
        # A message that a gateway stumbles over keeps no other back, and is given up in the end where somebody looks.
        log.exception("a message could not be tried", extra={"kind": message.kind, "key": message.key})
        postpone(message, f"it could not be tried: {fault!r}", now(), for_ever=False)
        return False
    # First writer wins: where the lease ran out and another one sent it as well, the first record of it stays.
    Message.objects.filter(pk=message.pk, sent_at__isnull=True).update(sent_at=now().utc(), due_at=None, last_error="")
    log.info("message taken", extra={"kind": message.kind, "key": message.key, "attempt": message.attempts})
    return True


def write_mail(message: Message, at: Instant) -> Mail:
    """The mail of a message: of a conversation, or from a machine that nobody asked."""
    told: Mapping[str, Any] = message.letter or {}
    files = tuple(Enclosed(one.file_name, one.media_type, bytes(one.content)) for one in message.enclosures.order_by("pk"))
    return Mail(
        to=message.to, subject=message.subject, text=message.body, key=message.key, at=at,
        writer=Writer[told.get("writer", Writer.MACHINE.name)], in_reply_to=told.get("in_reply_to", ""),
        references=tuple(told.get("references", ())), sender_name=told.get("sender_name", ""), enclosures=files,
    )  # fmt: skip


def claim(message: Message, at: Instant) -> bool:
    """Take the message for one attempt; False where another worker was first."""
    leased_until = (at + LEASE).utc()
    taken = Message.objects.filter(pk=message.pk, due_at=message.due_at, attempts=message.attempts)
    if not taken.update(due_at=leased_until, attempts=message.attempts + 1):
        return False
    message.due_at, message.attempts = leased_until, message.attempts + 1
    return True


def drop(messages: QuerySet[Message], at: Instant) -> None:
    """Their reason is gone: what was not taken yet is not sent any more."""
    messages.filter(sent_at__isnull=True, dropped_at__isnull=True).update(dropped_at=at.utc(), due_at=None)


def send_again(*, message: Message, at: Instant) -> bool:
    """Try what was given up anew, from the first pause on, under the same key; False where it is not given up any more."""
    return bool(given_up(message).update(due_at=at.utc(), attempts=0))


def let_go(*, message: Message, at: Instant) -> bool:
    """What was given up is not tried again; False where it is not given up any more."""
    return bool(given_up(message).update(dropped_at=at.utc()))


def given_up(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, due_at__isnull=True, sent_at__isnull=True, dropped_at__isnull=True)


def postpone(message: Message, error: str, at: Instant, *, for_ever: bool) -> None:
    is_last = for_ever or message.attempts > len(PAUSES)
    due_at = None if is_last else (at + PAUSES[message.attempts - 1]).utc()
    waiting = Message.objects.filter(pk=message.pk, attempts=message.attempts, sent_at__isnull=True, dropped_at__isnull=True)
    waiting.update(due_at=due_at, last_error=error[:LONGEST_ERROR])
    what = "message given up" if is_last else "message not taken"
    log.warning(what, extra={"kind": message.kind, "key": message.key, "attempt": message.attempts, "because": error})
