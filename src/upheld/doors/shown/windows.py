"""Planned work as lists show it, with what it would be judged as, or was."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.agreements.queries import agreement
from upheld.apps.findings.queries import period_at, state_of
from upheld.apps.maintenance.queries import CannotJudge, check_window, list_windows
from upheld.core.maintenance import Judgement
from upheld.core.service_hours import Zone
from upheld.core.timeline import Duration, Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.pages.contexts.maintenance import WindowRow, WindowsPage
from upheld.pages.words import say_instant, say_minutes

MOST_PAST = 100
FAILED = {
    "notice": "notice is too short",
    "outside": "in hours it must avoid",
    "inside": "outside its hours",
    "not within": "inside other work",
    "at most": "its turn is used",
    "longest": "longer than it may be",
    "budget": "more work than the period allows",
    "must stay up": "a part that must stay up was down",
    "approval": "not agreed to",
}
"""What a failed test comes to, in a row; the page of the work has the whole sentence."""
EFFECTS = {"out of base": "Out of base", "up": "Counts as up", "down": "Counts as down"}
WHO_MAY = "Whoever looks from a past instant sees what was planned then. Go back to now to plan work."

Window = Any
"""A row of planned work, as its queries give it."""


def show_windows(asked: Asked) -> WindowsPage:
    ahead = tuple(list_ahead(asked))
    known = [window for window in see_windows(asked) if is_known(window, asked.as_of) and not is_ahead(window, asked.as_of)]
    past = sorted(known, key=lambda window: window.span.start, reverse=True)[:MOST_PAST]
    may_plan = asked.may_change
    return WindowsPage(
        as_of=asked.as_of,
        ahead=ahead,
        past=tuple(tell_window(asked, window) for window in past),
        plan_url=asked.url_of("plan") if may_plan else "",
        who_may="" if may_plan else WHO_MAY,
    )


def see_windows(asked: Asked) -> list[Window]:
    """The planned work of the agreements that whoever asks may learn of."""
    return [window for window in list_windows() if asked.frame.may_see(asked, window.agreement)]


def list_ahead(asked: Asked) -> Iterator[WindowRow]:
    """Work that is not over and was not cancelled, the next first."""
    for window in see_windows(asked):
        if is_known(window, asked.as_of) and is_ahead(window, asked.as_of):
            yield tell_window(asked, window)


def is_known(window: Window, as_of: Instant) -> bool:
    return Instant.of(window.planned_at) <= as_of


def is_ahead(window: Window, as_of: Instant) -> bool:
    return window.span.end > as_of and not is_cancelled(window, as_of) and not is_over(window, as_of)


def is_cancelled(window: Window, as_of: Instant) -> bool:
    return window.cancelled_at is not None and Instant.of(window.cancelled_at) <= as_of


def is_over(window: Window, as_of: Instant) -> bool:
    return window.ended_at is not None and Instant.of(window.ended_at) <= as_of


def state_at(window: Window, as_of: Instant) -> str:
    """`planned`, `told`, `running`, `over` or `cancelled`, as it was at an instant."""
    if is_cancelled(window, as_of):
        return "cancelled"
    if is_over(window, as_of):
        return "over"
    if window.started_at is not None and Instant.of(window.started_at) <= as_of:
        return "running"
    told = told_at(window)
    return "told" if told is not None and told <= as_of else "planned"


def told_at(window: Window) -> Instant | None:
    """When the first notice went out."""
    sent = [notice.message.sent_at for notice in window.notices.all() if notice.message and notice.message.sent_at]
    return Instant.of(min(sent)) if sent else None


def tell_window(asked: Asked, window: Window) -> WindowRow:
    as_of = asked.as_of
    name = name_for(asked, agreement(window.agreement.key))
    status = state_at(window, as_of)
    judgement, counts, problem = judge_window(window, as_of)
    said = tell_notice(window, as_of, name.zone)
    return WindowRow(
        name=window.name,
        url=asked.url_of("window", window.name),
        agreement=name,
        span=window.span,
        kind=window.kind,
        reason=window.reason or "no reason given",
        would_count=bool(counts),
        verdict=problem or tell_verdict(judgement, counts, status),
        says=said,
        clauses=judgement.kind.clauses if judgement else (),
        status=status,
    )


def tell_notice(window: Window, as_of: Instant, zone: Zone) -> str:
    """When the customer was told; of work ahead that nobody was told of, what its verdict supposes."""
    told = told_at(window)
    if told is not None and told <= as_of:
        return f"notice sent {say_instant(told, zone, as_of=as_of)}"
    return "if notice goes out now" if is_ahead(window, as_of) else "no notice was sent"


def judge_window(window: Window, as_of: Instant) -> tuple[Judgement | None, Duration, str]:
    """The judge's word on the work: of what is ahead on the assumption that all of it is down, of what is past as it was."""
    try:
        if is_ahead(window, as_of):
            plan = check_window(window, as_of)
            return plan.judgement, plan.counts, ""
        row = agreement(window.agreement.key)
        judged = state_of(row, period_at(row, window.span.start), as_of).judged
    except (CannotJudge, ValueError) as problem:
        return None, Duration(0), f"Cannot be judged: {problem}"
    found = next((done for done in judged.windows if done.window.id == window.name), None)
    counted = [account.partition.down.within(window.span).total for account in judged.accounts]
    return found, max(counted, default=Duration(0)), ""


def tell_verdict(judgement: Judgement | None, counts: Duration, status: str) -> str:
    if judgement is None:
        return "Not judged"
    if status == "cancelled":
        return "Cancelled"
    if not counts:
        return EFFECTS[judgement.effect] if judgement.effect != "down" else "Nothing counts"
    failed = [
        FAILED.get(test.name, f"its {test.name} is not kept")
        for _, test in judgement.trials
        if not test.passed or test.surplus
    ]
    whole = counts == judgement.window.span.length
    start = "Would count" if status in ("planned", "told") else "Counts"
    because = failed[0] if failed else f"{judgement.kind.name} work does"
    return f"{start}{'' if whole else f' {say_minutes(counts)}'}: {because}"
