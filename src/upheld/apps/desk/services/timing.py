"""When lines with a moment of their own tell of runs: written down with the runs, so that nobody looks through them."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, terms_of
from upheld.apps.desk.models import Escalation, Reminder, Run, Ticket, When
from upheld.apps.desk.queries.escalations import TIMED, is_in_hours, list_timed
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import MINUTE, Instant

CHUNK = 1000
WHOLE = 100
Calendars = Mapping[str, ServiceHours]


def lay_reminders(*, ticket: Ticket, calendars: Calendars, at: Instant) -> None:
    """The reminders of a ticket's runs as these are now; nothing where no line has a moment of its own."""
    lines = list_timed(ticket.agreement_id)
    if not lines:
        return
    runs = list(Run.objects.filter(ticket=ticket, state="running", due_us__isnull=False))
    for run in runs:
        # As it was just reckoned: its priority may be another one.
        run.ticket = ticket
    Reminder.objects.filter(pk__in=lay(runs, lines, calendars, at, [ticket.pk])).delete()


def silence(ticket: Ticket) -> None:
    """No reminder of a ticket comes any more. What told, and what was passed over, stays so."""
    Reminder.objects.filter(ticket=ticket, told_us__isnull=True, is_passed=False).delete()


def lay_new(at: Instant) -> None:
    """Runs that were there before a line was written get its reminders: once for each line, and anew after a break-off."""
    fresh = list(Escalation.objects.filter(TIMED, is_laid=False).select_related("agreement"))
    if not fresh:
        return
    is_for_all = any(line.agreement is None for line in fresh)
    named = {line.agreement_id for line in fresh}
    for agreement in Agreement.objects.select_related("version").order_by("pk"):
        if is_for_all or agreement.pk in named:
            try:
                calendars = terms_of(agreement, at).calendars
            except CannotJudge:
                continue
            lay_all(agreement=agreement, calendars=calendars, at=at)
    Escalation.objects.filter(pk__in=[line.pk for line in fresh]).update(is_laid=True)


def lay_all(*, agreement: Agreement, calendars: Calendars, at: Instant) -> None:
    """The reminders of every open run of an agreement; nothing where no line has a moment of its own."""
    lines = list_timed(agreement.pk)
    last = 0
    while lines:
        with transaction.atomic():
            rows = Run.objects.filter(agreement=agreement, state="running", due_us__isnull=False, pk__gt=last)
            runs = list(rows.select_related("ticket").order_by("pk")[:CHUNK])
            lay(runs, lines, calendars, at, {run.ticket_id for run in runs})
        if len(runs) < CHUNK:
            return
        last = runs[-1].pk


def lay(
    runs: Sequence[Run], lines: Sequence[Escalation], calendars: Calendars, at: Instant, tickets: Collection[int]
) -> list[int]:
    """Write down when each line tells of each run. Which reminders of these tickets are for none of these runs any more."""
    known = {(row.ticket_id, row.clock, row.number, row.line_id): row for row in Reminder.objects.filter(ticket__in=tickets)}
    fresh, moved = [], []
    left = {key: row.pk for key, row in known.items() if row.told_us is None and not row.is_passed}
    for run in runs:
        for line, fire, is_passed in plan(run, lines, calendars, known, at):
            key = (run.ticket_id, run.clock, run.number, line.pk)
            left.pop(key, None)
            before = known.get(key)
            if before is None:
                fresh.append(
                    Reminder(line=line, ticket_id=key[0], clock=key[1], number=key[2], fire_us=fire, is_passed=is_passed)
                )
            elif before.told_us is None and (before.fire_us, before.is_passed) != (fire, is_passed):
                before.fire_us, before.is_passed = fire, is_passed
                moved.append(before)
    Reminder.objects.bulk_update(moved, ["fire_us", "is_passed"])
    # Two who lay the same write the same.
    Reminder.objects.bulk_create(fresh, ignore_conflicts=True)
    return list(left.values())


def plan(
    run: Run,
    lines: Sequence[Escalation],
    calendars: Calendars,
    known: Mapping[tuple[int, str, int, int], Reminder],
    at: Instant,
) -> list[tuple[Escalation, int, bool]]:
    """
    The lines that are for a run, when each tells, and whether it is passed over: of those that lie behind when they are
    written down, only the last one due tells. What was written down in time tells, also if the worker stood still.
    """
    hours = calendars.get(run.calendar)
    fires = [(line, fire) for line in lines if fits(line, run) and (fire := find_moment(line, run, hours)) is not None]
    behind = [
        fire for line, fire in fires
        if fire <= at.micros and is_in_hours(line, calendars.get(line.calendar or run.calendar), at)
    ]  # fmt: skip
    assert run.due_us is not None
    # A breach that lies behind is told by itself: nobody is warned of it any more.
    last = max([*behind, *([run.due_us + 1] if run.due_us < at.micros else [])], default=0)
    planned = []
    for line, fire in fires:
        before = known.get((run.ticket_id, run.clock, run.number, line.pk))
        is_in_time = before is not None and not before.is_passed and before.fire_us == fire
        was_passed = before is not None and before.is_passed
        is_passed = fire <= at.micros and not is_in_time and (was_passed or fire < last)
        planned.append((line, fire, is_passed))
    return planned


def fits(line: Escalation, run: Run) -> bool:
    return (not line.clocks or run.clock in line.clocks) and line.priority in ("", run.ticket.priority)


def find_moment(line: Escalation, run: Run, hours: ServiceHours | None) -> int | None:
    """
    When a line tells of a run that goes on (microseconds, UTC). None where that is no later than its start, for what has
    just begun is not nearly over; where nobody knows of what the share is; and where the calendar opens no more.
    """
    assert run.due_us is not None
    length = (line.minutes or 0) * MINUTE.micros
    try:
        if line.when == When.AFTER:
            is_wall = line.is_around_clock or hours is None
            return run.due_us + length if is_wall or hours is None else hours.reached_after(run.due_us, length)
        if line.percent is not None:
            length = (run.allowed_us or 0) * (WHOLE - line.percent) // WHOLE
        if run.start_us is None or length == 0:
            return None
        if hours is None:
            fire = run.due_us - length
            return fire if fire > run.start_us else None
        used = hours.opened_between(run.start_us, run.due_us) - length
        # One microsecond more lies in open time: what is due early on Monday is told on Monday, and not as Friday closes.
        return hours.reached_after(run.start_us, used + 1) - 1 if used > 0 else None
    except NeverOpen:
        return None
