"""What people write to our bot becomes tickets and messages; answers go back to their chat."""

import logging
import re

from django.conf import settings
from django.db import transaction

from upheld.apps.desk.models import Author, Inbound, Message, Ticket
from upheld.apps.desk.models.mail import Reading
from upheld.apps.desk.queries.chats import address_of, chat_at, find_chat_ticket, is_of_staff, owner_of
from upheld.apps.desk.queries.senders import agreements_of
from upheld.apps.desk.services.acknowledging import take_code
from upheld.apps.desk.services.chat_links import link_chat
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.opening import Report, Sender, hold_ticket, open_ticket
from upheld.apps.desk.services.talking import Said, receive, write_automatic
from upheld.apps.oncall.models import Kind
from upheld.apps.oncall.models import Message as Outgoing
from upheld.apps.oncall.services import read_code, write_message
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.timeline import DAY, Instant
from upheld.gateways.telegram import NotAnUpdate, TelegramMessage, parse_update

log = logging.getLogger("upheld.desk")

WAY = "telegram"
START = re.compile(r"/start(?:@\w+)?(?:[ \n]+(\S{1,64}))?\s*")
NEW = re.compile(r"/new(?:@\w+)?(?:[ \n]+(.*))?", re.DOTALL)
NAMED = re.compile(r"\s*\[?(T-[0-9]{1,9})\b")
LONGEST_SUBJECT = 100
OF_STAFF = "one of the provider's people wrote it, in the chat in which they are paged"
AT_ONCE = 100


def take_update(*, inbound: Inbound, at: Instant) -> Inbound:
    """Read an update that was kept and do what follows from it, once: a ticket, a message on one, a chat that is linked."""
    with transaction.atomic():
        waiting = Inbound.objects.select_for_update().filter(pk=inbound.pk, state=Reading.WAITING).first()
        if waiting is None:
            return Inbound.objects.get(pk=inbound.pk)
        try:
            message = parse_update(bytes(waiting.raw))
        except NotAnUpdate as problem:
            hold_unread(waiting, str(problem), at)
            waiting.state, waiting.because = Reading.UNREADABLE, str(problem)[:500]
        else:
            because = take_message(waiting, message, at) if message else "it is no new message: an edit, a reaction"
            waiting.state, waiting.because = (Reading.IGNORED, because) if because else (Reading.READ, "")
        waiting.save(update_fields=["state", "because", "envelope_from"])
    log.info("update taken in", extra={"inbound": waiting.pk, "state": waiting.state, "because": waiting.because})
    return waiting


def take_message(inbound: Inbound, message: TelegramMessage, at: Instant) -> str:
    """What follows from a message; the reason where nothing does."""
    if not message.is_private:
        return "it was said in a group: only a chat with one person is a way in"
    if started := START.fullmatch(message.text):
        return start_chat(message, started.group(1) or "", inbound, at)
    code, owner = read_code(message.text), owner_of(message.chat)
    if is_of_staff(message.chat):
        words, because = f"You are paged here; what customers wrote is answered at {settings.UPHELD_URL}/desk.", OF_STAFF
        if code is not None:
            words, because = take_code(inbound, WAY, str(message.chat), code, at)
        say_to(message, words, inbound, at)
        return because
    if code and code.isdecimal() and owner is None:
        words, because = take_code(inbound, WAY, str(message.chat), code, at)
        say_to(message, words, inbound, at)
        return because
    again = NEW.fullmatch(message.text) if owner else None
    named = NAMED.match(message.text)
    ticket = None if again else find_chat_ticket(message.chat, owner, named.group(1) if named else "", at)
    sender = Sender(
        by=pseudonym_of(owner) if owner else "somebody", shown_as=owner.name if owner else message.sender_name, user=owner,
        address=address_of(message.chat), is_verified=owner is not None, inbound=inbound,
    )  # fmt: skip
    text = (again.group(1) or "") if again else message.text
    said = Said("\n\n".join(part for part in (text.strip(), tell_files(message)) if part) or "(no words)")
    came = find_came(Instant.of(inbound.received_at), message.at)
    if ticket is not None:
        receive(ticket=ticket, said=said, sender=sender, at=at, sent_at=came, channel=WAY)
        return ""
    opened = open_or_hold(said, sender, owner, came, at)
    words = f"Your message has arrived; it is {opened.name} with us. Write here to add to it, or /new for another matter."
    if owner is None:
        words = (
            f"{words} We do not know yet who you are: ask for a code where you sign in ({settings.UPHELD_URL}), and send it "
            "here as /start CODE."
        )
    write_automatic(ticket=opened, said=Said(f"{words} This is an automatic confirmation."), at=at)
    return ""


