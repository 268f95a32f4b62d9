"""What is decided about tickets: whose they are, how pressing, who works on them, for whom they wait, when they are over."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AfterValidator, Field

from upheld.apps.agreements.queries import agreement
from upheld.apps.desk import queries, services
from upheld.apps.desk.services.deciding import customer_decides
from upheld.apps.parties.queries import find_user, is_staff, may_act_for_customer
from upheld.core.timeline import Instant
from upheld.interfaces.api.desk import Word, find_message, find_ticket
from upheld.interfaces.api.desk_answers import BecauseSent, Number
from upheld.interfaces.api.desk_shapes import HoldTold, LinkTold, TicketTold, tell_hold, tell_ticket
from upheld.interfaces.api.entering import asker, name_asker, now, refuse_reader
from upheld.interfaces.api.fields import Moment, Name, Sent, Words, misfit, tidy
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once

router = Router(tags=["desk"])


class PrioritySent(Sent):
    """A priority of the agreement, and why."""

    priority: Name
    because: Words = ""


class WeightSent(Sent):
    """Impact and urgency in the words of the agreement's matrix, and why."""

    impact: Name
    urgency: Name
    because: Words = ""


class TopicSent(Sent):
    """A topic of the agreement."""

    topic: Name


class AssigneeSent(Sent):
    """The address by which one of the provider's people signs in; empty for nobody."""

    assignee: Annotated[str, Field(max_length=254), AfterValidator(tidy)] = ""


class TagsSent(Sent):
    """All tags that the ticket has from now on."""

    tags: list[Name] = Field(max_length=20)


class HoldSent(Sent):
    """
    For whom work waits, or by which cause of the agreement. For the customer: `message` is the number of the public message
    that asked something, or `until_at` an agreed date. For anybody else `evidence` is the reference of their ticket.
    """

    waiting_for: Literal["", "customer", "third-party"] = ""
    cause: Word = ""
    message: int | None = Field(default=None, ge=1, le=2**31 - 1)
    evidence: Annotated[str, Field(max_length=300), AfterValidator(tidy)] = ""
    until_at: Moment | None = None


class MergeSent(Sent):
    """The ticket that goes on for both."""

    into: Name


class LinkSent(Sent):
    """Another ticket, and what it has to do with this one."""

    ticket: Name
    about: Literal["related", "duplicate", "follows"] = "related"


class AdoptSent(Sent):
    """Under which agreement a held ticket stands."""

    agreement: Name


@router.post("/tickets/{name}/priority", response={201: TicketTold}, openapi_extra=KEYED, summary="Set the priority")
def set_priority(request: HttpRequest, name: str, sent: PrioritySent) -> HttpResponse:
    """
    From now on; a miss that happened stays. By the provider's people, and by the customer's where the agreement leaves it to
    them. Recorded as `priority-set/1`.
    """
    row, by = find_ticket(request, name), name_asker(request)
    is_theirs = may_act_for_customer(asker(request)) and customer_decides(row, now())
    if not is_theirs:
        refuse_reader(request)
    return do(
        request, row,
        lambda at: services.set_priority(
            ticket=row, priority=sent.priority, by=by, because=sent.because, at=at,
            side="customer" if is_theirs else "",
        ),
    )  # fmt: skip


@router.post("/tickets/{name}/weight", response={201: TicketTold}, openapi_extra=KEYED, summary="Weigh it anew")
def weigh(request: HttpRequest, name: str, sent: WeightSent) -> HttpResponse:
    """The agreement's matrix gives the priority from now on. Recorded as `priority-set/1`."""
    row, by = enter(request, name)
    return do(
        request, row,
        lambda at: services.weigh(
            ticket=row, impact=sent.impact, urgency=sent.urgency, by=by, because=sent.because, at=at
        ),
    )  # fmt: skip


@router.post("/tickets/{name}/topic", response={201: TicketTold}, openapi_extra=KEYED, summary="Say what it is about")
def set_topic(request: HttpRequest, name: str, sent: TopicSent) -> HttpResponse:
    """As the provider's people see it. Recorded as `topic-set/1`."""
    row, by = enter(request, name)
    return do(request, row, lambda at: services.set_topic(ticket=row, topic=sent.topic, by=by, at=at))


@router.post("/tickets/{name}/assignee", response={201: TicketTold}, openapi_extra=KEYED, summary="Assign")
def assign(request: HttpRequest, name: str, sent: AssigneeSent) -> HttpResponse:
    """Who of the provider's people works on it."""
    row, by = enter(request, name)
    person = find_user(sent.assignee) if sent.assignee else None
    if sent.assignee and not is_staff(person):
        raise misfit("assignee", "the address by which one of the provider's people signs in", sent.assignee)
    return do(request, row, lambda at: services.assign(ticket=row, to=person, at=at, by=by))


@router.post("/tickets/{name}/tags", response={201: TicketTold}, openapi_extra=KEYED, summary="Set the tags")
def set_tags(request: HttpRequest, name: str, sent: TagsSent) -> HttpResponse:
    """These and no others."""
    row, _ = enter(request, name)
    return do(request, row, lambda at: services.set_tags(ticket=row, names=sent.tags))


