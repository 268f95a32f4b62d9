"""The live chat: whether a customer has it, whether anybody is there, what it is not for; and what was said since."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Author, Message, State, Ticket
from upheld.apps.desk.queries.clocks import desk_of, tell_course
from upheld.core.clocks import takes
from upheld.core.service_hours import NeverOpen, Zone
from upheld.core.terms.desk import Channel
from upheld.core.timeline import MICRO, Instant, Span

CHATS = ("live-chat", "chat")
"""What agreements call it, the likeliest first."""
OPEN = [state for state in State if state not in (State.RESOLVED, State.MERGED)]
"""Said positively: an index leads to open chats and passes by all that are over."""


@dataclass(frozen=True, slots=True)
class ChatDoor:
    """
    The live chat of one agreement at an instant. `is_offered` is whether this customer has it; `opens_at` is when somebody
    is there next, None where somebody is, or nobody ever will be.
    """

    channel: str
    is_offered: bool
    is_open: bool
    opens_at: Instant | None
    zone: Zone | None
    not_for: tuple[str, ...]
    sends_to: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """Where a ticket goes on that its channel does not take: the channel, what it is about, and who says so."""

    channel: str
    topic: str
    clauses: tuple[str, ...]


def look_at_chat(agreement: Agreement, at: Instant) -> ChatDoor | None:
    """The live chat as an agreement has it; None where it has none. Raises CannotJudge."""
    terms = terms_of(agreement, at)
    rule = next((terms.desk.channels[name] for name in CHATS if name in terms.desk.channels), None)
    if rule is None:
        return None
    is_open, opens_at, zone = find_opening(rule, at)
    return ChatDoor(
        channel=rule.name, is_offered=takes(terms, rule, ""), is_open=is_open, opens_at=opens_at, zone=zone,
        not_for=rule.not_for.value, sends_to=rule.sends_to.value if rule.sends_to else "",
        clauses=rule.not_for.clauses or rule.clauses,
    )  # fmt: skip


def find_opening(rule: Channel, at: Instant) -> tuple[bool, Instant | None, Zone | None]:
    """Whether somebody is there now, and else from when; where the agreement says no hours, somebody is."""
    if rule.hours is None:
        return True, None, None
    hours = rule.hours.value
    if hours.open_within(Span(at, at + MICRO)):
        return True, None, hours.zone
    try:
        return False, hours.due(at, MICRO).before(MICRO), hours.zone
    except NeverOpen:
        return False, None, hours.zone


def find_passed(ticket: Ticket, at: Instant) -> Passed | None:
    """Where a ticket goes on whose topic its channel does not take (RT-27); None where it stays. Raises CannotJudge."""
    if ticket.agreement is None:
        return None
    terms, desk = desk_of(ticket.agreement, [ticket.name], at, reasons=False)
    routed = tell_course(desk, ticket.name, "channel", at)
    if not routed or routed == ticket.channel:
        return None
    rule = terms.desk.channels.get(ticket.channel)
    clauses = rule.not_for.clauses or rule.clauses if rule else ()
    return Passed(routed, tell_course(desk, ticket.name, "topic", at), clauses)


def began_in_chat(ticket: Ticket) -> bool:
    """Whether a ticket began as a chat, also where it was passed on since."""
    return ticket.channel in CHATS or ticket.messages.filter(number=1, channel__in=CHATS).exists()


def messages_after(ticket: Ticket, number: int) -> list[Message]:
    """What the customer sees of a chat after a message, in its order; all of it after 0."""
    rows = ticket.messages.filter(is_public=True, number__gt=number)
    return list(rows.select_related("ticket").prefetch_related("attachments").order_by("number"))


def chats_waiting() -> list[Ticket]:
    """Open chats in which the customer spoke last, the longest waiting first, each with `said_at`."""
    last = Message.objects.filter(ticket=OuterRef("pk"), is_public=True).exclude(author=Author.MACHINE).order_by("-number")
    rows = Ticket.objects.filter(channel__in=CHATS, state__in=OPEN)
    rows = rows.annotate(spoke=Subquery(last.values("author")[:1]), said_at=Subquery(last.values("sent_at")[:1]))
    related = ("agreement__customer", "customer", "requester", "assignee")
    return list(rows.filter(spoke=Author.CUSTOMER).select_related(*related).order_by("said_at", "number"))


def chats_changed(since: Instant) -> list[Ticket]:
    """Open chats on which something was done lately."""
    rows = Ticket.objects.filter(channel__in=CHATS, state__in=OPEN, changed_at__gte=since.utc(), agreement__isnull=False)
    return list(rows.select_related("agreement__version", "agreement__customer", "customer", "requester").order_by("number"))
