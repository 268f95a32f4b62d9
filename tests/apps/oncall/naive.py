"""The naive twin of turns: it looks at a wall clock once a minute and counts the hand-offs that the clock has reached."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from upheld.apps.oncall.queries.turns import Turns
from upheld.core.timeline import MINUTE, Instant, Span


def walk_minutes(turns: Turns, zone: str, within: Span) -> Iterator[tuple[Instant, int | None]]:
    """Each minute of the span with the person on call in it, or None."""
    first = datetime.combine(turns.begins_on, time(turns.handoff_minute // 60, turns.handoff_minute % 60))
    at = within.start
    # A day ahead of the span, so that what a clock that was put back has reached is known.
    reached = read_clock(at, zone) - timedelta(days=1)
    while at < within.end:
        now = read_clock(at, zone)
        reached = max(reached, now)
        number = (reached - first) // timedelta(days=turns.shift_days)
        holds = turns.is_always or is_inside(turns, reached)
        yield at, turns.people[number % len(turns.people)] if holds else None
        at = at + MINUTE


def is_inside(turns: Turns, reached: datetime) -> bool:
    """Whether hours that began on one of the weekdays have not ended yet."""
    for back in (0, 1):
        day = reached.date() - timedelta(days=back)
        if day.weekday() not in turns.weekdays:
            continue
        begin = datetime.combine(day, time(turns.from_minute // 60, turns.from_minute % 60))
        last = day if turns.to_minute > turns.from_minute else day + timedelta(days=1)
        if begin <= reached < datetime.combine(last, time(turns.to_minute // 60, turns.to_minute % 60)):
            return True
    return False


def read_clock(at: Instant, zone: str) -> datetime:
    """What hangs on the wall."""
    return at.utc().astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
