"""Tickets: found, looked at, opened, written on, rated."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import AfterValidator, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.queries import KINDS, STATES, Order, UnknownTicket, Wanted
from upheld.apps.desk.services import Attached, Report, Said, Sender
from upheld.apps.parties.queries import (
    UnknownParty,
    find_user,
    is_customers,
    is_staff,
    may_act_for_customer,
    pseudonym_of,
    user,
)
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk_shapes import (
    MessageTold,
    RatingTold,
    TicketTold,
    TicketWhole,
    tell_message,
    tell_rating,
    tell_ticket,
    tell_whole,
)
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader, sees
from upheld.interfaces.api.fields import Detail, Moment, Name, Reference, Sent, Words, misfit, said, tidy
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])
MOST_TICKETS, MOST_PASSED = 200, 1_000_000
MOST_FILES, LARGEST = 10, 1_500_000
"""Files of one request, and their bytes together."""
Text = Annotated[str, Field(max_length=100_000), AfterValidator(tidy)]
Spoken = Annotated[str, Field(min_length=1, max_length=100_000), AfterValidator(tidy), AfterValidator(said)]
Line = Annotated[str, Field(max_length=500), AfterValidator(tidy)]
Word = Annotated[str, Field(max_length=100), AfterValidator(tidy)]
Kind = Literal["incident", "request", "question", "claim", "complaint", "access", "copy"]


class FileSent(Sent):
    """A file, its bytes as base64. At most ten in a request, of 1.5 MB together."""

    file_name: Detail
    media_type: Name = "application/octet-stream"
    content: Annotated[str, Field(max_length=2_100_000)]


class TicketSent(Sent):
    """
    What is reported. `wish` is the priority that the customer wishes; `told` are answers to what the agreement asks before a
    report, each `name: value`. What only the provider's people may say: by which `channel` it came (as the agreement names
    it) and when, where answers go (`address`), whose report it is (`requester`), and whether it is theirs (`by_staff`).
    """

    subject: Line = ""
    text: Text = ""
    kind: Kind = "incident"
    topic: Word = ""
    wish: Word = ""
    impact: Word = ""
    urgency: Word = ""
    is_urgent: bool = False
    outage: Reference = ""
    told: list[Detail] = Field(default_factory=list, max_length=50)
    files: list[FileSent] = Field(default_factory=list, max_length=MOST_FILES)
    channel: Annotated[str, Field(max_length=50), AfterValidator(tidy)] = ""
    received_at: Moment | None = None
    requester: Annotated[str, Field(max_length=254), AfterValidator(tidy)] = ""
    address: Annotated[str, Field(max_length=254), AfterValidator(tidy)] = ""
    by_staff: bool = False


class MessageSent(Sent):
    """A message of the customer. Only the provider's people say `sent_at` and `channel`: they record what came elsewhere."""

    text: Spoken
    files: list[FileSent] = Field(default_factory=list, max_length=MOST_FILES)
    sent_at: Moment | None = None
    channel: Annotated[str, Field(max_length=50), AfterValidator(tidy)] = ""


class RatingSent(Sent):
    """How content you are with a ticket that is resolved, from 1 to 5."""

    score: int = Field(ge=1, le=5)
    words: Words = ""


