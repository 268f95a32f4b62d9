"""What is said on a ticket: answers, notes, the customer's messages, and words that need no answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from upheld.apps.desk.facts import message_fact, waived_fact
from upheld.apps.desk.models import Author, Link, Message, State, Ticket
from upheld.apps.desk.queries.tickets import follow
from upheld.apps.desk.services.announcing import announce_message
from upheld.apps.desk.services.deciding import reopen_locked, settle
from upheld.apps.desk.services.deeds import CannotDo, change, lock
from upheld.apps.desk.services.opening import Attached, Report, Sender, attach, open_ticket
from upheld.apps.desk.services.waking import tell_of_message
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import record
from upheld.core.facts import TicketReopened
from upheld.core.timeline import DAY, MICRO, Instant

SAYS = ("ETA", "update", "confirmation", "question")
WROTE_AGAIN = "the customer wrote again"


@dataclass(frozen=True, slots=True)
class Said:
    """A text with what belongs to it. `says` is what it holds besides an answer: some of `SAYS`."""

    text: str
    html: str = ""
    says: tuple[str, ...] = ()
    attached: Sequence[Attached] = ()


def reply(*, ticket: Ticket, said: Said, by: str, shown_as: str, at: Instant, channel: str = "") -> Message:
    """A person of the provider answers, and the customer sees it. Raises CannotDo for an answer without words."""
    if not said.text.strip():
        raise CannotDo("an answer has words; write what the customer is to know")
    if unknown := set(said.says) - set(SAYS):
        raise CannotDo(f"an answer may hold {', '.join(SAYS)}; came {', '.join(sorted(unknown))}")
    with change(ticket, at) as locked:
        return write(locked, Author.PERSON, said, by, shown_as, at, at, channel or locked.channel)


def write_note(*, ticket: Ticket, said: Said, by: str, shown_as: str, at: Instant) -> Message:
    """Words for the provider's people: the customer does not see them, and no clock hears them."""
    if not said.text.strip():
        raise CannotDo("a note has words")
    with change(ticket, at) as locked:
        return write(locked, Author.PERSON, said, by, shown_as, at, at, locked.channel, is_public=False)


def write_automatic(*, ticket: Ticket, said: Said, at: Instant) -> Message:
    """What a machine tells the customer. It stops no clock."""
    with change(ticket, at) as locked:
        return write(locked, Author.MACHINE, said, "machine", "", at, at, locked.channel)


def receive_automatic(
    *, ticket: Ticket, said: Said, sender: Sender, because: str, sent_at: Instant, at: Instant, is_public: bool = True
) -> Message:
    """
    What a machine on the other side wrote: an absence note, a bounce. It is kept on the ticket and settles nothing: no clock
    hears it, no waiting ends by it, nothing opens again.
    """
    with transaction.atomic():
        locked = lock_last(ticket)
        with change(locked, at) as ours:
            told = Said(f"{said.text}\n\n(Sent by a machine: {because})", said.html, attached=said.attached)
            return write(
                ours, Author.MACHINE, told, sender.by, sender.shown_as, sent_at, at, ours.channel, is_public=is_public,
                sender=sender,
            )  # fmt: skip


def receive(
    *, ticket: Ticket, said: Said, sender: Sender, at: Instant, sent_at: Instant | None = None, channel: str = ""
) -> Message:
    """
    The customer's message. It ends what waited for the customer; on a resolved ticket it opens it again, or, long after,
    opens another that follows it; on a merged one it goes to the ticket that goes on.
    """
    came = sent_at or at
    with transaction.atomic():
        locked = lock_last(ticket)
        if is_long_over(locked, came):
            message = follow_up(locked, said, sender, at, came, channel)
        else:
            message = hear(locked, said, sender, at, came, channel)
    ticket.refresh_from_db()
    return message


def lock_last(ticket: Ticket) -> Ticket:
    """The ticket that goes on for this one, ours until the transaction ends: it may have been merged a moment ago."""
    last = lock(follow(Ticket.objects.get(pk=ticket.pk)))
    while last.state == State.MERGED:
        last = lock(follow(last))
    return last


