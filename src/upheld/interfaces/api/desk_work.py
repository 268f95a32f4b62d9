"""Work on tickets and what it costs, prices that are named first, time bought ahead."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.queries import Balance, UnknownWork, name_in_agreement
from upheld.apps.parties.queries import is_staff, may_act_for_customer
from upheld.core.fees import Line
from upheld.core.timeline import MICRO, Duration, Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import Word, find_ticket
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader, sees
from upheld.interfaces.api.fields import (
    Amount,
    InstantTold,
    LengthTold,
    Moment,
    Name,
    Said,
    Sent,
    Words,
    misfit,
    tell_instant,
    tell_length,
    tidy,
)
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])
MOST_MICROS = 366 * 24 * 3_600_000_000
Side = Literal["", "provider", "customer"]


class WorkSent(Sent):
    """
    What was done: `charge` is a charge of the agreement, or a topic that names one; `lasted` are microseconds, `count` is
    how many where things are counted. The rest is what a charge's condition may ask for; `quote` is the accepted price.
    """

    charge: Name
    from_at: Moment
    lasted: int = Field(default=0, ge=0, le=MOST_MICROS)
    count: int = Field(default=1, ge=1, le=1_000_000)
    words: Words = ""
    topic: Word = ""
    deleted_by: Side = ""
    restore: Word = ""
    responsible: Side = ""
    erroneous: bool = False
    quote: Word = ""


class WorkTold(BaseModel):
    """Work on a ticket; `waits` says that its charge needs another person's consent that it does not have yet."""

    work: str
    ticket: str
    charge: str
    from_at: InstantTold
    lasted: LengthTold
    count: int
    words: str
    quote: str
    waits: bool
    approved_at: InstantTold | None
    logged_at: InstantTold


class LineTold(BaseModel):
    """What a charge brings; `amount` is null where none is charged, and `state` says why."""

    charge: str
    state: str
    amount: str | None
    clauses: list[str]
    why: dict[str, Any]


class QuoteSent(Sent):
    """A price for what the agreement leaves to a quote, and what is done for it."""

    charge: Name
    amount: Amount
    words: Said


class QuoteTold(BaseModel):
    """A price that was named: accepted once, or declined once, or open."""

    quote: str
    ticket: str
    charge: str
    amount: str
    words: str
    given_at: InstantTold
    accepted_at: InstantTold | None
    declined_at: InstantTold | None


class TicketWork(BaseModel):
    """All work on a ticket, what it costs in all, and the prices that were named there."""

    work: list[WorkTold]
    costs: list[LineTold]
    quotes: list[QuoteTold]


class PurchaseSent(Sent):
    """Time bought ahead for a charge: `lasted` are microseconds, `until_at` the instant from which the rest is lost."""

    charge: Name
    lasted: int = Field(ge=1, le=MOST_MICROS * 10)
    reference: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(tidy)]
    until_at: Moment | None = None


class TakenTold(BaseModel):
    """The work of one request, and the time that it counts for."""

    request: str
    work: list[str]
    counted: LengthTold
    at: InstantTold


class BalanceTold(BaseModel):
    """Time of one charge: bought, used, ended unused, left (below zero where more was worked than bought)."""

    charge: str
    bought: LengthTold
    used: LengthTold
    lost: LengthTold
    left: LengthTold
    taken: list[TakenTold]


@router.get("/tickets/{name}/worked", response=TicketWork, summary="Work on a ticket")
def show_work(request: HttpRequest, name: str) -> TicketWork:
    """What was done, and what it costs in all as the judge reckons it."""
    row, at = find_ticket(request, name), now().raised()
    return TicketWork(
        work=[tell_work(one, at) for one in queries.work_of(row)],
        quotes=[tell_quote(one) for one in queries.quotes_of(row)],
        costs=[tell_line(line) for line in queries.lines_of(row, at)],
    )  # fmt: skip


@router.post("/tickets/{name}/worked", response={201: WorkTold}, openapi_extra=KEYED, summary="Log work")
def log_work(request: HttpRequest, name: str, sent: WorkSent) -> HttpResponse:
    """What was done, when it is over. Recorded as `work-logged/1`."""
    row, by = find_ticket(request, name), name_asker(request)
    refuse_reader(request)
    quote = next((one for one in queries.quotes_of(row) if one.name == sent.quote), None)
    if sent.quote and quote is None:
        raise misfit("quote", "one of the quotes of this ticket", sent.quote)
    done = services.Done(
        sent.charge, sent.from_at, Duration(sent.lasted), sent.count, sent.words, sent.topic, sent.deleted_by, sent.restore,
        sent.responsible, sent.erroneous, quote,
    )  # fmt: skip
    return do_once(request, lambda at: tell_work(services.log_work(ticket=row, done=done, by=by, at=at), at + MICRO))


