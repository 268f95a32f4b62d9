"""How tickets and what hangs on them are told: to the provider's people all of it, to a customer's what is theirs to see."""

from typing import Any

from pydantic import BaseModel

from upheld.apps.agreements.queries import CannotJudge
from upheld.apps.desk import queries
from upheld.core.clocks import Gate, Timed
from upheld.core.timeline import Instant
from upheld.interfaces.api.fields import InstantTold, LengthTold, tell_instant, tell_length
from upheld.interfaces.api.reasons import StepTold, tell_step


class TicketTold(BaseModel):
    """
    A ticket. `agreement` is null while nobody knows whose it is; `due_at` is the next due instant of a clock that runs, as
    last reckoned. `tags`, `held_because` and `assignee_email` are told to the provider's people alone.
    """

    ticket: str
    agreement: str | None
    customer: str | None
    subject: str
    kind: str
    channel: str
    topic: str
    wish: str
    priority: str
    state: str
    outage: str
    opened_by: str
    received_at: InstantTold
    changed_at: InstantTold
    resolved_at: InstantTold | None
    due_at: InstantTold | None
    due_clock: str | None
    assignee: str | None
    assignee_email: str | None
    tags: list[str]
    held_because: str


class FileTold(BaseModel):
    """A file that was handed over; `digest` is the SHA-256 of its bytes, `url` where they are."""

    number: int
    file_name: str
    media_type: str
    size: int
    digest: str
    url: str


class MessageTold(BaseModel):
    """
    Something said. `author` is `customer`, `person` or `machine`; `by` is the name under which people see its writer.
    `doubts`: what to know of how it came, such as that it was cut or is encrypted.
    """

    message: str
    number: int
    author: str
    is_public: bool
    says: list[str]
    by: str
    channel: str
    text: str
    sent_at: InstantTold
    recorded_at: InstantTold
    waived_because: str
    doubts: list[str]
    files: list[FileTold]


class RunTold(BaseModel):
    """One run of a clock, as the core sees it now, with its reasons. `due_at` is the last instant that is in time."""

    clock: str
    number: int
    state: str
    verdict: str
    grade: str
    start_at: InstantTold | None
    due_at: InstantTold | None
    stop_at: InstantTold | None
    used: LengthTold
    allowed: LengthTold | None
    left: LengthTold | None
    calendar: str
    why: StepTold


class GateTold(BaseModel):
    """Whether the customer may telephone now. `code` is the first reason that holds, or `ok`."""

    allowed: bool
    code: str
    earliest_at: InstantTold | None
    why: StepTold


class HoldTold(BaseModel):
    """Work waits: for whom or what, by which evidence, until when."""

    hold: int
    waiting_for: str
    cause: str
    evidence: str
    opened_at: InstantTold
    until_at: InstantTold | None
    closed_at: InstantTold | None
    closed_because: str


class CallTold(BaseModel):
    """A call with what the agreement said of it: `ok`, `too-early`, `ticket-first`; empty where it has no telephone."""

    call: str
    agreement: str
    ticket: str | None
    called_at: InstantTold
    code: str
    is_misuse: bool
    words: str


class LinkTold(BaseModel):
    """Another ticket that has to do with it: `related`, `duplicate`, `follows`, `followed by`, `holds`, `split off`."""

    about: str
    ticket: str


class RatingTold(BaseModel):
    """How content the customer was, from 1 to 5."""

    score: int
    words: str
    at: InstantTold


class TicketWhole(TicketTold):
    """
    A ticket with everything on it. `problem` says why there are no clocks where the agreement cannot be judged; `telephone`
    is null where the agreement has none.
    """

    is_urgent: bool
    impact: str
    urgency: str
    told: list[str]
    is_verified: bool
    merged_into: str | None
    clocks: list[RunTold]
    telephone: GateTold | None
    problem: str
    messages: list[MessageTold]
    holds: list[HoldTold]
    calls: list[CallTold]
    links: list[LinkTold]
    rating: RatingTold | None


def tell_ticket(row: Any, *, for_staff: bool) -> TicketTold:
    due_us, due_clock = find_due(row)
    assignee = row.assignee
    return TicketTold(
        ticket=row.name, agreement=row.agreement.key if row.agreement else None,
        customer=row.customer.slug if row.customer else None, subject=row.subject, kind=str(row.kind), channel=row.channel,
        topic=row.topic, wish=row.wish, priority=row.priority, state=str(row.state), outage=row.outage,
        opened_by=row.opened_by, received_at=str(Instant.of(row.received_at)), changed_at=str(Instant.of(row.changed_at)),
        resolved_at=tell_instant(row.resolved_at),
        due_at=str(Instant(due_us)) if due_us is not None else None, due_clock=due_clock,
        assignee=assignee.name if assignee else None,
        assignee_email=assignee.email if assignee and for_staff else None,
        tags=sorted(tag.name for tag in row.tags.all()) if for_staff else [],
        held_because=row.held_because if for_staff else "",
    )  # fmt: skip


