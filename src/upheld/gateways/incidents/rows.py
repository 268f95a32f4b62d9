"""Rows of a table: a start and an end, in whichever columns; local times of a zone, an ambiguous one as two bounds."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from upheld.core.timeline import Instant, NotAnInstant
from upheld.gateways.incidents.incident import Incident, Left, Read


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what; an empty name is no column."""

    start: str = "start"
    end: str = "end"
    id: str = "id"
    title: str = "title"
    component: str = "component"
    impact: str = "impact"
    cause: str = "cause"
    good_before: str = ""
    bad_until: str = ""


def read_rows(text: str, columns: Columns, zone: str = "") -> Read:
    """Every row with a start. Times without an offset are those of `zone`; without one they are refused."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    known = reader.fieldnames or ()
    if columns.start not in known:
        said = f"there is no column {columns.start!r}; there are {', '.join(known) or 'none'}"
        return Read((), (Left("line 1", said),))
    incidents, left = [], []
    for row in reader:
        place = f"line {reader.line_num}"
        try:
            incidents.append(read_row(place, row, columns, zone))
        except ValueError as problem:
            left.append(Left(place, str(problem)))
    return Read(tuple(incidents), tuple(left))


def read_row(place: str, row: Mapping[str, str | None], columns: Columns, zone: str) -> Incident:
    def told(column: str) -> str:
        return (row.get(column) or "").strip()

    earliest, start = read_time(told(columns.start), zone)
    end = read_time(told(columns.end), zone) if told(columns.end) else None
    if columns.good_before and told(columns.good_before):
        earliest = read_time(told(columns.good_before), zone)[0]
    bad_until = read_time(told(columns.bad_until), zone)[0] if columns.bad_until and told(columns.bad_until) else None
    if end and end[1] < earliest:
        raise ValueError(f"it ends {told(columns.end)}, before its start {told(columns.start)}")
    until = bad_until or (end[0] if end else start)
    doubt = "a local time that the clocks show twice" if start != earliest or (end and end[0] != end[1]) else ""
    components = tuple(part.strip() for part in told(columns.component).split(";") if part.strip())
    return Incident(
        told(columns.id) or place.replace(" ", "-"), told(columns.title), components, told(columns.impact),
        start, max(start, until), max(start, end[1]) if end else None, earliest, told(columns.cause), doubt,
    )  # fmt: skip


def read_time(written: str, zone: str) -> tuple[Instant, Instant]:
    """The earliest and the latest instant that a written time can mean."""
    if not written:
        raise ValueError("it has no start")
    try:
        moment = datetime.fromisoformat(written.replace(" UTC", "Z"))
    except ValueError:
        raise ValueError(f"{written!r} is no time; write for instance 2026-02-14 10:00, or 2026-02-14T10:00Z") from None
    if moment.tzinfo is not None:
        both = [moment, moment]
    elif zone:
        both = [moment.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1)]
    else:
        raise ValueError(f"{written!r} says no offset; give --zone, the place on whose clocks the times are")
    try:
        found = sorted(Instant.parse(one.astimezone(UTC).isoformat()) for one in both)
    except NotAnInstant as problem:
        raise ValueError(str(problem)) from None
    return found[0], found[1]
