"""Counting: when allowed time is used up, and how much of it is, with the time left out in which a clock stands still."""

from fractions import Fraction

from upheld.core.clocks.matter import FOREVER
from upheld.core.service_hours import NeverOpen, ServiceHours, next_day
from upheld.core.terms.clocks import Allowance
from upheld.core.timeline import ZERO, Duration, Instant, Span, Timeline

WHOLE = Fraction(1)


def find_due(allowance: Allowance, start: Instant, gaps: Timeline, share: Fraction = WHOLE) -> Instant | None:
    """
    The instant at which a share of the allowed time is used up; None while an open gap hides it, or where a calendar is
    never open again.
    """
    try:
        if not allowance.days:
            return walk(allowance.hours, start, cut(allowance.open, share), gaps)
        base = end_of_days(allowance, start)
        if share != WHOLE:
            return walk(counted_hours(allowance), start, cut(opened(counted_hours(allowance), start, base), share), gaps)
        lost = sum((opened(counted_hours(allowance), gap.start, gap.end) for gap in gaps.within(Span(start, base))), ZERO)
        return walk(counted_hours(allowance), base, lost, gaps) if lost else base
    except NeverOpen:
        return None


def cut(length: Duration, share: Fraction) -> Duration:
    """A share of a length, floored: whoever stops in a whole microsecond is in time by the one as by the other."""
    return Duration(int(length.micros * share // 1))


def end_of_days(allowance: Allowance, start: Instant) -> Instant:
    """The end of so many days, the day of the start not counted."""
    hours = allowance.hours
    if allowance.kind == "dates":
        return hours.zone.midnight(next_day(hours.zone.date_at(start), allowance.days + 1))
    return hours.end_of_days(start, allowance.days, allowance.kind)


def counted_hours(allowance: Allowance) -> ServiceHours:
    """The hours in which time is counted; calendar days pass at all hours."""
    if allowance.kind != "dates":
        return allowance.hours
    hours = allowance.hours
    return ServiceHours("always", hours.zone, ((),) * 7, frozenset(), "none", always=True)


def walk(hours: ServiceHours, start: Instant, allowed: Duration, gaps: Timeline) -> Instant | None:
    """The earliest instant at which so much open time outside the gaps has passed."""
    at, left = start, allowed
    for gap in gaps:
        if gap.end <= at:
            continue
        reach = max(gap.start, at)
        free = opened(hours, at, reach)
        if free >= left:
            return hours.due(at, left)
        left, at = left - free, gap.end
        if at >= FOREVER:
            return None
    return hours.due(at, left)


def opened(hours: ServiceHours, start: Instant, end: Instant) -> Duration:
    return hours.elapsed(Span(start, end)) if start < end else ZERO


def count_used(allowance: Allowance, start: Instant, end: Instant, gaps: Timeline) -> tuple[Duration, Duration]:
    """The open time between two instants, and the part of it that lies in gaps."""
    hours = counted_hours(allowance)
    if end <= start:
        return ZERO, ZERO
    paused = sum((opened(hours, gap.start, gap.end) for gap in gaps.within(Span(start, end))), ZERO)
    return opened(hours, start, end), paused


def total_of(allowance: Allowance, start: Instant) -> Duration:
    """The allowed time as a length of open time; none at all where a calendar has no such day any more."""
    if not allowance.days:
        return allowance.open
    try:
        end = end_of_days(allowance, start)
    except NeverOpen:
        return ZERO
    return opened(counted_hours(allowance), start, end)