@router.post("/work/{name}/approve", response={201: WorkTold}, openapi_extra=KEYED, summary="Agree to a charge")
def approve(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """Where the agreement asks a second person's consent. Recorded as `charge-approved/1`."""
    found, by = queries.work(name), name_asker(request)
    refuse_foreign(request, found.ticket, name)
    refuse_reader(request)
    return do_once(request, lambda at: tell_work(services.approve_charge(work=found, by=by, at=at), at + MICRO))


@router.post("/tickets/{name}/quotes", response={201: QuoteTold}, openapi_extra=KEYED, summary="Name a price")
def give_quote(request: HttpRequest, name: str, sent: QuoteSent) -> HttpResponse:
    """The customer is told, and nothing is done for it before it is accepted. Recorded as `quote-given/1`."""
    row, by = find_ticket(request, name), name_asker(request)
    refuse_reader(request)
    return do_once(
        request,
        lambda at: tell_quote(
            services.give_quote(ticket=row, charge=sent.charge, amount=sent.amount, words=sent.words, by=by, at=at)
        ),
    )


@router.post("/quotes/{name}/accept", response={201: QuoteTold}, openapi_extra=KEYED, summary="Accept a price")
def accept_quote(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """By somebody of the customer whose word counts under the agreement. Recorded as `quote-accepted/1`."""
    found = find_quote(request, name)

    def deed(at: Instant) -> QuoteTold:
        by = name_in_agreement(found.ticket.agreement, asker(request), at)
        return tell_quote(services.accept_quote(quote=found, by=by, at=at))

    return do_once(request, deed)


@router.post("/quotes/{name}/decline", response={201: QuoteTold}, openapi_extra=KEYED, summary="Decline a price")
def decline_quote(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """By the customer's people."""
    found, by = find_quote(request, name), name_asker(request)
    return do_once(request, lambda at: tell_quote(services.decline_quote(quote=found, by=by, at=at)))


@router.get("/agreements/{key}/prepaid", response=list[BalanceTold], summary="Time bought ahead")
def show_prepaid(request: HttpRequest, key: str) -> list[BalanceTold]:
    """What is left of it, charge by charge, with the work that used it."""
    row, at = find_agreement(request, key), now().raised()
    return [tell_balance(one) for one in queries.balances_of(row, at)]


@router.post("/agreements/{key}/purchases", response={201: BalanceTold}, openapi_extra=KEYED, summary="Time was bought")
def buy_time(request: HttpRequest, key: str, sent: PurchaseSent) -> HttpResponse:
    """From now on work of that charge takes from it; what ends first is used first."""
    row, by = find_agreement(request, key), name_asker(request)
    refuse_reader(request)

    def deed(at: Instant) -> BalanceTold:
        services.buy_time(
            agreement=row, charge=sent.charge, lasted=Duration(sent.lasted), reference=sent.reference, by=by, at=at,
            until_at=sent.until_at,
        )  # fmt: skip
        return tell_balance(queries.balance_of(row, sent.charge, at))

    return do_once(request, deed)


def refuse_foreign(request: HttpRequest, ticket: Any, name: str) -> None:
    """Work and prices of somebody else are answered like those that are not there."""
    if not is_staff(asker(request)) and (ticket.customer is None or not sees(request, ticket.customer)):
        raise UnknownWork(f"nothing is called {name!r}")


def find_quote(request: HttpRequest, name: str) -> Any:
    """A price that the asker, one of the customer's people, may answer."""
    found = queries.quote(name)
    refuse_foreign(request, found.ticket, name)
    if not may_act_for_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="only the customer's own people answer a price")
    return found


def tell_work(row: Any, at: Instant) -> WorkTold:
    waiting = {one.pk for one in queries.awaiting_approval(row.ticket.agreement, at)}
    return WorkTold(
        work=row.name, ticket=row.ticket.name, charge=row.charge, from_at=str(Instant.of(row.from_at)),
        lasted=tell_length(Duration(row.lasted_us)), count=row.count, words=row.words, waits=row.pk in waiting,
        quote=row.quote.name if row.quote else "", approved_at=tell_instant(row.approved_at),
        logged_at=str(Instant.of(row.logged_at)),
    )  # fmt: skip


def tell_line(line: Line) -> LineTold:
    return LineTold(
        charge=line.charge, state=line.state, amount=str(line.amount) if line.amount else None,
        clauses=list(line.why.clauses), why=line.why.to_json(),
    )  # fmt: skip


def tell_quote(row: Any) -> QuoteTold:
    return QuoteTold(
        quote=row.name, ticket=row.ticket.name, charge=row.charge, amount=row.amount, words=row.words,
        given_at=str(Instant.of(row.given_at)), accepted_at=tell_instant(row.accepted_at),
        declined_at=tell_instant(row.declined_at),
    )  # fmt: skip


def tell_balance(balance: Balance) -> BalanceTold:
    taken = [
        TakenTold(
            request=one.request, work=[work.work for work in one.works], counted=tell_length(one.counted), at=str(one.at)
        )
        for one in balance.taken
    ]
    return BalanceTold(
        charge=balance.charge, bought=tell_length(balance.bought), used=tell_length(balance.used),
        lost=tell_length(balance.lost), left=tell_length(balance.left), taken=taken,
    )  # fmt: skip
