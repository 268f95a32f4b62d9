"""After a change of an agreement's calendars or values: every open run reckoned anew, those that moved written down."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Reckoned, Run, State, Ticket
from upheld.apps.desk.models.run import LIVE
from upheld.apps.desk.queries.clocks import digest_of_terms
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.desk.services.timing import lay_all
from upheld.bulk import Columns, find_moved, read_listed, read_packed
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.desk")

COLUMNS = ("id", "start_us", "allowed_us", "due_us")
PLAIN = " FROM desk_run WHERE agreement_id = %s AND state = 'running' AND is_plain AND due_us IS NOT NULL"
STATES = ", ".join(f"'{state}'" for state in LIVE)
OTHERS = f"SELECT ticket_id FROM desk_run WHERE agreement_id = %s AND NOT is_plain AND state IN ({STATES})"
"""Written out, for a database takes an index of some rows only where it sees that the question is about no others."""
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
        for name, columns in read_calendars(agreement):
            try:
                changed = move(calendars[name], columns)
            except (KeyError, NeverOpen):
                # By the new terms the calendar is another one, or never opens again: the core says what follows.
                plain_runs(agreement).filter(calendar=name).update(is_plain=False)
                continue
            runs, moved = runs + columns.shape[1], moved + changed
        tickets = list_others(agreement)
        for ticket in tickets:
            reckon(ticket=ticket, at=at)
        lay_all(agreement=agreement, calendars=calendars, at=at)
        Reckoned.objects.update_or_create(
            agreement=agreement, defaults={"digest": digest_of_terms(agreement, at), "reckoned_at": at.utc()}
        )
    found = Recalculated(runs, moved, len(tickets))
    log.info("runs recalculated", extra={"agreement": agreement.key, "runs": runs, "moved": moved, "tickets": len(tickets)})
    return found


def plain_runs(agreement: Agreement) -> QuerySet[Run]:
    return Run.objects.filter(agreement=agreement, state="running", is_plain=True, due_us__isnull=False)


def list_others(agreement: Agreement) -> list[Ticket]:
    """Open tickets with a run of which the calendar alone does not decide."""
    rows = Ticket.objects.filter(pk__in=RawSQL(OTHERS, [agreement.pk])).exclude(state__in=[State.RESOLVED, State.MERGED])
    return list(rows.select_related("agreement__version", "agreement__customer"))


def read_calendars(agreement: Agreement) -> Iterator[tuple[str, Columns]]:
    """The plain runs of each calendar. Most agreements go by one: all are read in one go then, and only others again."""
    first, others, columns = read_runs(agreement)
    if first is not None and not others:
        yield first, columns
    elif others:
        for name in list(plain_runs(agreement).values_list("calendar", flat=True).distinct()):
            yield name, read_runs(agreement, name)[2]


def move(hours: ServiceHours, columns: Columns) -> int:
    """How many runs of one calendar were given another due instant."""
    moved = find_moved(hours, *columns)
    write_dues(moved)
    return len(moved)


def read_runs(agreement: Agreement, calendar: str | None = None) -> tuple[str | None, int, Columns]:
    """
    Id, start, allowed time and due instant of the plain runs, of one calendar or of any; as one value, not as a million
    rows. Before them the calendar of the first of them, and how many go by another one.
    """
    where, values = PLAIN, list[int | str]([agreement.pk])
    if calendar is not None:
        where, values = f"{PLAIN} AND calendar = %s", [agreement.pk, calendar]
    first = f"(SELECT calendar{where} LIMIT 1)"
    asked = f"SELECT {first}, count(*), count(*) FILTER (WHERE calendar <> {first}), "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            packed = " || ".join(f"int8send({column})" for column in COLUMNS)
            cursor.execute(f"{asked}coalesce(string_agg({packed}, ''::bytea), ''::bytea){where}", values * 3)
            name, rows, others, told = cursor.fetchone()
            return name, others, read_packed(told, len(COLUMNS), rows)
        lists = ", ".join(f"json_group_array({column})" for column in COLUMNS)
        cursor.execute(asked + lists + where, values * 3)
        name, rows, others, *listed = cursor.fetchone()
        return name, others, read_listed(listed, rows)


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
        try:
            cursor.executemany("UPDATE desk_run SET due_us = %s WHERE id = %s", moved)
        finally:
            cursor.execute(f"PRAGMA cache_size = {before}")


def copy_dues(moved: Iterable[tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE desk_moved (due_us bigint, id bigint) ON COMMIT DROP")
        with cursor.cursor.copy("COPY desk_moved (due_us, id) FROM STDIN") as copy:
            copy.write("".join(f"{due}\t{run}\n" for due, run in moved))
        cursor.execute("ANALYZE desk_moved")
        cursor.execute("UPDATE desk_run SET due_us = desk_moved.due_us FROM desk_moved WHERE desk_moved.id = desk_run.id")
        cursor.execute("DROP TABLE desk_moved")
