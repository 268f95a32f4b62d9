"""Who is told when a clock is nearly or wholly used up; runs of which somebody is to be told now."""

from django.db.models import F, Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Escalation, Hold, OutageRule, Reminder, Run
from upheld.apps.oncall.models import Hours
from upheld.core.service_hours import ServiceHours
from upheld.core.timeline import MICRO, Instant, Span

AT_ONCE = 500
TIMED = Q(minutes__isnull=False) | Q(percent__isnull=False)
"""Lines with a moment of their own."""


def list_escalations() -> list[Escalation]:
    """Every line of who is told, those of all agreements first."""
    rows = Escalation.objects.select_related("agreement", "policy")
    return sorted(rows, key=lambda row: (row.agreement.key if row.agreement else "", row.priority, row.when, row.pk))


def find_escalation(run: Run, when: str, at: Instant, calendars: dict[str, ServiceHours]) -> Escalation | None:
    """
    The line that holds for a run at an instant; of several the one that names most: an agreement before a priority, a
    priority before a clock, and of equals one that is for certain hours.
    """
    rows = Escalation.objects.select_related("policy").filter(when=when).exclude(TIMED)
    rows = rows.filter(Q(agreement=None) | Q(agreement=run.agreement_id), Q(priority="") | Q(priority=run.ticket.priority))
    fitting = [
        row for row in rows.order_by("pk")
        if (not row.clocks or run.clock in row.clocks)
        and is_in_hours(row, calendars.get(row.calendar or run.calendar), at)
    ]  # fmt: skip
    return max(fitting, key=weigh, default=None)


def list_timed(agreement: int | None) -> list[Escalation]:
    """Lines with a moment of their own that may hold for an agreement."""
    rows = Escalation.objects.select_related("policy").filter(TIMED)
    return list(rows.filter(Q(agreement=None) | Q(agreement=agreement)).order_by("pk"))


def reminders_due(at: Instant, limit: int = AT_ONCE) -> list[Reminder]:
    """Reminders whose moment has come and that told nobody, by the index of their moments."""
    rows = Reminder.objects.filter(told_us__isnull=True, is_passed=False, fire_us__lte=at.micros)
    return list(rows.select_related("ticket").order_by("fire_us")[:limit])


def weigh(row: Escalation) -> tuple[bool, bool, bool, bool]:
    return row.agreement_id is not None, bool(row.priority), bool(row.clocks), row.hours != Hours.ALWAYS


def is_in_hours(row: Escalation, hours: ServiceHours | None, at: Instant) -> bool:
    """Whether a line holds at an instant. Where nobody knows its calendar, it does: rather told too often than never."""
    if row.hours == Hours.ALWAYS or hours is None:
        return True
    return bool(hours.open_within(Span(at, at + MICRO))) == (row.hours == Hours.OPEN)


def runs_passed(at: Instant, limit: int = AT_ONCE) -> list[Run]:
    """Runs whose time was over before this instant and of which nobody was told, by the index of due instants."""
    rows = Run.objects.filter(state="running", due_us__lt=at.micros)
    rows = rows.filter(Q(told_us__isnull=True) | ~Q(told_us=F("due_us")))
    return list(rows.select_related("ticket").order_by("due_us")[:limit])


def holds_ended(at: Instant, limit: int = AT_ONCE) -> list[Hold]:
    """Holds whose agreed date has come, and that nobody closed."""
    rows = Hold.objects.filter(closed_at__isnull=True, until_at__lte=at.utc()).select_related("ticket")
    return list(rows.order_by("until_at")[:limit])


def outage_rule(agreement: Agreement) -> OutageRule | None:
    """Whether, and as what, an outage under an agreement opens a ticket by itself; None where it does not."""
    return OutageRule.objects.select_related("agreement__version", "agreement__customer").filter(agreement=agreement).first()
