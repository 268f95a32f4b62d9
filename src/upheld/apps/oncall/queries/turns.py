"""Turns by the wall clock: which person has which span. Hand-offs keep their wall time through every clock change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from upheld.core.service_hours import Zone
from upheld.core.timeline import DAY, MINUTE, Duration, Instant, Span, Timeline
from upheld.language.calendars import transitions, zone_called

EVERY_DAY = frozenset(range(7))


class UnknownZone(ValueError):
    """A name that no zone of the tables has."""


@dataclass(frozen=True, slots=True)
class Turns:
    """
    A layer as plain values: `people` by their numbers, one shift of `shift_days` after the other, from the hand-off on
    `begins_on`. With `weekdays` (0 is Monday) and minutes of the day it holds in those hours only.
    """

    people: tuple[int, ...]
    begins_on: date
    handoff_minute: int
    shift_days: int
    weekdays: frozenset[int] = EVERY_DAY
    from_minute: int = 0
    to_minute: int = 0

    @property
    def is_always(self) -> bool:
        return self.weekdays == EVERY_DAY and self.from_minute == self.to_minute


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of one person's turn, and by what it is theirs: a layer's number, or 0 where they stepped in."""

    span: Span
    person: int
    layer: int


def zone_named(name: str, span: Span) -> Zone:
    """The zone with its clock changes around the span; raises UnknownZone."""
    if zone_called(name) is None:
        raise UnknownZone(f"no zone is called {name!r}; write for instance Europe/London or America/New_York")
    # Whole decades, so that the tables are looked through once and not at every question.
    first, last = span.start.utc().year - 1, span.end.utc().year + 1
    rows = transitions(name, first // 10 * 10, last // 10 * 10 + 10)
    return Zone.from_json(name, [list(row) for row in rows])


def lay_out(turns: Turns, zone: Zone, within: Span, *, layer: int = 1) -> list[Piece]:
    """
    The pieces of a layer inside a span, in order.

    A hand-off at a wall time that occurs twice is at its first occurrence; at one that is skipped, at the skip.
    """
    if not turns.people or within.start >= within.end:
        return []
    hours = None if turns.is_always else lay_out_hours(turns, zone, within)
    pieces = []
    for span, person in list_shifts(turns, zone, within):
        for part in (Timeline((span,)).within(within) if hours is None else hours.within(span)).spans:
            pieces.append(Piece(part, person, layer))
    return pieces


def list_shifts(turns: Turns, zone: Zone, within: Span) -> Iterator[tuple[Span, int]]:
    """The whole shifts that share time with a span, and whose each is."""
    into = MINUTE * turns.handoff_minute
    days = (zone.date_at(within.start) - turns.begins_on).days
    number = (days - 1) // turns.shift_days
    start = hand_off(turns, zone, number, into)
    while start < within.end:
        end = hand_off(turns, zone, number + 1, into)
        if end > within.start and start < end:
            yield Span(start, end), turns.people[number % len(turns.people)]
        number, start = number + 1, end


def hand_off(turns: Turns, zone: Zone, number: int, into: Duration) -> Instant:
    return zone.at(turns.begins_on + timedelta(days=number * turns.shift_days), into)


def lay_out_hours(turns: Turns, zone: Zone, within: Span) -> Timeline:
    """When a layer with hours of its own holds."""
    day, last = zone.date_at(within.start.before(DAY)), zone.date_at(within.end)
    spans = []
    while day <= last:
        if day.weekday() in turns.weekdays:
            until = day if turns.to_minute > turns.from_minute else day + timedelta(days=1)
            spans.append(Span.forward(zone.at(day, MINUTE * turns.from_minute), zone.at(until, MINUTE * turns.to_minute)))
        day += timedelta(days=1)
    return Timeline.of(spans).within(within)


def cover(below: Sequence[Piece], above: Sequence[Piece]) -> list[Piece]:
    """Both in one line: where both name somebody, it is the one above."""
    taken = Timeline.of(piece.span for piece in above)
    left = [
        Piece(part, piece.person, piece.layer)
        for piece in below
        for part in Timeline((piece.span,)).subtract(taken.within(piece.span)).spans
    ]
    return sorted([*left, *above], key=lambda piece: piece.span.start.micros)
