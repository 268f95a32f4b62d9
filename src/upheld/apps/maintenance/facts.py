"""Rows of planned work and their facts."""

from upheld.apps.maintenance.models import Notice, Window
from upheld.core.facts import NoticeGiven, WindowCancelled, WindowEnded, WindowPlanned, WindowStarted
from upheld.core.timeline import Instant


def planned_fact(window: Window) -> WindowPlanned:
    planned_at = Instant.of(window.planned_at)
    return WindowPlanned(
        id=f"{window.name}-planned",
        agreement=window.agreement.key,
        occurred_at=planned_at,
        recorded_at=planned_at,
        source=window.planned_by,
        window=window.name,
        kind=window.kind,
        from_at=window.span.start,
        to_at=window.span.end,
        reason=window.reason,
    )


def cancelled_fact(window: Window, *, because: str, by: str, at: Instant) -> WindowCancelled:
    return WindowCancelled(
        id=f"{window.name}-cancelled", agreement=window.agreement.key, occurred_at=at, recorded_at=at, source=by,
        window=window.name, because=because,
    )  # fmt: skip


def started_fact(window: Window, *, by: str, at: Instant) -> WindowStarted:
    return WindowStarted(
        id=f"{window.name}-started", agreement=window.agreement.key, occurred_at=at, recorded_at=at, source=by,
        window=window.name,
    )  # fmt: skip


def ended_fact(window: Window, *, by: str, at: Instant) -> WindowEnded:
    return WindowEnded(
        id=f"{window.name}-ended", agreement=window.agreement.key, occurred_at=at, recorded_at=at, source=by,
        window=window.name,
    )  # fmt: skip


def notice_fact(notice: Notice, *, sent_at: Instant, at: Instant) -> NoticeGiven:
    """Counts from when it was sent. The ledger names the role, not the address: nothing can be erased from it."""
    window = notice.window
    return NoticeGiven(
        id=f"{window.name}-notice-{notice.pk}",
        agreement=window.agreement.key,
        occurred_at=sent_at,
        recorded_at=at,
        source=notice.asked_by,
        window=window.name,
        to=notice.role,
        by="email",
        delivery=f"taken by the mail server, message {notice.message_id}",
    )