def find_due(row: Any) -> tuple[int | None, str | None]:
    """The next due instant and its clock: a list brings them with its rows, so that no ticket is asked for by itself."""
    if hasattr(row, "due_us"):
        return row.due_us, row.due_clock
    run = queries.next_run(row)
    return (run.due_us, run.clock) if run else (None, None)


def tell_whole(row: Any, at: Instant, *, for_staff: bool) -> TicketWhole:
    """Asked of the core for `at`: nothing of it is kept figures but `due_at`."""
    clocks, telephone, problem = [], None, ""
    try:
        clocks = [tell_run(run) for run in queries.running_of(row, at) if not run.is_superseded]
        gate = queries.may_call(row, at)
        telephone = tell_gate(gate) if gate else None
    except CannotJudge as wrong:
        problem = str(wrong)
    messages = queries.messages_of(row) if for_staff else queries.visible_messages(row)
    links = [(about, other) for about, other in queries.links_of(row) if for_staff or is_of_same(row, other)]
    rating = queries.rating_of(row)
    return TicketWhole(
        **tell_ticket(row, for_staff=for_staff).model_dump(), is_urgent=row.is_urgent, impact=row.impact,
        urgency=row.urgency, told=list(row.told), is_verified=row.is_verified,
        merged_into=row.merged_into.name if row.merged_into else None, clocks=clocks, telephone=telephone, problem=problem,
        messages=[tell_message(message) for message in messages], holds=[tell_hold(hold) for hold in queries.holds_of(row)],
        calls=[tell_call(call, for_staff=for_staff) for call in queries.calls_of(row)],
        links=[LinkTold(about=about, ticket=other.name) for about, other in links],
        rating=tell_rating(rating) if rating else None,
    )  # fmt: skip


def is_of_same(row: Any, other: Any) -> bool:
    """Whether two tickets are one customer's."""
    return row.customer_id is not None and row.customer_id == other.customer_id


def tell_run(run: Timed) -> RunTold:
    return RunTold(
        clock=run.clock, number=run.number, state=run.state, verdict=run.verdict.value, grade=run.grade,
        start_at=write_at(run.start_at), due_at=write_at(run.due_at), stop_at=write_at(run.stop_at),
        used=tell_length(run.used), allowed=tell_length(run.allowed) if run.allowed is not None else None,
        left=tell_length(run.left) if run.left is not None else None, calendar=run.calendar, why=tell_step(run.why),
    )  # fmt: skip


def write_at(at: Instant | None) -> str | None:
    return None if at is None else str(at)


def tell_gate(gate: Gate) -> GateTold:
    return GateTold(
        allowed=gate.is_allowed, code=gate.code, earliest_at=write_at(gate.earliest_at), why=tell_step(gate.why)
    )  # fmt: skip


def tell_message(row: Any) -> MessageTold:
    ticket = row.ticket.name
    return MessageTold(
        message=row.name, number=row.number, author=str(row.author), is_public=row.is_public, says=list(row.says),
        by=row.shown_as, channel=row.channel, text=row.text, sent_at=str(Instant.of(row.sent_at)),
        recorded_at=str(Instant.of(row.recorded_at)), waived_because=row.waived_because, doubts=list(row.doubts or ()),
        files=[
            FileTold(
                number=one.number, file_name=one.file_name, media_type=one.media_type, size=one.size, digest=one.digest,
                url=f"/api/v1/tickets/{ticket}/messages/{row.number}/files/{one.number}",
            )
            for one in sorted(row.attachments.all(), key=lambda one: one.number)
        ],
    )  # fmt: skip


def tell_hold(row: Any) -> HoldTold:
    return HoldTold(
        hold=row.number, waiting_for=row.waiting_for, cause=row.cause, evidence=row.evidence,
        opened_at=str(Instant.of(row.opened_at)), until_at=tell_instant(row.until_at), closed_at=tell_instant(row.closed_at),
        closed_because=row.closed_because,
    )  # fmt: skip


def tell_call(row: Any, *, for_staff: bool) -> CallTold:
    return CallTold(
        call=row.name, agreement=row.agreement.key, ticket=row.ticket.name if row.ticket else None,
        called_at=str(Instant.of(row.called_at)), code=row.code, is_misuse=row.is_misuse,
        words=row.words if for_staff else "",
    )  # fmt: skip


def tell_rating(row: Any) -> RatingTold:
    return RatingTold(score=row.score, words=row.words, at=str(Instant.of(row.at)))
