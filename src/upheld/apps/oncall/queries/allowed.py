"""When a step is due: after so many minutes of the time in which a policy tells; what is not urgent after quiet hours."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.apps.oncall.models import Hours
from upheld.apps.oncall.queries.turns import zone_named
from upheld.core.service_hours import next_day
from upheld.core.timeline import DAY, MINUTE, Instant, Span, Timeline

MOST_HOLDS = 400
"""More than a year of days, each with its quiet hours."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours by a zone's wall clock; up to or before their beginning they end on the next day."""

    zone: str
    from_minute: int
    to_minute: int


def find_due(at: Instant, minutes: int, *, hours: str, open_spans: Sequence[Span], quiet: Quiet | None) -> Instant:
    """
    The first instant after `minutes` of time in which it may be told, counted from `at`, that lies in no quiet hours.

    Past the last open span that is known, every hour counts: rather told too early than never.
    """
    due = count_minutes(at, minutes, hours=hours, open_spans=open_spans)
    for _ in range(MOST_HOLDS if quiet else 0):
        held = hold(due, quiet) if quiet else due
        moved = count_minutes(held, 0, hours=hours, open_spans=open_spans)
        if moved == due:
            break
        due = moved
    return due


def count_minutes(at: Instant, minutes: int, *, hours: str, open_spans: Sequence[Span]) -> Instant:
    """When `minutes` of the told time have gone by since `at`; none of it is the first instant that counts."""
    left, now = MINUTE * minutes, at
    for closed in find_closed(at, hours, open_spans).spans:
        if closed.end <= now:
            continue
        if now + left < closed.start:
            return now + left
        if now < closed.start:
            left = left - (closed.start - now)
        now = closed.end
    return now + left


def find_closed(at: Instant, hours: str, open_spans: Sequence[Span]) -> Timeline:
    """The time from `at` on in which it is not told."""
    known = Timeline.of(open_spans)
    if hours == Hours.ALWAYS or not known.spans or known.spans[-1].end <= at:
        return Timeline()
    ahead = Span(at, known.spans[-1].end)
    return known.within(ahead) if hours == Hours.OFF else Timeline((ahead,)).subtract(known)


def hold(at: Instant, quiet: Quiet) -> Instant:
    """The end of the quiet hours in which `at` lies; `at` itself outside of them."""
    if quiet.from_minute == quiet.to_minute:
        return at
    zone = zone_named(quiet.zone, Span(at, at + DAY))
    for day in (zone.date_at(at.before(DAY)), zone.date_at(at)):
        until = day if quiet.to_minute > quiet.from_minute else next_day(day)
        span = Span.forward(zone.at(day, MINUTE * quiet.from_minute), zone.at(until, MINUTE * quiet.to_minute))
        if span.contains(at):
            return span.end
    return at
