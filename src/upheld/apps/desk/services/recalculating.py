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
from upheld.bulk import Columns, find_moved, read_listed, read_packed
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")

COLUMNS = ("id", "start_us", "allowed_us", "due_us")
CACHE_KIB = 65_536
"""What SQLite may keep in memory while very many rows are written."""


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
    runs = Run.objects.filter(agreement=agreement, is_plain=False, state__in=["running", "paused", "not known", "undecided"])
    rows = Ticket.objects.filter(pk__in=runs.values("ticket")).exclude(state__in=[State.RESOLVED, State.MERGED])
    return list(rows.select_related("agreement__version", "agreement__customer"))


def move(agreement: Agreement, calendar: str, hours: ServiceHours) -> tuple[int, int]:
    """Runs of one calendar: how many there are, and how many were given another due instant."""
    ids, starts, allowances, dues = read_runs(agreement, calendar)
    moved = find_moved(hours, ids, starts, allowances, dues)
    write_dues(moved)
    return len(ids), len(moved)


def read_runs(agreement: Agreement, calendar: str) -> Columns:
    """Id, start, allowed time and due instant of the plain runs of one calendar; as one value, not as a million rows."""
    of_calendar = (
        " FROM desk_run WHERE agreement_id = %s AND calendar = %s AND state = 'running' AND is_plain AND due_us IS NOT NULL"
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            packed = " || ".join(f"int8send({column})" for column in COLUMNS)
            asked = f"SELECT count(*), coalesce(string_agg({packed}, ''::bytea), ''::bytea)"
            cursor.execute(asked + of_calendar, [agreement.pk, calendar])
            rows, told = cursor.fetchone()
            return read_packed(told, len(COLUMNS), rows)
        lists = ", ".join(f"json_group_array({column})" for column in COLUMNS)
        cursor.execute(f"SELECT count(*), {lists}" + of_calendar, [agreement.pk, calendar])
        rows, *listed = cursor.fetchone()
        return read_listed(listed, rows)


def write_dues(moved: Sequence[tuple[int, int]]) -> None:
    """Write due instants of runs; in the way in which the database takes many at once."""
    if connection.vendor == "postgresql":
        copy_dues(moved)
        return
    with connection.cursor() as cursor:
        # The index of due instants is written all over: kept in memory meanwhile, no page of it is fetched twice.
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
        cursor.executemany("UPDATE desk_run SET due_us = %s WHERE id = %s", moved)
        cursor.execute(f"PRAGMA cache_size = {before}")


def copy_dues(moved: Iterable[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE desk_moved (due_us bigint, id bigint) ON COMMIT DROP")
        with cursor.cursor.copy("COPY desk_moved (due_us, id) FROM STDIN") as copy:
            copy.write("".join(f"{due}\t{run}\n" for due, run in moved))
        cursor.execute("ANALYZE desk_moved")
        cursor.execute("UPDATE desk_run SET due_us = desk_moved.due_us FROM desk_moved WHERE desk_moved.id = desk_run.id")
        cursor.execute("DROP TABLE desk_moved")
