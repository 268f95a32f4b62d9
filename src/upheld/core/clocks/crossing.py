"""A run that crosses the edge of a calendar on which its time allowed hangs: the shorter time, or each in proportion."""

from collections.abc import Iterator
from fractions import Fraction

from upheld.core.clocks.choosing import Choice, calendars_of, choose_case
from upheld.core.clocks.counting import WHOLE, count_used, find_due, total_of
from upheld.core.clocks.matter import Matter
from upheld.core.terms import Terms
from upheld.core.terms.cases import Cases
from upheld.core.terms.clocks import Allowance, Clock
from upheld.core.timeline import DAY, Instant, Span, Timeline

MOST_DAYS = 800
"""A run is followed over so many days of edges; after that the last case goes on."""


def due_across(
    terms: Terms, rule: Cases[Clock], matter: Matter, begin: Instant, closed: Timeline, how: str, first: Allowance
) -> Instant | None:
    """When a run from `begin`, to which `first` is allowed there, is due, where the case changes with the calendar."""
    if how == "shorter":
        return due_by_shortest(terms, rule, matter, begin, closed, first)
    return due_in_proportion(terms, rule, matter, begin, closed, first)


def allowance_of(choice: Choice) -> Allowance | None:
    return choice.clock.within.value if choice.clock and choice.state == "timed" else None


def due_by_shortest(
    terms: Terms, rule: Cases[Clock], matter: Matter, begin: Instant, closed: Timeline, first: Allowance
) -> Instant | None:
    """The shortest of the times of all cases that the run touches."""
    due = find_due(first, begin, closed)
    for edge in edges_after(terms, rule, begin):
        if due is None or edge >= due:
            break
        other = allowance_of(choose_case(terms, rule, matter, edge, edge))
        found = find_due(other, begin, closed) if other else None
        due = min(due, found) if found else due
    return due


def due_in_proportion(
    terms: Terms, rule: Cases[Clock], matter: Matter, begin: Instant, closed: Timeline, first: Allowance
) -> Instant | None:
    """Each stretch uses up its share of the time that its own case allows; at the whole the run is due."""
    left, at, allowance = WHOLE, begin, first
    for edge in edges_after(terms, rule, begin):
        open_time, paused = count_used(allowance, at, edge, closed)
        used = Fraction((open_time - paused).micros, max(total_of(allowance, at).micros, 1))
        if used >= left:
            break
        left, at = left - used, edge
        allowance = allowance_of(choose_case(terms, rule, matter, edge, edge)) or allowance
    return find_due(allowance, at, closed, left)


def edges_after(terms: Terms, rule: Cases[Clock], begin: Instant) -> Iterator[Instant]:
    """The instants after `begin` at which a calendar of the cases opens or closes."""
    calendars = [terms.calendars[name] for name in calendars_of(rule)]
    for week in range(0, MOST_DAYS, 7):
        span = Span(begin + DAY * week, begin + DAY * (week + 7))
        edges = {edge for hours in calendars for one in hours.open_within(span) for edge in (one.start, one.end)}
        yield from sorted(edge for edge in edges if span.start < edge < span.end)
