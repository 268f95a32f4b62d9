"""Answers that go out by mail: written once for each message, in the thread that the customer's mail program knows."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from upheld.apps.desk.models import Author, Message, Ticket
from upheld.apps.desk.queries.chat import CHATS
from upheld.apps.desk.services.talking import Said, write_automatic
from upheld.apps.oncall.models import Kind
from upheld.apps.oncall.models import Message as Outgoing
from upheld.apps.oncall.services import Letter, write_message
from upheld.apps.parties.queries import provider_name
from upheld.core.timeline import DAY, HOUR, Instant
from upheld.gateways.mail import Enclosure, Writer, make_message_id, may_answer_automatically, tag_subject
from upheld.gateways.reading import Mail as Read

MOST_AUTOMATIC = ((HOUR, 2), (DAY, 5))
"""Automatic answers to one address within a length: two machines that write to each other fall silent."""
AT_ONCE = 100
LONGEST_SUBJECT = 480


def acknowledge(*, ticket: Ticket, mail: Read, at: Instant) -> Message | None:
    """Tell whoever wrote that it came and what it is called; nothing to machines, and not for ever. No clock hears it."""
    told = Message.objects.filter(author=Author.MACHINE, ticket__address=ticket.address, is_public=True)
    is_often = any(told.filter(sent_at__gt=at.before(span).utc()).count() >= most for span, most in MOST_AUTOMATIC)
    if is_often or not may_answer_automatically(mail):
        return None
    words = (
        f"Your message has arrived; it is {ticket.name} with us. To add to it, answer this mail and keep [{ticket.name}] in "
        "its subject. This is an automatic confirmation: a person has not answered yet."
    )
    return write_automatic(ticket=ticket, said=Said(words), at=at)


def list_unsent(limit: int = AT_ONCE) -> list[Message]:
    """Messages that the customer is to have by mail and that no mail was written of."""
    rows = Message.objects.filter(outgoing__isnull=True, is_public=True, inbound__isnull=True)
    # What was said in a chat was read there, also where the matter went on by mail afterwards.
    rows = rows.exclude(author=Author.CUSTOMER).exclude(channel__in=CHATS).filter(ticket__address__contains="@")
    return list(rows.select_related("ticket__customer").order_by("pk")[:limit])


def write_mails(*, at: Instant) -> int:
    """Put what people and machines said into the outbox; how many mails were written. Repeated, nothing is written twice."""
    written = 0
    for message in list_unsent():
        with transaction.atomic():
            fresh = Message.objects.select_for_update().get(pk=message.pk)
            if fresh.outgoing_id is None:
                write_mail(fresh, at)
                written += 1
    return written


def write_mail(message: Message, at: Instant) -> None:
    """The mail of one message, in the caller's transaction."""
    ticket = message.ticket
    key = f"{message.name}-mail"
    thread = list_thread(ticket, message)
    letter = Letter(
        writer=Writer.ANSWERING_MACHINE if message.author == Author.MACHINE else Writer.PERSON,
        in_reply_to=thread[-1] if thread else "",
        references=tuple(thread),
        sender_name=f"{message.shown_as or provider_name()}",
        enclosed=tuple(
            Enclosure(one.file_name, one.media_type, bytes(one.content)) for one in message.attachments.order_by("number")
        ),
    )
    subject = tag_subject(f"Re: {ticket.subject.removeprefix('Re: ')}"[:LONGEST_SUBJECT], ticket.name)
    body = f"{message.text}\n\n-- \n{ticket.name}: {settings.UPHELD_URL}/portal/tickets/{ticket.name}\n"
    write_message(kind=Kind.MAIL, to=ticket.address, subject=subject, body=body, key=key, at=at, letter=letter)
    message.outgoing = Outgoing.objects.get(key=key)
    message.mail_id = make_message_id(key, settings.UPHELD_EMAIL_FROM)
    message.save(update_fields=["outgoing", "mail_id"])


def list_thread(ticket: Ticket, message: Message) -> Sequence[str]:
    """The mails of a ticket before a message, the oldest first."""
    before = ticket.messages.filter(number__lt=message.number, is_public=True).exclude(mail_id="").order_by("number")
    return list(before.values_list("mail_id", flat=True))