def hear(ticket: Ticket, said: Said, sender: Sender, at: Instant, came: Instant, channel: str) -> Message:
    """The customer's message on a ticket that goes on."""
    with change(ticket, at) as locked:
        message = write(
            locked, Author.CUSTOMER, said, sender.by, sender.shown_as, came, at, channel or locked.channel, sender=sender
        )
        answered = locked.holds.filter(waiting_for="customer", closed_at__isnull=True, opened_at__lt=came.utc())
        answered = answered.exclude(until_at__lte=came.utc())
        answered.update(closed_at=came.utc(), closed_because="the customer answered")
        if locked.state == State.RESOLVED:
            # Whoever resolved it had not read what was under way: it was settled for no time at all.
            resolved = Instant.of(locked.resolved_at) if locked.resolved_at else came
            reopen_locked(locked, by=sender.by, because=WROTE_AGAIN, at=max(came, resolved), recorded_at=at)
        tell_of_message(ticket=locked, message=message, at=at)
    return message


def is_long_over(ticket: Ticket, at: Instant) -> bool:
    """What comes so long after a ticket was settled is another matter: a new ticket that follows it."""
    over = ticket.resolved_at
    return ticket.state == State.RESOLVED and over is not None and at > Instant.of(over) + DAY * settings.UPHELD_REOPEN_DAYS


def follow_up(ticket: Ticket, said: Said, sender: Sender, at: Instant, came: Instant, channel: str) -> Message:
    """Another ticket that follows one that was over."""
    if ticket.agreement is None:
        raise CannotDo(f"{ticket.name} is held and over; open another ticket")
    report = Report(subject=ticket.subject, text=said.text, html=said.html, kind=ticket.kind, attached=said.attached)
    way = channel or ticket.channel
    opened = open_ticket(agreement=ticket.agreement, way=way, report=report, sender=sender, at=at, received_at=came)
    Link.objects.create(one=opened, other=ticket, about="follows", by=sender.by, at=at.utc())
    return opened.messages.get(number=1)


def waive(*, message: Message, because: str, by: str, at: Instant) -> Message:
    """A customer's message needs no answer; the reason is kept. Raises CannotDo."""
    if not because.strip():
        raise CannotDo("say why the message needs no answer: the statement will say it too")
    if message.author != Author.CUSTOMER:
        raise CannotDo("only a customer's message asks for an answer")
    with change(message.ticket, at) as locked:
        fresh = Message.objects.select_for_update().get(pk=message.pk)
        if fresh.waived_because:
            return fresh
        fresh.waived_because = because.strip()[:500]
        fresh.save(update_fields=["waived_because"])
        if locked.agreement is not None:
            record(facts=[waived_fact(fresh, by=by, at=at)])
            settle_again(locked, fresh, by=by, at=at)
    return fresh


def settle_again(ticket: Ticket, message: Message, *, by: str, at: Instant) -> None:
    """
    A word of thanks opened a settled ticket: it is settled as of then, so that no clock runs for it. Only where nothing
    else happened since: whatever else the customer wrote is waived as well, and nobody answered or waits.
    """
    assert ticket.agreement is not None
    known = facts_of(ticket.agreement.key, kinds=(TicketReopened,))
    opened = [fact for fact in known if isinstance(fact, TicketReopened) and fact.ticket == ticket.name]
    last = max(opened, key=lambda fact: fact.occurred_at.micros, default=None)
    if not ticket.is_open or last is None or last.because != WROTE_AGAIN:
        return
    again_at = last.occurred_at + MICRO
    since = ticket.messages.filter(sent_at__gte=message.sent_at, is_public=True).exclude(author=Author.MACHINE)
    was_all = not since.filter(waived_because="").exists() and message.sent_at <= last.occurred_at.utc()
    if was_all and again_at <= at and not ticket.holds.filter(opened_at__gte=last.occurred_at.utc()).exists():
        because = f"{message.name} needs no answer: {message.waived_because}"
        settle(ticket, by=by, because=because, at=again_at, recorded_at=at)


def write(
    ticket: Ticket, author: str, said: Said, by: str, shown_as: str, sent_at: Instant, at: Instant, channel: str, *,
    is_public: bool = True, sender: Sender | None = None,
) -> Message:  # fmt: skip
    """A message on a ticket that is ours, with its fact."""
    message = Message.objects.create(
        ticket=ticket,
        number=(ticket.messages.aggregate(last=Max("number"))["last"] or 0) + 1,
        author=author,
        is_public=is_public,
        says=list(said.says),
        by=by,
        shown_as=shown_as[:200],
        channel=channel,
        text=said.text,
        html=said.html,
        sent_at=sent_at.utc(),
        recorded_at=at.utc(),
        mail_id=sender.mail_id[:250] if sender else "",
        inbound=sender.inbound if sender else None,
    )
    attach(message, said.attached)
    if ticket.agreement is not None:
        record(facts=[message_fact(message, at=at)])
    announce_message(message, at)
    return message