@router.post("/tickets/{name}/begin", response={201: TicketTold}, openapi_extra=KEYED, summary="Begin to work on it")
def start_work(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """A person begins. Recorded as `work-started/1`."""
    row, by = enter(request, name)
    return do(request, row, lambda at: services.start_work(ticket=row, by=by, at=at))


@router.post(
    "/tickets/{name}/information-complete", response={201: TicketTold}, openapi_extra=KEYED, summary="All is known"
)  # fmt: skip
def complete_information(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """All that is needed to begin has come. Recorded as `information-completed/1`."""
    row, by = enter(request, name)
    return do(request, row, lambda at: services.complete_information(ticket=row, by=by, at=at))


@router.post(
    "/tickets/{name}/fault-identified", response={201: TicketTold}, openapi_extra=KEYED, summary="The fault is known"
)  # fmt: skip
def identify_fault(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """The cause of what it reports was found. Recorded as `fault-identified/1`."""
    row, by = enter(request, name)
    return do(request, row, lambda at: services.identify_fault(ticket=row, by=by, at=at))


@router.post("/tickets/{name}/resolve", response={201: TicketTold}, openapi_extra=KEYED, summary="Resolve")
def resolve(request: HttpRequest, name: str, sent: BecauseSent) -> HttpResponse:
    """A person holds the matter settled. Recorded as `ticket-resolved/1`."""
    row, by = enter(request, name)
    return do(request, row, lambda at: services.resolve(ticket=row, by=by, because=sent.because, at=at))


@router.post("/tickets/{name}/reopen", response={201: TicketTold}, openapi_extra=KEYED, summary="Open again")
def reopen(request: HttpRequest, name: str, sent: BecauseSent) -> HttpResponse:
    """The same matter is not settled. Recorded as `ticket-reopened/1`."""
    row, by = enter(request, name)
    return do(request, row, lambda at: services.reopen(ticket=row, by=by, because=sent.because, at=at))


@router.post("/tickets/{name}/holds", response={201: HoldTold}, openapi_extra=KEYED, summary="Let it wait")
def open_hold(request: HttpRequest, name: str, sent: HoldSent) -> HttpResponse:
    """Work waits from now on, by what proves it. Recorded as `hold-opened/1`."""
    row, by = enter(request, name)
    if not (sent.waiting_for or sent.cause):
        raise misfit("waiting_for", "`customer` or `third-party`, or a cause of the agreement in `cause`", "")
    asked = find_message(row, sent.message) if sent.message is not None else None
    return do_once(
        request,
        lambda at: tell_hold(
            services.open_hold(
                ticket=row, by=by, at=at, waiting_for=sent.waiting_for, cause=sent.cause, evidence=sent.evidence,
                asked_in=asked, until_at=sent.until_at,
            )
        ),
    )  # fmt: skip


@router.post(
    "/tickets/{name}/holds/{number}/close", response={201: HoldTold}, openapi_extra=KEYED, summary="It waits no more"
)  # fmt: skip
def close_hold(request: HttpRequest, name: str, sent: BecauseSent, number: int = Number) -> HttpResponse:
    """What was waited for is there. One that is over stays as it is. Recorded as `hold-closed/1`."""
    row, by = enter(request, name)
    found = queries.hold(row, number)
    return do_once(
        request, lambda at: tell_hold(services.close_hold(hold=found, because=sent.because, by=by, at=at))
    )  # fmt: skip


@router.post("/tickets/{name}/merge", response={201: TicketTold}, openapi_extra=KEYED, summary="Merge")
def merge(request: HttpRequest, name: str, sent: MergeSent) -> HttpResponse:
    """It becomes a part of another of the same agreement, whose clocks go on for both. Recorded as `ticket-merged/1`."""
    row, by = enter(request, name)
    into = find_ticket(request, sent.into)
    return do(request, into, lambda at: services.merge(ticket=row, into=into, by=by, at=at))


@router.post("/tickets/{name}/links", response={201: LinkTold}, openapi_extra=KEYED, summary="Link")
def link(request: HttpRequest, name: str, sent: LinkSent) -> HttpResponse:
    """Two tickets have to do with each other; nothing follows from it."""
    row, by = enter(request, name)
    other = find_ticket(request, sent.ticket)

    def deed(at: Instant) -> LinkTold:
        made = services.link(one=row, other=other, about=sent.about, by=by, at=at)
        return LinkTold(about=made.about, ticket=other.name)

    return do_once(request, deed)


@router.post("/tickets/{name}/adopt", response={201: TicketTold}, openapi_extra=KEYED, summary="Say whose it is")
def adopt(request: HttpRequest, name: str, sent: AdoptSent) -> HttpResponse:
    """A held ticket stands under this agreement: all of it is recorded, as of when it happened, and its clocks run."""
    row, by = enter(request, name)
    bound = agreement(sent.agreement)
    return do(request, row, lambda at: services.adopt(ticket=row, agreement=bound, by=by, at=at))


def enter(request: HttpRequest, name: str) -> tuple[Any, str]:
    """The ticket, and who does something to it: one of the provider's people."""
    row = find_ticket(request, name)
    refuse_reader(request)
    return row, name_asker(request)


def do(request: HttpRequest, row: Any, deed: Any) -> HttpResponse:
    """Do something to a ticket once, and tell it as it is afterwards."""

    def act(at: Instant) -> TicketTold:
        deed(at)
        return tell_ticket(queries.ticket(row.name), for_staff=is_staff(asker(request)))

    return do_once(request, act)
