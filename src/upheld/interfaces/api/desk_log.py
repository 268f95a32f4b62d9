"""The telephone's log, times of high load, how well clocks were kept, and whom the desk tells: for the provider's people."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.queries.attainment import Attained, list_attained
from upheld.apps.findings.queries import state_of
from upheld.apps.oncall.queries import policy
from upheld.apps.parties.queries import is_staff
from upheld.core.explain import show, to_json
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import Word, find_ticket
from upheld.interfaces.api.desk_answers import Number
from upheld.interfaces.api.desk_shapes import CallTold, tell_call
from upheld.interfaces.api.entering import asker, find_agreement, name_asker, now, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Moment, Name, Reference, Sent, Words, misfit, tidy
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem
from upheld.interfaces.api.statements import read_period_name

router = Router(tags=["desk"])


class CallSent(Sent):
    """A call: when it came, about which ticket, who called (as much as is known, no name), and what was said."""

    called_at: Moment
    ticket: Reference = ""
    by: Annotated[str, Field(max_length=200), AfterValidator(tidy)] = "contact"
    words: Words = ""


class HighLoadSent(Sent):
    """A time in which much comes at once, declared before it counts; `queue` is how many wait."""

    from_at: Moment
    to_at: Moment
    queue: int = Field(default=0, ge=0, le=1_000_000)


class HighLoadTold(BaseModel):
    """A time of high load; `number` counts through the agreement."""

    number: int
    agreement: str
    from_at: InstantTold
    to_at: InstantTold
    queue: int
    declared_at: InstantTold


class LeftOutTold(BaseModel):
    """A run that does not count, and why."""

    run: str
    because: str


class AttainmentTold(BaseModel):
    """
    How well a clock was kept in a period: of all tickets where `priority` is null, else of those that have it now. `due` are
    the runs that belong to the period; met and missed are what is settled, and `share` is the part of it that was met.
    """

    clock: str
    priority: str | None
    clauses: list[str]
    due: int
    met: int
    missed: int
    running: int
    left_out: list[LeftOutTold]
    share: dict[str, Any]
    shown: str
    verdict: str


class EscalationSent(Sent):
    """
    Of these clocks of tickets of this agreement and priority (each empty for all) this policy is told, before or after they
    are over; around the clock, or only inside (`open`) or outside (`off`) the open time of `calendar`, which is the clock's
    own where none is named.

    A moment of its own is `minutes` of open time before or after the due instant, or `percent` of the allowed time used;
    `around_clock` counts the minutes after by the wall clock. It tells once for a run, at that moment.
    """

    policy: Name
    when: Literal["before", "after"]
    agreement: Word = ""
    priority: Word = ""
    clocks: list[Name] = Field(default_factory=list, max_length=50)
    hours: Literal["always", "open", "off"] = "always"
    calendar: Word = ""
    urgent: bool = True
    minutes: int | None = Field(default=None, ge=1, le=60_000)
    percent: int | None = Field(default=None, ge=1, le=99)
    around_clock: bool = False


class EscalationTold(BaseModel):
    """One line of who is told. Of several that fit a clock the one that names most is used. `line` is its number."""

    line: int
    policy: str
    when: str
    agreement: str | None
    priority: str
    clocks: list[str]
    hours: str
    calendar: str
    urgent: bool
    minutes: int | None
    percent: int | None
    around_clock: bool


class OutageTicketsSent(Sent):
    """Whether an outage under this agreement opens a ticket by itself, with which priority and topic."""

    opens: bool
    priority: Word = ""
    topic: Word = ""


class OutageTicketsTold(BaseModel):
    """Whether an outage opens a ticket by itself."""

    opens: bool
    priority: str
    topic: str


@router.post("/agreements/{key}/calls", response={201: CallTold}, openapi_extra=KEYED, summary="Record a call")
def record_call(request: HttpRequest, key: str, sent: CallSent) -> HttpResponse:
    """Kept with what the agreement says of it for its instant. Recorded as `call-received/1`."""
    row = find_agreement(request, key)
    refuse_reader(request)
    if sent.called_at > now():
        raise misfit("called_at", "now or earlier: only what happened is recorded", str(sent.called_at))
    about = find_ticket(request, sent.ticket) if sent.ticket else None
    by = name_asker(request)

    def deed(at: Instant) -> CallTold:
        made = services.record_call(
            agreement=row, ticket=about, by=sent.by or "contact", called_at=sent.called_at, taken_by=by, at=at,
            words=sent.words,
        )  # fmt: skip
        return tell_call(made, for_staff=True)

    return do_once(request, deed)


@router.post(
    "/agreements/{key}/high-loads", response={201: HighLoadTold}, openapi_extra=KEYED, summary="Declare a high load"
)  # fmt: skip
def declare_high_load(request: HttpRequest, key: str, sent: HighLoadSent) -> HttpResponse:
    """It counts from when it is declared, never for what came before. Recorded as `high-load-declared/1`."""
    row = find_agreement(request, key)
    refuse_reader(request)
    by = name_asker(request)

    def deed(at: Instant) -> HighLoadTold:
        made = services.declare_high_load(
            agreement=row, from_at=sent.from_at, to_at=sent.to_at, queue=sent.queue, by=by, at=at
        )  # fmt: skip
        return HighLoadTold(
            number=made.number, agreement=row.key, from_at=str(sent.from_at), to_at=str(sent.to_at), queue=made.queue,
            declared_at=str(Instant.of(made.declared_at)),
        )  # fmt: skip

    return do_once(request, deed)


@router.get("/agreements/{key}/periods/{period}/attainment", response=list[AttainmentTold], summary="How clocks were kept")
def show_attainment(request: HttpRequest, key: str, period: str) -> list[AttainmentTold]:
    """Each clock of a period as a whole, then by priority; what runs is shown as running, what is left out is named."""
    row = find_agreement(request, key)
    return [tell_attainment(one) for one in list_attained(state_of(row, read_period_name(period), now().raised()))]


def tell_attainment(one: Attained) -> AttainmentTold:
    finding = one.judged.finding
    return AttainmentTold(
        clock=one.clock, priority=one.priority, clauses=list(finding.why.clauses), due=one.due, met=one.count("met"),
        missed=one.count("missed"), running=one.count("running"), verdict=finding.verdict.value,
        left_out=[LeftOutTold(run=run.name, because=run.because) for run in one.left_out], share=to_json(finding.value),
        shown=show(finding.value),
    )  # fmt: skip


@router.get("/escalations", response=list[EscalationTold], summary="Who is told of clocks")
def list_escalations(request: HttpRequest) -> list[EscalationTold]:
    """Whoever works on a ticket is told first; where nobody does, and once a time is over, these lines say who is."""
    refuse_customer(request)
    return [tell_escalation(row) for row in queries.list_escalations()]


@router.post("/escalations", response={201: EscalationTold}, openapi_extra=KEYED, summary="Say who is told of clocks")
def save_escalation(request: HttpRequest, sent: EscalationSent) -> HttpResponse:
    """Said again for the same tickets, clocks, hours and moment, the new policy holds."""
    refuse_customer(request)
    told = policy(sent.policy)
    bound = find_agreement(request, sent.agreement) if sent.agreement else None
    return do_once(
        request,
        lambda at: tell_escalation(
            services.save_escalation(
                when=sent.when, policy=told, at=at, agreement=bound, priority=sent.priority, clocks=sent.clocks,
                hours=sent.hours, calendar=sent.calendar, is_urgent=sent.urgent, minutes=sent.minutes,
                percent=sent.percent, is_around_clock=sent.around_clock,
            )
        ),
    )  # fmt: skip


@router.post("/escalations/{number}/remove", response={201: EscalationTold}, openapi_extra=KEYED, summary="Remove a line")
def remove_escalation(request: HttpRequest, sent: NothingSent, number: int = Number) -> HttpResponse:
    """Nobody is told by it any more."""
    refuse_customer(request)
    found = next((row for row in queries.list_escalations() if row.pk == number), None)

    def deed(at: Instant) -> EscalationTold:
        if found is None:
            raise Problem(problems.NOT_ON_RECORD, f"there is no line {number}")
        told = tell_escalation(found)
        services.remove_escalation(row=found)
        return told

    return do_once(request, deed)


@router.get("/agreements/{key}/outage-tickets", response=OutageTicketsTold, summary="Do outages open tickets?")
def show_outage_tickets(request: HttpRequest, key: str) -> OutageTicketsTold:
    """Whether an outage under this agreement opens a ticket by itself."""
    return tell_outage_rule(queries.outage_rule(find_agreement(request, key)))


@router.post(
    "/agreements/{key}/outage-tickets", response={201: OutageTicketsTold}, openapi_extra=KEYED,
    summary="Let outages open tickets",
)  # fmt: skip
def choose_outage_tickets(request: HttpRequest, key: str, sent: OutageTicketsSent) -> HttpResponse:
    """From now on; tickets that were opened stay."""
    row = find_agreement(request, key)
    refuse_reader(request)
    by = name_asker(request)

    def deed(at: Instant) -> OutageTicketsTold:
        if not sent.opens:
            services.open_none_on_outage(agreement=row)
            return tell_outage_rule(None)
        return tell_outage_rule(
            services.open_on_outage(agreement=row, by=by, at=at, priority=sent.priority, topic=sent.topic)
        )

    return do_once(request, deed)


def refuse_customer(request: HttpRequest) -> None:
    """Who is told is the provider's own: to a customer's people it is not there."""
    if not is_staff(asker(request)):
        raise Problem(problems.NOT_ON_RECORD)


def tell_escalation(row: Any) -> EscalationTold:
    return EscalationTold(
        line=row.pk, policy=row.policy.slug, when=row.when, agreement=row.agreement.key if row.agreement else None,
        priority=row.priority, clocks=list(row.clocks), hours=row.hours, calendar=row.calendar, urgent=row.is_urgent,
        minutes=row.minutes, percent=row.percent, around_clock=row.is_around_clock,
    )  # fmt: skip


def tell_outage_rule(rule: Any) -> OutageTicketsTold:
    if rule is None:
        return OutageTicketsTold(opens=False, priority="", topic="")
    return OutageTicketsTold(opens=True, priority=rule.priority, topic=rule.topic)
