"""Opening tickets: what was reported, by which way, under which agreement."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, terms_of
from upheld.apps.desk.facts import facts_at_adoption, message_fact, opened_fact
from upheld.apps.desk.models import Attachment, Author, Inbound, Kind, Message, State, Ticket
from upheld.apps.desk.queries.chat import CHATS
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.deeds import CannotDo, lock
from upheld.apps.desk.services.marking import set_tags
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.ledger.services import record
from upheld.apps.parties.models import Customer, User
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")

LONGEST_SUBJECT = 500
WAYS: dict[str, tuple[str, ...]] = {
    "portal": ("portal", "website"),
    "api": ("api", "portal", "website"),
    "chat": CHATS,
}
"""What agreements call a way in, the likeliest first; one that is not named here is called as it is."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it was handed over."""

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """What a ticket is about, as whoever opens it tells it. `told` are further answers, each `name: value`."""

    subject: str
    text: str = ""
    html: str = ""
    kind: str = Kind.INCIDENT
    topic: str = ""
    wish: str = ""
    impact: str = ""
    urgency: str = ""
    is_urgent: bool = False
    outage: str = ""
    told: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    attached: Sequence[Attached] = field(default=())


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks. `by` is how facts name them; `address` is where answers go, where that is not a page."""

    by: str
    shown_as: str = ""
    user: User | None = None
    address: str = ""
    is_verified: bool = True
    mail_id: str = ""
    inbound: Inbound | None = None


def channel_of(agreement: Agreement, way: str, at: Instant) -> str:
    """What the agreement calls a way in: `website` for the portal, where it says so. Raises CannotJudge."""
    named = terms_of(agreement, at).desk.channels
    return next((name for name in WAYS.get(way, (way,)) if name in named), WAYS.get(way, (way,))[0])


def open_ticket(
    *, agreement: Agreement, way: str, report: Report, sender: Sender, at: Instant, received_at: Instant | None = None,
    opened_by: str = "customer",
) -> Ticket:  # fmt: skip
    """
    A ticket, its first message and its facts; its clocks run from `received_at`, which is now where it is not given.

    What staff open for a customer is received with the customer's first message; the text is a note until then. Raises
    CannotDo where the agreement opens no tickets by this way.
    """
    channel = WAYS.get(way, (way,))[0]
    try:
        channel = channel_of(agreement, way, at)
        known = terms_of(agreement, at).desk
    except CannotJudge as problem:
        log.error("a ticket is opened without its terms", extra={"agreement": agreement.key, "because": str(problem)})
    else:
        refuse_way(agreement, known.channels, channel, opened_by)
        refuse_unknown("topic", report.topic, known.topics)
        refuse_unknown("priority", report.wish, known.priorities)
    with transaction.atomic():
        ticket = write_ticket(agreement, agreement.customer, channel, report, sender, at, received_at or at, opened_by)
        first = write_first_message(ticket, report, sender, at, opened_by)
        if report.tags:
            set_tags(ticket=ticket, names=report.tags)
        record(facts=[opened_fact(ticket, by=sender.by, at=at), message_fact(first, at=at)])
        reckon(ticket=ticket, at=at)
        announce("ticket.opened", ticket, key="opened", at=at, words=f"opened by {channel}")
    log.info("ticket opened", extra={"ticket": ticket.name, "agreement": agreement.key, "channel": channel})
    return ticket


def hold_ticket(
    *, way: str, report: Report, sender: Sender, because: str, at: Instant, received_at: Instant | None = None,
    customer: Customer | None = None,
) -> Ticket:  # fmt: skip
    """A ticket of which nobody knows whose it is. Nothing is recorded, and nothing lost: see `adopt`."""
    with transaction.atomic():
        channel = WAYS.get(way, (way,))[0]
        ticket = write_ticket(None, customer, channel, report, sender, at, received_at or at, "customer", because)
        write_first_message(ticket, report, sender, at, "customer")
    # Not the reason: it may name an address, and a log forgets nobody.
    log.warning("ticket held", extra={"ticket": ticket.name})
    return ticket


def adopt(*, ticket: Ticket, agreement: Agreement, by: str, at: Instant) -> Ticket:
    """A held ticket is this agreement's: all of it is recorded, as of when it happened. Raises CannotDo."""
    with transaction.atomic():
        held = lock(ticket)
        if held.agreement is not None:
            raise CannotDo(f"{held.name} stands under {held.agreement.key} already; a ticket does not change its agreement")
        held.agreement, held.customer, held.held_because = agreement, agreement.customer, ""
        held.changed_at = at.utc()
        held.save()
        record(facts=facts_at_adoption(held, by=by, at=at))
        reckon(ticket=held, at=at)
    ticket.refresh_from_db()
    return ticket


def refuse_way(agreement: Agreement, channels: object, channel: str, opened_by: str) -> None:
    assert isinstance(channels, dict) or hasattr(channels, "get")
    rule = channels.get(channel)
    if rule is not None and not rule.opens_ticket.value and opened_by == "customer":
        cited = ", ".join(rule.opens_ticket.clauses)
        raise CannotDo(f"{cited}: by {channel} no ticket is opened under {agreement.key}; open it by another way first")


def refuse_unknown(what: str, name: str, known: object) -> None:
    if name and known and name not in known:  # type: ignore[operator]
        raise CannotDo(f"the agreement knows no {what} {name!r}; it knows {', '.join(known)}")  # type: ignore[arg-type]


def write_ticket(
    agreement: Agreement | None, customer: Customer | None, channel: str, report: Report, sender: Sender, at: Instant,
    received_at: Instant, opened_by: str, held_because: str = "", split_from: Ticket | None = None,
) -> Ticket:  # fmt: skip
    take_turn()
    return Ticket.objects.create(
        number=(Ticket.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        agreement=agreement,
        customer=customer,
        requester=sender.user,
        address=sender.address[:320],
        is_verified=sender.is_verified,
        held_because=held_because[:300],
        subject=(report.subject.strip() or "(no subject)")[:LONGEST_SUBJECT],
        kind=report.kind,
        channel=channel,
        topic=report.topic,
        wish=report.wish,
        impact=report.impact,
        urgency=report.urgency,
        is_urgent=report.is_urgent,
        told=list(report.told),
        outage=report.outage,
        opened_by=opened_by,
        state=State.NEW,
        received_at=received_at.utc(),
        opened_at=at.utc(),
        changed_at=at.utc(),
        split_from=split_from,
    )


def write_first_message(ticket: Ticket, report: Report, sender: Sender, at: Instant, opened_by: str) -> Message:
    is_staffs = opened_by == "staff"
    first = Message.objects.create(
        ticket=ticket,
        number=1,
        author=Author.PERSON if is_staffs else Author.CUSTOMER,
        is_public=not is_staffs,
        by=sender.by,
        shown_as=sender.shown_as[:200],
        channel=ticket.channel,
        text=report.text,
        html=report.html,
        sent_at=ticket.received_at,
        recorded_at=at.utc(),
        mail_id=sender.mail_id[:250],
        inbound=sender.inbound,
    )
    attach(first, report.attached)
    return first


def attach(message: Message, attached: Sequence[Attached]) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            message=message, number=number, file_name=one.file_name[:255], media_type=one.media_type[:100],
            size=len(one.content), digest=sha256(one.content).hexdigest(), content=one.content,
        )
        for number, one in enumerate(attached, 1)
    )  # fmt: skip
