"""What is due next on tickets, with the open time that is left, as lists show it."""

from collections.abc import Sequence
from typing import Any

from upheld.apps.desk.queries import find_unknown, next_runs
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.core.service_hours import ServiceHours
from upheld.core.terms import Terms
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.desk import DueClock

Ticket = Any
"""A row of the desk, as its queries give it."""
NEEDS_PRIORITY, NOT_KNOWN = "needs a priority", "when it is due is not known yet"


class Calendars:
    """The calendars of agreements by their names, each agreement's terms read once."""

    def __init__(self, as_of: Instant) -> None:
        self.as_of = as_of
        self.known: dict[str, Terms | None] = {}

    def read(self, agreement: Any) -> Terms | None:
        """The agreement's terms; None where it cannot be judged."""
        if agreement.key not in self.known:
            try:
                self.known[agreement.key] = terms_of(agreement, self.as_of)
            except CannotJudge:
                self.known[agreement.key] = None
        return self.known[agreement.key]

    def find(self, agreement: Any, name: str) -> ServiceHours | None:
        terms = self.read(agreement)
        return terms.calendars.get(name) if terms else None


def name_clock(name: str) -> str:
    """`first-response` as people say it."""
    return name.replace("-", " ")


def name_hours(hours: ServiceHours | None, name: str) -> str:
    """`support-hours`, the calendar's own name, as the reasons write it; nothing where every hour counts."""
    return "" if not name or (hours is not None and hours.always) else name


def measure(hours: ServiceHours | None, start: Instant, end: Instant) -> Duration:
    """Open time from one instant to another; none where the other does not lie after it."""
    if start >= end:
        return ZERO
    return hours.elapsed(Span(start, end)) if hours is not None else end - start


def tell_due(hours: ServiceHours | None, clock: str, calendar: str, due_at: Instant, as_of: Instant) -> DueClock:
    return DueClock(
        clock=name_clock(clock),
        due_at=due_at,
        left=measure(hours, as_of, due_at),
        over=measure(hours, due_at, as_of),
        hours=name_hours(hours, calendar),
        is_over=due_at < as_of,
    )


def find_due(tickets: Sequence[Ticket], as_of: Instant) -> dict[int, DueClock]:
    """By the tickets' rows, what is due next on each, from the runs as they were last reckoned."""
    calendars = Calendars(as_of)
    runs = next_runs(tickets)
    found = {}
    for ticket in tickets:
        run = runs.get(ticket.pk)
        if run is None or run.due_us is None or ticket.agreement is None:
            continue
        hours = calendars.find(ticket.agreement, run.calendar)
        found[ticket.pk] = tell_due(hours, run.clock, run.calendar, Instant(run.due_us), as_of)
    return found


def tell_needs(tickets: Sequence[Ticket], as_of: Instant) -> dict[int, str]:
    """By the tickets' rows, what must be known before anybody can say when they are due."""
    unknown, calendars, found = find_unknown(tickets), Calendars(as_of), {}
    for ticket in tickets:
        if ticket.pk in unknown and ticket.agreement is not None:
            terms = calendars.read(ticket.agreement)
            has_priorities = terms is not None and bool(terms.desk.priorities)
            found[ticket.pk] = NEEDS_PRIORITY if has_priorities and not ticket.priority else NOT_KNOWN
    return found