@router.get("/tickets", response=list[TicketTold], summary="The queue")
def list_queue(
    request: HttpRequest,
    words: str = Query("", max_length=500, description="Every word, or a longer one that begins so; or a ticket's name."),
    state: str = Query("", description=f"One of {', '.join(STATES)}."),
    kind: str = Query("", description=f"One of {', '.join(KINDS)}."),
    customer: str = Query("", max_length=100),
    agreement: str = Query("", max_length=100, description="Its key."),
    priority: str = Query("", max_length=50),
    tag: str = Query("", max_length=50, description="For the provider's people."),
    assignee: str = Query("", max_length=254, description="Their address, or `nobody`; for the provider's people."),
    held: bool = Query(False, description="Only those of which nobody knows whose they are."),
    closed: bool = Query(False, description="Those that are resolved or merged too."),
    order: str = Query("due", description="`due`, `newest` or `changed`."),
    limit: int = Query(100, ge=1, le=MOST_TICKETS),
    after: int = Query(0, ge=0, le=MOST_PASSED, description="How many are passed over: the next page of them."),
) -> list[TicketTold]:
    """
    Tickets that you may see, what is due soonest first; with words, those that they occur in. Notes are looked through for
    the provider's people alone.
    """
    for_staff = is_staff(asker(request))
    if order not in list(Order):
        raise misfit("order", f"one of {', '.join(Order)}", order)
    if any("\0" in text for text in (words, state, kind, customer, agreement, priority, tag, assignee)):
        return []
    people = find_user(assignee) if assignee and assignee != "nobody" else None
    if not for_staff and (tag or assignee):
        raise misfit("tag" if tag else "assignee", "nothing: tags and who works on it are the provider's", tag or assignee)
    if assignee and assignee != "nobody" and people is None:
        return []
    own = asker(request).customer.slug if is_customers(asker(request)) else customer
    if customer and customer != own:
        return []
    wanted = Wanted(
        states=(state,) if state else (), customer=own, agreement=agreement, priority=priority, kind=kind, tag=tag,
        assignee=people, unassigned=assignee == "nobody", held=held, is_open=not (closed or state),
    )  # fmt: skip
    chosen = Order(order)
    if words:
        found = queries.search(words, wanted, notes=for_staff, order=chosen, limit=limit, after=after)
    else:
        found = queries.list_queue(wanted, order=chosen, limit=limit, after=after)
    return [tell_ticket(row, for_staff=for_staff) for row in found]


@router.get("/agreements/{key}/tickets", response=list[TicketTold], summary="Tickets under an agreement")
def list_tickets(
    request: HttpRequest,
    key: str,
    limit: int = Query(MOST_TICKETS, ge=1, le=MOST_TICKETS),
    after: int = Query(0, ge=0, le=MOST_PASSED, description="How many are passed over: the next page of them."),
) -> list[TicketTold]:
    """All of them, those that are over too, the newest first."""
    row = find_agreement(request, key)
    wanted = Wanted(agreement=row.key, is_open=False)
    found = queries.list_queue(wanted, order=Order.NEWEST, limit=limit, after=after)
    return [tell_ticket(one, for_staff=is_staff(asker(request))) for one in found]


@router.get("/tickets/{name}", response=TicketWhole, summary="One ticket")
def show_ticket(request: HttpRequest, name: str) -> TicketWhole:
    """A ticket with its clocks and their reasons as of now, whether one may telephone, and all that was said."""
    return tell_whole(find_ticket(request, name), now().raised(), for_staff=is_staff(asker(request)))


@router.post("/agreements/{key}/tickets", response={201: TicketTold}, openapi_extra=KEYED, summary="Open a ticket")
def open_ticket(request: HttpRequest, key: str, sent: TicketSent) -> HttpResponse:
    """
    Its clocks run from when it was received. By a customer's program it came by the API, now; the provider's people record
    what came by another way, or open one for the customer. Recorded as `ticket-opened/1` and `message-sent/1`.
    """
    row = find_agreement(request, key)
    refuse_onlooker(request)
    if is_customers(asker(request)):
        refuse_of_staff(sent)
    if sent.received_at is not None and sent.received_at > now():
        raise misfit("received_at", "now or earlier: only what happened is recorded", str(sent.received_at))
    report = Report(
        subject=sent.subject or (f"About {sent.outage}" if sent.outage else ""), text=sent.text, kind=sent.kind,
        topic=sent.topic, wish=sent.wish, impact=sent.impact, urgency=sent.urgency, is_urgent=sent.is_urgent,
        outage=sent.outage, told=tuple(sent.told), attached=read_files(sent.files),
    )  # fmt: skip
    sender = name_sender(request, row, sent.requester, sent.address)
    return do_once(
        request,
        lambda at: tell_ticket(
            services.open_ticket(
                agreement=row, way=sent.channel or "api", report=report, sender=sender, at=at,
                received_at=sent.received_at, opened_by="staff" if sent.by_staff else "customer",
            ),
            for_staff=is_staff(asker(request)),
        ),
    )  # fmt: skip


def refuse_of_staff(sent: TicketSent) -> None:
    """Raise a problem for what a customer's program may not say."""
    given = {"channel": sent.channel, "received_at": sent.received_at, "requester": sent.requester, "address": sent.address}
    for name, value in given.items():
        if value:
            raise misfit(name, "nothing: only the provider's people say it", str(value))
    if sent.by_staff:
        raise misfit("by_staff", "false: you are not of the provider's people", "true")


