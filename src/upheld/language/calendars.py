"""Freezing: the zones and closed days that a document names, as UTC transitions and dates, for the years of a version."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from upheld.core.terms.document import Document
from upheld.core.terms.place import Desk, Unreadable
from upheld.core.terms.quantities import NotAQuantity, parse_date, parse_yearly
from upheld.core.timeline import Instant
from upheld.language.kinds import check_zone

BEFORE_ALL = "1900-01-01T00:00:00.000000Z"
STEP = timedelta(hours=6)


def freeze_calendars(
    document: Document, from_year: int, to_year: int, *,
    parameters: Mapping[str, str] | None = None, readings: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """
    What core needs to know of zones and holidays, without reading any table itself.

    Covers 1 January of `from_year` to 1 January of `to_year`. Zones behind a reading are frozen for every sense, those
    behind a parameter for the value given, the usual one and every choice.
    """
    desk = Desk(document, parameters or {}, readings or {})
    calendars, periods = entries_of(document, "calendars"), entries_of(document, "periods")
    entries = (*calendars.values(), *periods.values())
    named = {"UTC", *(zone for entry in entries for zone in zones_of(desk, entry.get("zone")))}
    return {
        "from": f"{from_year:04d}-01-01",
        "to": f"{to_year:04d}-01-01",
        "zones": {zone: [list(start) for start in transitions(zone, from_year, to_year)] for zone in sorted(named)},
        "closed": {name: closed_days(desk, entry, from_year, to_year) for name, entry in sorted(calendars.items())},
    }


def freeze_zone(name: str, calendars: Mapping[str, Any]) -> tuple[str, ...]:
    """
    A zone that a customer names, for the years of calendars that are frozen already, as its fact carries it: each change a
    text, `INSTANT SECONDS-EAST`. Raises Wrong for a name that no zone has.
    """
    from_year, to_year = (int(calendars[edge][:4]) for edge in ("from", "to"))
    return tuple(f"{at} {offset}" for at, offset in transitions(check_zone(name), from_year, to_year))


def with_zones(document: Document, calendars: Mapping[str, Any], parameters: Mapping[str, str]) -> Mapping[str, Any]:
    """The calendars with the zones that these values name, for a question about somebody who has signed nothing."""
    declared = document.blocks.get("parameters", {})
    if not any(declared.get(name, {}).get("kind") == "zone" for name in parameters):
        return calendars
    years = int(calendars["from"][:4]), int(calendars["to"][:4])
    return freeze_calendars(document, *years, parameters=parameters)


def entries_of(document: Document, block: str) -> dict[str, dict[str, Any]]:
    found = document.blocks.get(block, {})
    return {name: entry for name, entry in found.items() if isinstance(entry, dict)} if isinstance(found, dict) else {}


def zones_of(desk: Desk, written: Any) -> Iterator[str]:
    """Every zone that a value may stand for."""
    if not isinstance(written, str):
        return
    word, _, name = written.partition(" ")
    if word == "reading" and name:
        senses = desk.document.blocks.get("readings", {}).get(name, {}).get("senses", [])
        for sense in senses.values() if isinstance(senses, dict) else senses:
            yield from zones_of(desk, sense)
    elif word == "parameter" and name:
        entry = desk.document.blocks.get("parameters", {}).get(name, {})
        choices = entry.get("choices", [])
        for value in (desk.parameters.get(name), entry.get("usual"), *(choices if isinstance(choices, list) else ())):
            yield from zones_of(desk, value)
    elif zone_called(written) is not None:
        yield written


@cache
def zone_called(name: str) -> tzinfo | None:
    """A zone of the pinned tables, or a fixed offset; None where there is none of that name."""
    if name == "UTC":
        return UTC
    if name.startswith("fixed UTC") and len(name) == len("fixed UTC+03:00"):
        hours, minutes = int(name[10:12]), int(name[13:15])
        ahead = timedelta(hours=hours, minutes=minutes)
        return timezone(ahead if name[9] == "+" else -ahead)
    if name not in files("tzdata").joinpath("zones").read_text("utf-8").split():
        return None
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as table:
        return ZoneInfo.from_file(table, key=name)


@cache
def transitions(name: str, from_year: int, to_year: int) -> tuple[tuple[str, int], ...]:
    """`(UTC instant, seconds east)`: the offset that held at first, and every change of it."""
    zone = zone_called(name)
    assert zone is not None
    at, end = datetime(from_year, 1, 1, tzinfo=UTC), datetime(to_year, 1, 1, tzinfo=UTC)
    found, held = [(BEFORE_ALL, offset_at(zone, at))], offset_at(zone, at)
    if isinstance(zone, timezone):
        return tuple(found)
    while at < end:
        later = at + STEP
        if offset_at(zone, later) != held:
            change = find_change(zone, at, later)
            held = offset_at(zone, change)
            found.append((str(Instant.of(change)), held))
        at = later
    return tuple(found)


def find_change(zone: tzinfo, low: datetime, high: datetime) -> datetime:
    """The second at which the offset changes between two instants."""
    before = offset_at(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=((high - low) // timedelta(seconds=1)) // 2)
        if offset_at(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def offset_at(zone: tzinfo, at: datetime) -> int:
    return (at.astimezone(zone).utcoffset() or timedelta()) // timedelta(seconds=1)


def closed_days(desk: Desk, calendar: Mapping[str, Any], from_year: int, to_year: int) -> list[str]:
    """Every closed date of a calendar between the years, in order."""
    written = texts(desk, calendar.get("closed", "none"))
    days = {day for text in written for day in days_of(desk, text, from_year, to_year)}
    return sorted(day.isoformat() for day in days if from_year <= day.year < to_year)


def texts(desk: Desk, value: Any) -> list[str]:
    try:
        value, _ = desk.resolve(value)
    except Unreadable:
        return []
    found = value if isinstance(value, list) else [value]
    return [text for text in found if isinstance(text, str) and text != "none"]


def days_of(desk: Desk, written: str, from_year: int, to_year: int, depth: int = 0) -> list[date]:
    """The dates of one entry: a date, a day of every year, or all that a list holds."""
    try:
        if written[:4].isdigit():
            return [parse_date(written)]
        if written.startswith("every "):
            month, day = parse_yearly(written)
            return [date(year, month, day) for year in range(from_year, to_year) if exists(year, month, day)]
    except NotAQuantity:
        return []
    listed = entries_of(desk.document, "lists").get(written, {})
    inner = [*texts(desk, listed.get("items", [])), *texts(desk, listed.get("plus", []))] if depth < 2 else []
    return [day for text in inner for day in days_of(desk, text, from_year, to_year, depth + 1)]


def exists(year: int, month: int, day: int) -> bool:
    return not (month == 2 and day == 29) or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
