"""Tickets put together, taken apart, and pointed at each other."""

from django.db import transaction
from django.db.models import Max

from upheld.apps.desk.facts import message_fact, opened_fact
from upheld.apps.desk.models import Author, Consent, Link, Message, State, Ticket
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.deeds import CannotDo, change, lock, note, refuse_held
from upheld.apps.desk.services.opening import Attached, Report, Sender, write_first_message, write_ticket
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.ledger.services import record
from upheld.core.facts import TicketMerged
from upheld.core.timeline import Instant


def merge(*, ticket: Ticket, into: Ticket, by: str, at: Instant) -> Ticket:
    """
    A ticket becomes a part of another one of the same agreement: the clocks of both go on there, from the earlier start.

    Raises CannotDo for another agreement's ticket, for one that goes on in this one, and for one of which nobody knows
    whose it is.
    """
    if ticket.pk == into.pk:
        raise CannotDo(f"{ticket.name} cannot be merged into itself")
    with transaction.atomic():
        # In one order always, so that two merges of the same two tickets do not wait for each other.
        first, second = sorted((ticket, into), key=lambda one: one.number)
        locked = {one.pk: lock(one) for one in (first, second)}
        part, whole = locked[ticket.pk], locked[into.pk]
        if State.MERGED in (part.state, whole.state):
            gone = part if part.state == State.MERGED else whole
            raise CannotDo(f"{gone.name} was merged already; look where it went")
        refuse_held(part, "merge it")
        refuse_held(whole, "merge into it")
        if part.agreement_id != whole.agreement_id:
            raise CannotDo(f"{part.name} and {whole.name} stand under different agreements: their clocks are not one")
        note(part, TicketMerged, at=at, source=by, into=whole.name, by=by)
        part.merged_into, part.state = whole, State.MERGED
        part.changed_at = whole.changed_at = at.utc()
        part.save()
        whole.save()
        # What was offered and not answered goes on where the customer is answered; facts name it without its ticket.
        part.quotes.update(ticket=whole)
        move_proposals(part, whole)
        reckon(ticket=whole, at=at)
        announce("ticket.merged", part, key="merged", at=at, words=f"merged into {whole.name}", into=whole.name)
    ticket.refresh_from_db()
    into.refresh_from_db()
    return into


def move_proposals(part: Ticket, whole: Ticket) -> None:
    """Times that wait for the other side's word are proposed on the ticket that goes on."""
    number = whole.appointments.aggregate(last=Max("number"))["last"] or 0
    for place, one in enumerate(part.appointments.filter(state=Consent.PROPOSED).order_by("number"), number + 1):
        one.ticket, one.number = whole, place
        one.save(update_fields=["ticket", "number"])


def split(*, message: Message, subject: str, by: str, at: Instant) -> Ticket:
    """
    A customer's message holds another matter: it becomes a ticket of its own, whose clocks start when the message came.

    Raises CannotDo for a message that is not the customer's.
    """
    if message.author != Author.CUSTOMER:
        raise CannotDo("a ticket is split off at a message of the customer")
    with change(message.ticket, at) as parent:
        report = Report(
            subject=subject or parent.subject, text=message.text, html=message.html, kind=parent.kind,
            attached=tuple(
                Attached(one.file_name, one.media_type, bytes(one.content))
                for one in message.attachments.order_by("number")
            ),
        )  # fmt: skip
        sender = Sender(
            by=message.by, shown_as=message.shown_as, user=parent.requester, address=parent.address,
            is_verified=parent.is_verified, inbound=message.inbound,
        )  # fmt: skip
        came = Instant.of(message.sent_at)
        child = write_ticket(
            parent.agreement, parent.customer, parent.channel, report, sender, at, came, "customer", parent.held_because,
            split_from=parent,
        )  # fmt: skip
        first = write_first_message(child, report, sender, at, "customer")
        first.doubts = message.doubts
        first.save(update_fields=["doubts"])
        if child.agreement is not None:
            record(facts=[opened_fact(child, by=by, at=at), message_fact(first, at=at)])
        reckon(ticket=child, at=at)
        announce("ticket.opened", child, key="opened", at=at, words=f"split off {parent.name}")
    return child


def link(*, one: Ticket, other: Ticket, about: str, by: str, at: Instant) -> Link:
    """Two tickets have to do with each other. Said twice, it is known once."""
    if one.pk == other.pk:
        raise CannotDo(f"{one.name} has to do with itself anyway")
    made, _ = Link.objects.get_or_create(one=one, other=other, about=about, defaults={"by": by, "at": at.utc()})
    return made
