"""Planned work as the facts tell of it: what was announced, when notice went out, when the work really ran."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.core.facts import (
    Fact,
    NoticeGiven,
    VendorNoticeReceived,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowStarted,
    of_kind,
)
from upheld.core.timeline import Instant, Span


@dataclass(frozen=True, slots=True)
class Window:
    """
    Work announced as a kind for a span.

    `worked_span` is the announced span cut to the time in which the work ran, where that was recorded: an overrun lies
    outside it and is excused by nothing. `notice_at` is when the first notice went out.
    """

    id: str
    kind: str
    span: Span
    worked_span: Span
    notice_at: Instant | None
    vendor_notice_at: Instant | None
    is_cancelled: bool
    facts: tuple[str, ...]
    reason: str = ""


def read_windows(facts: Sequence[Fact]) -> tuple[Window, ...]:
    """Every window that the facts tell of, by its start. Of a window planned again the latest plan holds."""
    plans = {fact.window: fact for fact in sorted(of_kind(facts, WindowPlanned), key=lambda fact: fact.recorded_at)}
    windows = (read_window(plan, facts) for plan in plans.values())
    return tuple(sorted(windows, key=lambda window: (window.span, window.id)))


def read_window(plan: WindowPlanned, facts: Sequence[Fact]) -> Window:
    notices = [fact for fact in of_kind(facts, NoticeGiven) if fact.window == plan.window]
    vendors = [fact for fact in of_kind(facts, VendorNoticeReceived) if fact.window == plan.window]
    started = [fact for fact in of_kind(facts, WindowStarted) if fact.window == plan.window]
    ended = [fact for fact in of_kind(facts, WindowEnded) if fact.window == plan.window]
    cancelled = [fact for fact in of_kind(facts, WindowCancelled) if fact.window == plan.window]
    span = Span(plan.from_at, max(plan.from_at, plan.to_at))
    begin = max([span.start, *(fact.occurred_at for fact in started[:1])])
    finish = min([span.end, *(fact.occurred_at for fact in ended[:1])])
    told = (plan, *notices[:1], *vendors[:1], *started[:1], *ended[:1], *cancelled[:1])
    return Window(
        id=plan.window,
        kind=plan.kind,
        span=span,
        worked_span=Span(begin, max(begin, finish)),
        notice_at=notices[0].occurred_at if notices else None,
        vendor_notice_at=vendors[0].occurred_at if vendors else None,
        is_cancelled=bool(cancelled),
        facts=tuple(fact.id for fact in told),
        reason=plan.reason,
    )
