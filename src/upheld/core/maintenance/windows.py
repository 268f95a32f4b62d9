"""Planned work as the facts tell of it: what was announced, when notice went out, when the work really ran."""

from collections.abc import Sequence

from upheld.core.facts import (
    Fact,
    Frozen,
    NoticeGiven,
    VendorNoticeReceived,
    WindowApproved,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowRefused,
    WindowStarted,
    frozen_class,
    of_kind,
)
from upheld.core.timeline import Instant, Span

TELLING = (
    WindowPlanned, WindowCancelled, WindowStarted, WindowEnded, NoticeGiven, VendorNoticeReceived, WindowApproved,
    WindowRefused,
)  # fmt: skip


@frozen_class
class Window(Frozen):
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
    answers: tuple[tuple[str, Instant, bool], ...] = ()
    """Who agreed to it or refused (the agreement's word for that party), when, and which of the two, in order of time."""

    def approved_at(self, party: str) -> Instant | None:
        """When a party agreed, if it did before the work was to begin and took nothing back by then."""
        told = [(at, agreed) for who, at, agreed in self.answers if who == party and at <= self.span.start]
        return told[-1][0] if told and told[-1][1] else None


def read_windows(facts: Sequence[Fact]) -> tuple[Window, ...]:
    """Every window that the facts tell of, by its start. Of a window planned again the latest plan holds."""
    told: dict[str, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact, TELLING):
            told.setdefault(fact.window, []).append(fact)
    windows = (read_window(story) for story in told.values() if of_kind(story, WindowPlanned))
    return tuple(sorted(windows, key=lambda window: (window.span, window.id)))


def read_window(story: Sequence[Fact]) -> Window:
    """One window from all that the facts say of it, by when it happened."""
    plans = sorted(of_kind(story, WindowPlanned), key=lambda fact: fact.recorded_at)
    plan = plans[-1]
    # A notice names date and time: one for an earlier plan does not announce the later one.
    notices = [fact for fact in of_kind(story, NoticeGiven) if len(plans) == 1 or fact.occurred_at >= plan.occurred_at][:1]
    vendors, cancelled = of_kind(story, VendorNoticeReceived)[:1], of_kind(story, WindowCancelled)[:1]
    started, ended = of_kind(story, WindowStarted)[:1], of_kind(story, WindowEnded)[:1]
    spoken = [fact for fact in story if isinstance(fact, WindowApproved | WindowRefused)]
    span = Span.forward(plan.from_at, plan.to_at)
    begin = max([span.start, *(fact.occurred_at for fact in started)])
    finish = min([span.end, *(fact.occurred_at for fact in ended)])
    return Window(
        id=plan.window,
        kind=plan.kind,
        span=span,
        worked_span=Span.forward(begin, finish),
        notice_at=notices[0].occurred_at if notices else None,
        vendor_notice_at=vendors[0].occurred_at if vendors else None,
        is_cancelled=bool(cancelled),
        facts=tuple(fact.id for fact in (plan, *notices, *vendors, *spoken, *started, *ended, *cancelled)),
        reason=plan.reason,
        answers=tuple((fact.party, fact.occurred_at, isinstance(fact, WindowApproved)) for fact in spoken),
    )
