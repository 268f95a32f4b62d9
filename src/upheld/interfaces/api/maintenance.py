"""Planned work: what it would be judged as, planning it, telling the customer, and its course."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.maintenance import services
from upheld.apps.maintenance.queries import (
    CannotJudge,
    Plan,
    UnknownWindow,
    check_plan,
    check_window,
    explain_span,
    kinds_of,
    list_windows,
    window,
    windows_of,
)
from upheld.core.timeline import Instant, Span
from upheld.interfaces.api.entering import find_agreement, name_asker, now, refuse_reader, sees
from upheld.interfaces.api.fields import (
    InstantTold,
    LengthTold,
    Moment,
    Name,
    Said,
    Sent,
    SpanTold,
    Words,
    misfit,
    read_as_of,
    read_asked,
    read_span,
    tell_instant,
    tell_length,
    tell_span,
)
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.reasons import StepTold, tell_step

router = Router(tags=["maintenance"])


class VerdictTold(BaseModel):
    """
    What the work would be judged as if the service were down for all of it.

    `counts` is the part that would count as down; `nearest` are times of the same length of which nothing would.
    """

    would_count: bool
    counts: LengthTold
    judged_as: str
    clauses: list[str]
    nearest: list[SpanTold]
    why: StepTold


class WindowTold(BaseModel):
    """Planned work. `state` is `planned`, `told`, `running`, `over` or `cancelled`."""

    window: str
    agreement: str
    kind: str
    from_at: InstantTold
    to_at: InstantTold
    reason: str
    state: str
    planned_by: str
    planned_at: InstantTold
    started_at: InstantTold | None
    ended_at: InstantTold | None
    cancelled_at: InstantTold | None


class WindowWhole(WindowTold):
    """The same with its verdict; null where the agreement cannot judge it, and `problem` says why."""

    verdict: VerdictTold | None
    problem: str


class NoticeTold(BaseModel):
    """A mail that is on its way; the fact `notice-given/1` counts from when it was sent."""

    window: str
    to_role: str
    asked_by: str


class NoticesTold(BaseModel):
    """Everybody who is told."""

    notices: list[NoticeTold]


class PlanSent(Sent):
    """Work of a kind that the agreement knows, in a span: `to_at` is the first instant after it."""

    kind: Name
    from_at: Moment
    to_at: Moment
    reason: Words = ""


class CancellationSent(Sent):
    """Why the work is not done."""

    because: Said


class NothingSent(Sent):
    """An empty object: the address says it all."""


@router.get("/agreements/{key}/verdict", response=VerdictTold, summary="Would this work count?")
def judge_plan(
    request: HttpRequest,
    key: str,
    kind: str = Query(..., description="A kind of maintenance that the agreement names."),
    from_at: str = Query(..., description="When the work begins."),
    to_at: str = Query(..., description="The first instant after it."),
    notice_at: str = Query("", description="When the customer is, or was, told; else now."),
    as_of: str = Query("", description="As known at this instant; else now."),
) -> VerdictTold:
    """Answered before anything is saved: would count, or would not count, because."""
    row = find_agreement(request, key)
    seen_from = read_as_of(as_of, now())
    span = read_work(read_asked("from_at", from_at), read_asked("to_at", to_at))
    told = read_asked("notice_at", notice_at) if notice_at else None
    refuse_unknown_kind(row, kind, span.start)
    return tell_verdict(check_plan(agreement=row, kind=kind, span=span, as_of=seen_from, notice_at=told))


@router.get("/windows", response=list[WindowTold], summary="List planned work")
def list_all(request: HttpRequest, agreement: str = Query("", description="The key of one agreement.")) -> list[WindowTold]:
    """All planned work that you may see, by its start."""
    found = windows_of(find_agreement(request, agreement).key) if agreement else list_windows()
    return [tell_window(row) for row in found if sees(request, row.agreement.customer)]


@router.get("/windows/{name}", response=WindowWhole, summary="One planned work")
def show(request: HttpRequest, name: str) -> WindowWhole:
    """A window with its verdict as of now."""
    row = find_window(request, name)
    verdict, problem = None, ""
    try:
        verdict = tell_verdict(check_window(row, now()))
    except CannotJudge as wrong:
        problem = str(wrong)
    return WindowWhole(**tell_window(row).model_dump(), verdict=verdict, problem=problem)


@router.post("/agreements/{key}/windows", response={201: WindowTold}, openapi_extra=KEYED, summary="Plan work")
def plan(request: HttpRequest, key: str, sent: PlanSent) -> HttpResponse:
    """Recorded as `window-planned/1`. Nobody is told by it: that is the notice. Whether it would count: see the verdict."""
    row = find_agreement(request, key)
    refuse_reader(request)
    span = read_work(sent.from_at, sent.to_at)
    refuse_unknown_kind(row, sent.kind, span.start)

    def deed(at: Instant) -> WindowTold:
        planned = services.plan(
            agreement=row, kind=sent.kind, span=span, reason=sent.reason, by=name_asker(request), at=at
        )  # fmt: skip
        return tell_window(planned)

    return do_once(request, deed)


@router.post("/windows/{name}/notice", response={201: NoticesTold}, openapi_extra=KEYED, summary="Tell the customer of it")
def give_notice(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """The worker writes and sends the mails. Asked for twice, everybody is told once."""
    row = find_window(request, name)
    refuse_reader(request)

    def deed(at: Instant) -> NoticesTold:
        asked = services.give_notice(window=row, by=name_asker(request), at=at)
        return NoticesTold(
            notices=[NoticeTold(window=row.name, to_role=one.role, asked_by=one.asked_by) for one in asked]
        )  # fmt: skip

    return do_once(request, deed)


@router.post("/windows/{name}/start", response={201: WindowTold}, openapi_extra=KEYED, summary="The work begins")
def start(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """Recorded as `window-started/1`, as of now."""
    return change(request, name, lambda row, at: services.start(window=row, by=name_asker(request), at=at))


@router.post("/windows/{name}/end", response={201: WindowTold}, openapi_extra=KEYED, summary="The work is over")
def end(request: HttpRequest, name: str, sent: NothingSent) -> HttpResponse:
    """Recorded as `window-ended/1`, as of now. What runs over the announced end is excused by nothing."""
    return change(request, name, lambda row, at: services.end(window=row, by=name_asker(request), at=at))


@router.post("/windows/{name}/cancel", response={201: WindowTold}, openapi_extra=KEYED, summary="The work is not done")
def cancel(request: HttpRequest, name: str, sent: CancellationSent) -> HttpResponse:
    """Recorded as `window-cancelled/1`; the window excuses nothing."""
    return change(
        request, name, lambda row, at: services.cancel(window=row, because=sent.because, by=name_asker(request), at=at)
    )  # fmt: skip


def change(request: HttpRequest, name: str, step: Callable[[Any, Instant], Any]) -> HttpResponse:
    row = find_window(request, name)
    refuse_reader(request)
    return do_once(request, lambda at: tell_window(step(row, at)))


def find_window(request: HttpRequest, name: str) -> Any:
    found = window(name)
    if not sees(request, found.agreement.customer):
        raise UnknownWindow(f"no planned work is called {name!r}; they are called M-1, M-2 and so on")
    return found


def read_work(start: Instant, end: Instant) -> Span:
    """The span of some work; a problem where nobody would work so long."""
    span = read_span(start, end)
    if problem := explain_span(span):
        raise misfit("to_at", "an earlier end", str(end), problem)
    return span


def refuse_unknown_kind(row: Any, kind: str, at: Instant) -> None:
    known = kinds_of(row, at)
    if kind not in known:
        expected = f"a kind of maintenance of {row.key}: {', '.join(known) or 'it knows none'}"
        raise misfit("kind", expected, kind)


def tell_verdict(plan: Plan) -> VerdictTold:
    judged = plan.judgement
    return VerdictTold(
        would_count=plan.would_count, counts=tell_length(plan.counts), judged_as=judged.kind.name,
        clauses=list(judged.clauses), nearest=[tell_span(span) for span in plan.nearest], why=tell_step(judged.tell()),
    )  # fmt: skip


def tell_window(row: Any) -> WindowTold:
    return WindowTold(
        window=row.name, agreement=row.agreement.key, kind=row.kind, from_at=str(row.span.start), to_at=str(row.span.end),
        reason=row.reason, state=row.state, planned_by=row.planned_by, planned_at=tell_instant(row.planned_at) or "",
        started_at=tell_instant(row.started_at), ended_at=tell_instant(row.ended_at),
        cancelled_at=tell_instant(row.cancelled_at),
    )  # fmt: skip
