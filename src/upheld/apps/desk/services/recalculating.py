"""After a change of an agreement's calendars or values: every open run reckoned anew, those that moved written down."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Reckoned, Run, State, Ticket
from upheld.apps.desk.queries.clocks import digest_of_terms
from upheld.apps.desk.services.reckoning import reckon
from upheld.bulk import find_moved
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")


@dataclass(frozen=True, slots=True)
class Recalculated:
    """How many runs were looked at by the million, how many of them moved, and how many tickets the core was asked for."""

    runs: int
    moved: int
    tickets: int


def recalculate(*, agreement: Agreement, at: Instant) -> Recalculated:
    """
    Every open ticket of an agreement by the terms as they stand now, in one transaction. Raises CannotJudge.

    Runs whose due instant hangs on start, allowed time and calendar alone are reckoned together (`bulk`, proven equal to the
    core); of all others the core is asked, ticket by ticket.
    """
    calendars = terms_of(agreement, at).calendars
    runs = moved = 0
    with transaction.atomic():
        plain = Run.objects.filter(agreement=agreement, state="running", is_plain=True, due_us__isnull=False)
        for name in plain.values_list("calendar", flat=True).distinct():
            try:
                looked, changed = move(agreement, name, calendars[name])
            except (KeyError, NeverOpen):
                # By the new terms the calendar is another one, or never opens again: the core says what follows.
                plain.filter(calendar=name).update(is_plain=False)
                continue
            runs, moved = runs + looked, moved + changed
        tickets = list_others(agreement)
        for ticket in tickets:
            reckon(ticket=ticket, at=at)
        Reckoned.objects.update_or_create(
            agreement=agreement, defaults={"digest": digest_of_terms(agreement, at), "reckoned_at": at.utc()}
        )
    found = Recalculated(runs, moved, len(tickets))
    log.info("runs recalculated", extra={"agreement": agreement.key, "runs": runs, "moved": moved, "tickets": len(tickets)})
    return found


def list_others(agreement: Agreement) -> list[Ticket]:
    """Open tickets with a run of which the calendar alone does not decide."""
    rows = Ticket.objects.filter(agreement=agreement).exclude(state__in=[State.RESOLVED, State.MERGED])
    rows = rows.filter(runs__is_plain=False, runs__state__in=["running", "paused", "not known", "undecided"])
    return list(rows.distinct().select_related("agreement__version", "agreement__customer"))


def move(agreement: Agreement, calendar: str, hours: ServiceHours) -> tuple[int, int]:
    """Runs of one calendar: how many there are, and how many were given another due instant."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, start_us, allowed_us, due_us FROM desk_run WHERE agreement_id = %s AND calendar = %s"
            " AND state = 'running' AND is_plain AND due_us IS NOT NULL ORDER BY id",
            [agreement.pk, calendar],
        )
        rows = cursor.fetchall()
        moved = list(find_moved(hours, rows))
        write_dues(moved)
    return len(rows), len(moved)


def write_dues(moved: Sequence[tuple[int, int]]) -> None:
    """Write due instants of runs; in the way in which the database takes many at once."""
    if connection.vendor == "postgresql":
        copy_dues(moved)
        return
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE desk_run SET due_us = %s WHERE id = %s", moved)


def copy_dues(moved: Iterable[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE desk_moved (due_us bigint, id bigint) ON COMMIT DROP")
        with cursor.cursor.copy("COPY desk_moved (due_us, id) FROM STDIN") as copy:
            copy.write("".join(f"{due}\t{run}\n" for due, run in moved))
        cursor.execute("ANALYZE desk_moved")
        cursor.execute("UPDATE desk_run SET due_us = desk_moved.due_us FROM desk_moved WHERE desk_moved.id = desk_run.id")
        cursor.execute("DROP TABLE desk_moved")
