"""What came in becomes tickets and messages: each of the kept bytes once, whatever they hold."""

import logging
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from upheld.apps.desk.models import Inbound, Message, Ticket
from upheld.apps.desk.models.mail import Reading
from upheld.apps.desk.queries.senders import Writer, agreements_of, find_writer, may_write_on
from upheld.apps.desk.queries.tickets import UnknownTicket, find_by_mail, follow
from upheld.apps.desk.queries.tickets import ticket as read_ticket
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.mailing import acknowledge
from upheld.apps.desk.services.opening import Attached, Report, Sender, hold_ticket, open_ticket
from upheld.apps.desk.services.talking import Said, receive, receive_automatic, reply
from upheld.core.timeline import Instant
from upheld.gateways.mail import read_tags
from upheld.gateways.reading import Mail, Standing, Unreadable

log = logging.getLogger("upheld.desk")

Read = Callable[[bytes, str | None], Mail | Unreadable]
"""Reads raw bytes, told the envelope's sender; never raises."""
WAY = "email"
NULL_PATH = "<>"


def take_in(*, inbound: Inbound, read: Read, at: Instant) -> Inbound:
    """
    Read what came and do what follows from it, once: a ticket, a message on one, or a reason why neither.

    What cannot be read becomes a ticket all the same, and its clock runs from when it came. While the machine is in the way
    of reading, it goes on waiting.
    """
    mail = name_cut(read(bytes(inbound.raw), path_of(inbound)), inbound)
    if isinstance(mail, Unreadable) and mail.may_read_later:
        log.warning("a mail cannot be read now", extra={"inbound": inbound.pk, "because": mail.reason})
        return inbound
    with transaction.atomic():
        waiting = Inbound.objects.select_for_update().filter(pk=inbound.pk, state=Reading.WAITING).first()
        if waiting is None:
            return Inbound.objects.get(pk=inbound.pk)
        if isinstance(mail, Unreadable):
            open_unread(waiting, mail, at)
            waiting.state, waiting.because = Reading.UNREADABLE, mail.reason[:500]
        else:
            because = take_mail(waiting, mail, at)
            waiting.state, waiting.because = (Reading.IGNORED, because[:500]) if because else (Reading.READ, "")
        waiting.save(update_fields=["state", "because"])
    log.info("mail taken in", extra={"inbound": waiting.pk, "state": waiting.state, "because": waiting.because})
    return waiting


def name_cut(mail: Mail | Unreadable, inbound: Inbound) -> Mail | Unreadable:
    """The same, with a plain word at its end where only the beginning of it came to us."""
    if inbound.whole_size is None:
        return mail
    words = (
        f"this mail was cut: it has {inbound.whole_size:,} bytes, and the first {len(inbound.raw):,} are here. "
        "The whole of it stays in the mailbox"
    )
    if isinstance(mail, Unreadable):
        return replace(mail, reason=f"{mail.reason}; {words}")
    told = f"({words[:1].upper()}{words[1:]}.)"
    text, new_text = (f"{text}\n\n{told}".lstrip() for text in (mail.text, mail.new_text or mail.text))
    return replace(mail, text=text, new_text=new_text)


def path_of(inbound: Inbound) -> str | None:
    """The return path: empty for the null path, None where nobody told it."""
    return "" if inbound.envelope_from == NULL_PATH else inbound.envelope_from or None


def take_mail(inbound: Inbound, mail: Mail, at: Instant) -> str:
    """What follows from a mail that was read; the reason where nothing does."""
    if mail.own_loop:
        return f"it is our own mail that came back: {mail.own_loop}"
    if mail.bounce and (of_ours := find_by_mail(mail.bounce.of)):
        note_bounce(of_ours, mail, inbound, at)
        return ""
    if is_double(mail, inbound):
        return f"the same mail came before: {mail.message_id}"
    writer = find_writer(mail.sender.address)
    sender = sender_of(writer, mail, inbound)
    # What is forged joins nothing, whoever it names and whatever wrote it.
    ticket = None if mail.authenticity.standing is Standing.FAILED else find_thread(mail, writer)
    came = Instant.of(inbound.received_at)
    said = Said(mail.new_text or mail.text, mail.html, attached=attached_of(mail))
    if ticket is not None and (machine := tell_machine(mail)):
        # That one of the provider's people is away is no word to the customer.
        receive_automatic(
            ticket=ticket, said=said, sender=sender, because=machine, sent_at=came, at=at, is_public=not writer.is_staff
        )
    elif ticket is not None and writer.is_staff and writer.user is not None:
        # Whoever seems to be one of the provider's people may be anybody, unless their mail server vouches for them.
        if not sender.is_verified:
            hold(inbound, mail, sender, "it seems to come from the provider's own people, and nothing proves it", at)
        else:
            answered = reply(ticket=ticket, said=said, by=writer.by, shown_as=writer.user.name, at=at, channel=WAY)
            Message.objects.filter(pk=answered.pk).update(doubts=list(mail.doubts))
    elif ticket is not None:
        receive(ticket=ticket, said=said, sender=sender, at=at, sent_at=came, channel=WAY)
    else:
        open_or_hold(inbound, mail, writer, sender, at)
    note_doubts(inbound, mail, ticket)
    return ""


def note_doubts(inbound: Inbound, mail: Mail, ticket: Ticket | None) -> None:
    """Keep beside what a mail said what its reader must know of it. Of a new ticket, its page tells who is not certain."""
    doubts = list(mail.doubts)
    is_certain = mail.authenticity.standing is Standing.VERIFIED or bool(tell_machine(mail))
    if ticket is not None and ticket.is_verified and not is_certain:
        doubts.append("it is not certain that its sender is who it says: an unverified sender has no authority")
    if doubts:
        Message.objects.filter(inbound=inbound).update(doubts=doubts)