def find_came(received_at: Instant, sent_at: Instant) -> Instant:
    """When Telegram had it, where that is to be believed: it keeps what it cannot bring for a day."""
    return sent_at if received_at.before(DAY) <= sent_at <= received_at else received_at


def tell_files(message: TelegramMessage) -> str:
    """Files are named and not fetched: the bot has no place for them."""
    if not message.file_names:
        return ""
    return f"(With it came {', '.join(message.file_names)}, which stays in Telegram: please send it by mail or the portal.)"


def open_or_hold(said: Said, sender: Sender, owner: User | None, came: Instant, at: Instant) -> Ticket:
    """A new matter: under the one agreement of whoever wrote, or held with the reason why nobody can say under which."""
    first = next((line.strip() for line in said.text.splitlines() if line.strip()), "")
    report = Report(subject=first[:LONGEST_SUBJECT], text=said.text)
    because = "nobody is known by this chat"
    if owner is not None and owner.customer is not None:
        known = agreements_of(owner.customer)
        if len(known) == 1:
            try:
                return open_ticket(
                    agreement=known[0], way=WAY, report=report, sender=sender, at=at, received_at=came
                )  # fmt: skip
            except CannotDo as problem:
                because = str(problem)
        else:
            count = f"{len(known)} agreements" if known else "no agreement"
            because = f"{owner.customer.name} has {count}: say under which this stands"
    customer = owner.customer if owner else None
    return hold_ticket(
        way=WAY, report=report, sender=sender, because=because, at=at, received_at=came, customer=customer
    )  # fmt: skip


def start_chat(message: TelegramMessage, code: str, inbound: Inbound, at: Instant) -> str:
    """Link the chat where a code was sent that is good, and say what came of it."""
    linked = link_chat(number=message.chat, code=code, at=at) if code else None
    if linked is not None:
        words = f"This chat is linked to {linked.user.name}. What you write here becomes a ticket."
    elif code:
        words = "This code is not good, or not any more. Ask for a new one where you sign in."
    else:
        words = (
            f"Ask for a code where you sign in ({settings.UPHELD_URL}), and send it here as /start CODE. The number of this "
            f"chat is {message.chat}."
        )
    say_to(message, words, inbound, at)
    return "" if linked else "a chat was begun"


def say_to(message: TelegramMessage, words: str, inbound: Inbound, at: Instant) -> None:
    """Words for a chat that belong to no ticket."""
    key = f"inbound-{inbound.pk}-said"
    write_message(kind=Kind.TELEGRAM, to=str(message.chat), subject="Chat", body=words, key=key, at=at)


def hold_unread(inbound: Inbound, because: str, at: Instant) -> None:
    """Nothing that came is lost: a person looks at its bytes."""
    report = Report(subject="A message from Telegram that cannot be read", text=f"{because}. Its bytes are kept.")
    sender = Sender(by="somebody", is_verified=False, inbound=inbound)
    came = Instant.of(inbound.received_at)
    hold_ticket(way=WAY, report=report, sender=sender, because="it cannot be read", at=at, received_at=came)


def write_chats(*, at: Instant) -> int:
    """Put what people and machines said on tickets of chats into the outbox; how many. Repeated, nothing is sent twice."""
    rows = Message.objects.filter(outgoing__isnull=True, is_public=True, inbound__isnull=True)
    rows = rows.exclude(author=Author.CUSTOMER).filter(ticket__address__startswith=address_of(0).removesuffix("0"))
    written = 0
    for message in rows.select_related("ticket").order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            fresh = Message.objects.select_for_update(of=("self",)).select_related("ticket").get(pk=message.pk)
            if fresh.outgoing_id is None:
                write_chat(fresh, at)
                written += 1
    return written


def write_chat(message: Message, at: Instant) -> None:
    """The text of one message, in the caller's transaction."""
    ticket, key = message.ticket, f"{message.name}-telegram"
    files = message.attachments.count()
    more = f"\n\n({files} of its files: {settings.UPHELD_URL}/portal/tickets/{ticket.name})" if files else ""
    who = f", {message.shown_as}" if message.shown_as else ""
    body = f"{ticket.name}{who}:\n{message.text}{more}"
    write_message(kind=Kind.TELEGRAM, to=chat_at(ticket.address), subject=ticket.name, body=body, key=key, at=at)
    message.outgoing = Outgoing.objects.get(key=key)
    message.save(update_fields=["outgoing"])