def name_sender(request: HttpRequest, agreement: Any, requester: str, address: str) -> Sender:
    """Who asks: the person of the token, or whom the provider's people name."""
    person = asker(request)
    if is_customers(person):
        return Sender(by=pseudonym_of(person), shown_as=person.name, user=person)
    if not requester:
        return Sender(by=name_asker(request), shown_as=person.name, address=address)
    try:
        named = user(requester)
    except UnknownParty:
        named = None
    if named is None or named.customer_id != agreement.customer_id:
        raise misfit("requester", f"the address of one of {agreement.customer.name}'s people", requester)
    return Sender(by=pseudonym_of(named), shown_as=named.name, user=named, address=address)


@router.post("/tickets/{name}/messages", response={201: MessageTold}, openapi_extra=KEYED, summary="Write as the customer")
def receive(request: HttpRequest, name: str, sent: MessageSent) -> HttpResponse:
    """
    The customer's message: it ends what waited for the customer, opens a resolved ticket again, and goes to the one that
    goes on where this one was merged. The provider's people record so what came by another way.
    """
    row = find_ticket(request, name)
    refuse_onlooker(request)
    person = asker(request)
    if is_customers(person) and (sent.sent_at is not None or sent.channel):
        raise misfit("sent_at" if sent.sent_at else "channel", "nothing: only the provider's people say it", "one")
    if sent.sent_at is not None and sent.sent_at > now():
        raise misfit("sent_at", "now or earlier: only what happened is recorded", str(sent.sent_at))
    of_customer = is_customers(person)
    writer = person if of_customer else row.requester
    sender = Sender(
        by=pseudonym_of(writer) if writer else "contact", shown_as=writer.name if writer else "", user=writer
    )  # fmt: skip
    what = Said(sent.text, attached=read_files(sent.files))
    channel = "api" if of_customer else sent.channel
    return do_once(
        request,
        lambda at: tell_message(
            services.receive(ticket=row, said=what, sender=sender, at=at, sent_at=sent.sent_at, channel=channel)
        ),
    )


@router.post("/tickets/{name}/rating", response={201: RatingTold}, openapi_extra=KEYED, summary="Rate a ticket")
def rate(request: HttpRequest, name: str, sent: RatingSent) -> HttpResponse:
    """How content the customer is with a ticket that is resolved; the last word stands. For the customer's people."""
    row = find_ticket(request, name)
    if not may_act_for_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="only the customer's own people rate a ticket")
    by = name_asker(request)
    return do_once(
        request, lambda at: tell_rating(services.rate(ticket=row, score=sent.score, by=by, at=at, words=sent.words))
    )


def find_ticket(request: HttpRequest, name: str) -> Any:
    """A ticket that the asker may see. One of somebody else is answered like one that is not there."""
    found = queries.ticket(name)
    if is_staff(asker(request)) or (found.customer is not None and sees(request, found.customer)):
        return found
    raise UnknownTicket(f"no ticket is called {name!r}; they are called T-1, T-2 and so on")


def refuse_onlooker(request: HttpRequest) -> None:
    """Raise a problem where the asker neither works for the provider nor acts for the customer."""
    if not may_act_for_customer(asker(request)):
        refuse_reader(request)


def read_files(sent: Sequence[FileSent]) -> tuple[Attached, ...]:
    """The files of a request; a problem for what is no base64, or too much."""
    files = []
    for place, one in enumerate(sent):
        try:
            content = base64.b64decode(one.content, validate=True)
        except (binascii.Error, ValueError):
            raise misfit(f"files.{place}.content", "bytes as base64", one.content) from None
        files.append(Attached(one.file_name, one.media_type, content))
    if (size := sum(len(one.content) for one in files)) > LARGEST:
        raise misfit("files", f"at most {LARGEST} bytes together; send more by mail or in the portal", str(size))
    return tuple(files)


def find_message(row: Any, number: int) -> Any:
    """One message of a ticket that may be seen."""
    found = next((message for message in queries.messages_of(row) if message.number == number), None)
    if found is None:
        raise Problem(problems.NOT_ON_RECORD, f"{row.name} has no message {number}")
    return found
