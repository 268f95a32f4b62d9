"""Disputes: a figure of a statement or a verdict on a clock that the customer does not accept, and the decision of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.desk.queries.clocks import desk_of
from upheld.apps.desk.services import Attached, CannotDo
from upheld.apps.desk.services.disputing import Disputed, decide_dispute, dispute
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.disputing import list_figures, list_verdicts
from upheld.doors.shown.clocks import list_runs
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import MOST_FILES, FileSent, Spoken, find_ticket, name_sender, read_files
from upheld.interfaces.api.desk_shapes import TicketTold, tell_ticket
from upheld.interfaces.api.entering import asker, name_asker, now, refuse_reader
from upheld.interfaces.api.exhibits import MOST_EXHIBITS, Exhibits, find_exhibits
from upheld.interfaces.api.fields import InstantTold, Name, Sent, misfit
from upheld.interfaces.api.fields import Said as Because
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem
from upheld.interfaces.api.statements import find_statement

router = Router(tags=["desk"])


class DisputeDecisionSent(Sent):
    """Whether the customer is right, and why: they read it."""

    accepted: bool = Field(description="True where the customer is right.")
    because: Because


class DisputeSent(Sent):
    """
    What is true instead, and what shows it: `files` that come with it, and `exhibits` that were handed over before. The
    ledger keeps digests of the words and of each file.
    """

    text: Spoken
    files: list[FileSent] = Field(default_factory=list, max_length=MOST_FILES)
    exhibits: Exhibits = Field(default_factory=list, max_length=MOST_EXHIBITS)


class FigureDisputed(DisputeSent):
    """Which figure: `figure` is its place in `findings` of the statement, from 0."""

    figure: int = Field(ge=0, le=100_000)


class ClockDisputed(DisputeSent):
    """Which verdict: a clock of the ticket, as in `clocks` of it, and which run of it."""

    clock: Name
    number: int = Field(default=1, ge=1, le=100_000)


class DecisionTold(BaseModel):
    """What was decided of a dispute, and by which message the customer reads it."""

    ticket: str
    accepted: bool
    because: str
    by: str
    at: InstantTold
    message: str


@router.post(
    "/agreements/{key}/periods/{period}/statements/{number}/dispute", response={201: TicketTold}, openapi_extra=KEYED,
    summary="Dispute a figure",
)  # fmt: skip
def dispute_figure(request: HttpRequest, key: str, period: str, number: int, sent: FigureDisputed) -> HttpResponse:
    """By the customer's people. A complaint opens that names the rule, the statement and the figure: `ticket-opened/1`."""
    issued = find_statement(request, key, period, number)
    refuse_all_but_customers(request)
    found = list_figures(issued).get(str(sent.figure))
    if found is None:
        raise misfit("figure", "the place of a figure among the findings of this statement", str(sent.figure))
    return open_dispute(request, issued.agreement, found[1], sent)


@router.post(
    "/tickets/{name}/dispute", response={201: TicketTold}, openapi_extra=KEYED, summary="Dispute the verdict on a clock"
)
def dispute_clock(request: HttpRequest, name: str, sent: ClockDisputed) -> HttpResponse:
    """By the customer's people. A complaint opens that names the clock and its verdict: `ticket-opened/1`."""
    row = find_ticket(request, name)
    refuse_all_but_customers(request)
    if row.agreement is None:
        raise CannotDo(f"{row.name} is held: no clock of it is judged yet")
    _, desk = desk_of(row.agreement, [row.name], now().raised())
    verdicts = list_verdicts(row, list_runs(row, desk))
    found = verdicts.get(f"{sent.clock}/{sent.number}")
    if found is None:
        raise misfit("clock", f"a run of a clock: {', '.join(verdicts) or 'none is judged'}", f"{sent.clock}/{sent.number}")
    return open_dispute(request, row.agreement, found[1], sent)


def refuse_all_but_customers(request: HttpRequest) -> None:
    if not may_act_for_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="the customer's managers and members dispute what we say")


def open_dispute(request: HttpRequest, agreement: Any, disputed: Disputed, sent: DisputeSent) -> HttpResponse:
    exhibits = find_exhibits(sent.exhibits, agreement.customer)
    files = [*read_files(sent.files), *(Attached(one.file_name, one.media_type, bytes(one.content)) for one in exhibits)]
    sender = name_sender(request, agreement, "", "")
    return do_once(
        request,
        lambda at: tell_ticket(
            dispute(agreement=agreement, disputed=disputed, words=sent.text, attached=files, sender=sender, at=at),
            for_staff=False,
        ),
    )


@router.post(
    "/tickets/{name}/dispute/decision", response={201: DecisionTold}, openapi_extra=KEYED, summary="Decide a dispute"
)
def decide(request: HttpRequest, name: str, sent: DisputeDecisionSent) -> HttpResponse:
    """
    For a complaint that names a figure or a verdict of ours: an answer with the reason, after which the ticket is resolved.

    An issued statement keeps its figures; where the customer is right, a later one follows it. A settled one is opened
    again first. Recorded as `message-sent/1` and `ticket-resolved/1`.
    """
    row = find_ticket(request, name)
    refuse_reader(request)
    by, shown_as = name_asker(request), asker(request).name

    def deed(at: Instant) -> DecisionTold:
        done = decide_dispute(
            ticket=row, is_accepted=sent.accepted, because=sent.because, by=by, shown_as=shown_as, at=at
        )  # fmt: skip
        return DecisionTold(
            ticket=row.name, accepted=done.is_accepted, because=done.because, by=done.by, at=str(done.at),
            message=done.message.name,
        )  # fmt: skip

    return do_once(request, deed)