def tell_machine(mail: Mail) -> str:
    """Why a mail is a machine's; nothing where a person may have written it, if only through a list of a team."""
    return "" if mail.is_only_listed else mail.automatic or ""


def open_or_hold(inbound: Inbound, mail: Mail, writer: Writer, sender: Sender, at: Instant) -> Ticket:
    """A new matter: under the sender's one agreement, or held with the reason why nobody can say under which."""
    if mail.authenticity.standing is Standing.FAILED:
        return hold(inbound, mail, sender, f"its sender is not who it says: {mail.authenticity.because}", at)
    if machine := tell_machine(mail):
        return hold(inbound, mail, sender, f"a machine sent it: {machine}", at)
    if writer.customer is None:
        return hold(inbound, mail, sender, f"nobody is known by the address {mail.sender.address or '(none)'}", at)
    known = agreements_of(writer.customer)
    if len(known) != 1:
        count = f"{len(known)} agreements" if known else "no agreement"
        return hold(inbound, mail, sender, f"{writer.customer.name} has {count}: say under which this stands", at)
    came = Instant.of(inbound.received_at)
    try:
        opened = open_ticket(agreement=known[0], way=WAY, report=report_of(mail), sender=sender, at=at, received_at=came)
    except CannotDo as problem:
        return hold(inbound, mail, sender, str(problem), at)
    acknowledge(ticket=opened, mail=mail, at=at)
    return opened


def hold(inbound: Inbound, mail: Mail, sender: Sender, because: str, at: Instant) -> Ticket:
    return hold_ticket(
        way=WAY, report=report_of(mail), sender=sender, because=because, at=at, received_at=Instant.of(inbound.received_at)
    )


def open_unread(inbound: Inbound, mail: Unreadable, at: Instant) -> Ticket:
    """A ticket of a mail that cannot be read: a person looks at its bytes, and whoever it is from is answered in time."""
    writer = find_writer(mail.sender.address or inbound.envelope_from)
    sender = Sender(
        by=writer.by, shown_as=mail.sender.name or writer.address, user=writer.user, address=writer.address,
        is_verified=False, mail_id=mail.message_id, inbound=inbound,
    )  # fmt: skip
    report = Report(subject=mail.subject, text=f"This mail cannot be shown: {mail.reason}. Its bytes are kept.")
    came = Instant.of(inbound.received_at)
    known = agreements_of(writer.customer) if writer.customer else []
    if len(known) == 1:
        return open_ticket(agreement=known[0], way=WAY, report=report, sender=sender, at=at, received_at=came)
    because = f"it cannot be read, and nobody can say whose it is: {mail.reason}"
    return hold_ticket(way=WAY, report=report, sender=sender, because=because, at=at, received_at=came)


def find_thread(mail: Mail, writer: Writer) -> Ticket | None:
    """
    The ticket that a mail goes on with: by the mails that it answers, else by the tag in its subject; only where its writer
    belongs there, so that no mail reaches another customer's ticket.
    """
    found = find_by_mail([*mail.in_reply_to, *reversed(mail.references)])
    if found is not None:
        # Strangers who answer each other are one conversation, which somebody looks at before it is anybody's.
        is_open_to_all = found.is_held and found.customer is None and writer.customer is None
        return found if is_open_to_all or may_write_on(writer, found) else None
    for name in read_tags(mail.subject):
        try:
            named = follow(read_ticket(name))
        except UnknownTicket:
            continue
        # A tag can be guessed; it leads only to tickets of people whom we know.
        return named if named.customer is not None and may_write_on(writer, named) else None
    return None


def is_double(mail: Mail, inbound: Inbound) -> bool:
    """
    Whether the same mail was taken in before, by another way, which may have written something below it. Some machines give
    every mail one id: the words tell.
    """
    if not mail.message_id:
        return False
    known = Message.objects.filter(mail_id=mail.message_id[:250], inbound__envelope_from=inbound.envelope_from)
    words = (mail.new_text or mail.text).strip()
    texts = [text.strip() for text in known.exclude(inbound=inbound).values_list("text", flat=True)]
    return any(text.startswith(words) or words.startswith(text) for text in texts)


def note_bounce(ticket: Ticket, mail: Mail, inbound: Inbound, at: Instant) -> None:
    """The provider's people read on the ticket that an answer did not arrive; the customer is told nothing by it."""
    assert mail.bounce is not None
    came = Instant.of(inbound.received_at)
    what = "could not be delivered" if mail.bounce.is_final else "is late"
    words = f"An answer {what} to {', '.join(mail.bounce.recipients) or 'its address'}: {mail.bounce.diagnosis}".rstrip(": ")
    sender = Sender(by="machine", mail_id=mail.message_id, inbound=inbound)
    said = Said(words)
    receive_automatic(ticket=ticket, said=said, sender=sender, because="bounce", sent_at=came, at=at, is_public=False)


def sender_of(writer: Writer, mail: Mail, inbound: Inbound) -> Sender:
    return Sender(
        by=writer.by, shown_as=mail.sender.name or mail.sender.address, user=writer.user, address=mail.sender.address,
        is_verified=mail.authenticity.standing is Standing.VERIFIED, mail_id=mail.message_id, inbound=inbound,
    )  # fmt: skip


def report_of(mail: Mail) -> Report:
    return Report(subject=mail.subject, text=mail.text, html=mail.html, attached=attached_of(mail))


def attached_of(mail: Mail) -> tuple[Attached, ...]:
    return tuple(Attached(one.name, one.type, one.content) for one in mail.attachments)
