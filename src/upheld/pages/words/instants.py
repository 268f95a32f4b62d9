"""Instants and spans as a person reads them: always with a zone, the year and the date left out only where they are near."""

from collections.abc import Sequence
from datetime import datetime

from upheld.core.service_hours import Zone
from upheld.core.timeline import DAY, SECOND, Instant, Span
from upheld.pages.words.spaces import NBSP, keep_whole

UTC = Zone("UTC", (Instant(-(10**18)),), (0,))
NEAR = DAY * 180
DASH = "\u2013"


def say_zone(zone: Zone) -> str:
    """
    The zone by its city; never BST, EST or "local".

    >>> say_zone(Zone("America/New_York", (), ()))
    'New York'
    """
    return zone.name.removeprefix("fixed ").rsplit("/", 1)[-1].replace("_", " ")


def say_clock(at: Instant, zone: Zone = UTC, *, exact: bool = False) -> str:
    """`14:50`, with seconds only for evidence."""
    moment = zone.local(at)
    return f"{moment:%H:%M:%S}" if exact else f"{moment:%H:%M}"


def say_day(at: Instant, zone: Zone = UTC, *, as_of: Instant | None = None, weekday: bool = True) -> str:
    """`Fri 28 Aug`, with its year unless that is plain from `as_of`."""
    moment = zone.local(at)
    named = f"{moment:%a} {moment.day} {moment:%b}" if weekday else f"{moment.day} {moment:%b}"
    return keep_whole(named if is_near(at, as_of) else f"{named} {moment.year}")


def say_instant(
    at: Instant,
    zone: Zone = UTC,
    *,
    as_of: Instant | None = None,
    exact: bool = False,
    full: bool = False,
    dated: bool = False,
) -> str:
    """
    One instant with its zone: `Fri 28 Aug 2026 14:50 UTC`.

    Seen from `as_of` the year is left out within 180 days and the date within the same day, unless `full` asks for all
    or `dated` for the date.

    >>> say_instant(Instant.parse("2026-08-28T14:50Z")).replace("\\u00a0", " ")
    'Fri 28 Aug 2026 14:50 UTC'
    """
    clock = f"{say_clock(at, zone, exact=exact)} {say_zone(zone)}"
    if as_of is not None and not (full or dated) and zone.date_at(at) == zone.date_at(as_of):
        return keep_whole(clock)
    return keep_whole(f"{say_day(at, zone, as_of=None if full else as_of)} {clock}")


def say_besides(at: Instant, zone: Zone, own: Zone | None) -> str:
    """
    ` (16:38 Berlin)`: the same instant for a reader elsewhere, with the day where it is another; nothing where both clocks
    read the same.

    >>> berlin = Zone("Europe/Berlin", (Instant(-(10**18)),), (7200,))
    >>> say_besides(Instant.parse("2026-08-28T14:38Z"), UTC, berlin).replace("\\u00a0", " ")
    ' (16:38 Berlin)'
    """
    if own is None or zone.local(at).replace(tzinfo=None) == own.local(at).replace(tzinfo=None):
        return ""
    clock = f"{say_clock(at, own)} {say_zone(own)}"
    other_day = own.date_at(at) != zone.date_at(at)
    return f" ({keep_whole(f'{own.local(at):%a} {clock}' if other_day else clock)})"


def say_span(span: Span, zone: Zone = UTC, *, as_of: Instant | None = None, named: bool = True) -> str:
    """
    `Sat 5 Sep 20:00–23:00 UTC`; across days both dates stand in full. `named` puts the zone at the end.

    >>> inside = Span(Instant.parse("2026-09-05T20:00Z"), Instant.parse("2026-09-06T00:00Z"))
    >>> say_span(inside, as_of=inside.start).replace("\\u00a0", " ")
    'Sat 5 Sep 20:00–24:00 UTC'
    """
    tail = f" {say_zone(zone)}" if named else ""
    start = f"{say_day(span.start, zone, as_of=as_of)} {say_clock(span.start, zone)}"
    if ends_same_day(span, zone):
        ends_at_midnight = span.length and zone.date_at(span.end) != zone.date_at(span.start)
        end = "24:00" if ends_at_midnight else say_clock(span.end, zone)
        return keep_whole(f"{start}{DASH}{end}{tail}")
    end = f"{say_day(span.end, zone, as_of=as_of)} {say_clock(span.end, zone)}{tail}"
    return f"{keep_whole(start)} to {keep_whole(end)}"


def say_spans(spans: Sequence[Span], zone: Zone = UTC, *, as_of: Instant | None = None) -> str:
    """
    Several spans without their zone; those that share weekday, hours and month are told once: `Tue 4, 11 Aug 18:00–18:10`.

    >>> starts = [Instant.parse(f"2026-08-{day}T18:00Z") for day in ("04", "11")]
    >>> say_spans([Span(start, start + SECOND * 600) for start in starts], as_of=starts[0]).replace("\u00a0", " ")
    'Tue 4, 11 Aug 18:00–18:10'
    """
    told: dict[str, list[str]] = {}
    for span in spans:
        said, number = say_span(span, zone, as_of=as_of, named=False), str(zone.local(span.start).day)
        told.setdefault(said.replace(f"{NBSP}{number}{NBSP}", f"{NBSP}#{NBSP}", 1), []).append(number)
    return " and ".join(said.replace("#", ", ".join(days), 1) for said, days in told.items())


def say_month(period: Span, zone: Zone = UTC) -> str:
    """`August 2026` for a calendar month of the zone; any other period by its first and last day."""
    first, last = zone.local(period.start), zone.local(period.end.before(SECOND))
    if is_month(first, zone.local(period.end)):
        return keep_whole(f"{first:%B %Y}")
    if first.date() == last.date():
        return say_day(period.start, zone)
    return f"{say_day(period.start, zone, weekday=False)} to {say_day(period.end.before(SECOND), zone, weekday=False)}"


def say_period(period: Span, zone: Zone = UTC) -> str:
    """
    `July 2026 (1 Jul 00:00 to 1 Aug 00:00 UTC)`.

    >>> july = Span(Instant.parse("2026-07-01T00:00Z"), Instant.parse("2026-08-01T00:00Z"))
    >>> say_period(july).replace("\\u00a0", " ")
    'July 2026 (1 Jul 00:00 to 1 Aug 00:00 UTC)'
    """
    return f"{say_month(period, zone)} ({say_bounds(period, zone)})"


def say_bounds(period: Span, zone: Zone = UTC) -> str:
    """`1 Jul 00:00 to 1 Aug 00:00 UTC`: the two instants of a period whose year is known."""
    start, end = zone.local(period.start), zone.local(period.end)
    one = f"{start.day} {start:%b} {start:%H:%M}" + ("" if start.year == end.year else f" {start.year}")
    two = f"{end.day} {end:%b} {end:%H:%M} {say_zone(zone)}"
    return f"{keep_whole(one)} to {keep_whole(two)}"


def write_machine_time(at: Instant) -> str:
    """For the attribute of a `time` element: ISO 8601, to the second unless there is more."""
    written = str(at)
    return written[:-8] + "Z" if written.endswith(".000000Z") else written


def is_near(at: Instant, as_of: Instant | None) -> bool:
    return as_of is not None and as_of.before(NEAR) < at < as_of + NEAR


def is_month(first: datetime, after: datetime) -> bool:
    starts = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return starts == first and after == starts.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def ends_same_day(span: Span, zone: Zone) -> bool:
    """Whether no midnight lies inside the span; a span up to midnight ends the same day at 24:00."""
    return zone.date_at(span.start) == zone.date_at(max(span.start, span.end.before(SECOND)))
