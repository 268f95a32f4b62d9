"""A reminder whose moment has come tells by its line, exactly once, unless the core says otherwise now."""

from django.db import transaction

from upheld.apps.desk.models import Escalation, Reminder, Run, When
from upheld.apps.desk.queries.escalations import is_in_hours, list_timed, weigh
from upheld.apps.desk.services.deeds import lock
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.desk.services.timing import fits
from upheld.apps.desk.services.waking import calendars_of, wake_by
from upheld.core.explain import Verdict
from upheld.core.service_hours import ServiceHours
from upheld.core.timeline import Instant


def remind(seen: Reminder, at: Instant) -> bool:
    """Page by the line of a reminder; marked in the same transaction: no restart and no second worker adds one."""
    with transaction.atomic():
        ticket = lock(seen.ticket)
        reckon(ticket=ticket, at=at)
        mine = Reminder.objects.filter(pk=seen.pk, told_us__isnull=True, is_passed=False, fire_us__lte=at.micros)
        reminder = mine.select_related("line__policy").first()
        run = Run.objects.filter(ticket=ticket, clock=seen.clock, number=seen.number, state="running").first()
        if reminder is None or run is None:
            return False
        run.ticket = ticket
        if not is_to_tell(reminder.line, run, calendars_of(ticket, at), at):
            mine.update(is_passed=True)
            return False
        if not mine.update(told_us=at.micros):
            return False
        wake_by(reminder.line, ticket=ticket, run=run, at=at)
    return True


def is_to_tell(line: Escalation, run: Run, calendars: dict[str, ServiceHours], at: Instant) -> bool:
    """Nobody is warned of what is over, nor told of what nothing breaks; of equal lines the one that names most tells."""
    if line.when == When.BEFORE and (run.due_us is None or run.due_us < at.micros):
        return False
    if line.when == When.AFTER and run.verdict not in (Verdict.MISSED, Verdict.NOT_REACHED):
        return False
    equal = [
        row for row in list_timed(run.agreement_id)
        if moment_of(row) == moment_of(line) and fits(row, run)
        and is_in_hours(row, calendars.get(row.calendar or run.calendar), at)
    ]  # fmt: skip
    return max(equal, key=weigh, default=None) == line


def moment_of(line: Escalation) -> tuple[str, int | None, int | None, bool]:
    return line.when, line.minutes, line.percent, line.is_around_clock
