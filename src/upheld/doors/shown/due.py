"""What is due next on tickets, with the open time that is left, as lists show it."""

from collections.abc import Mapping, Sequence
from typing import Any

from upheld.apps.desk.queries import next_runs
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.core.service_hours import ServiceHours
from upheld.core.timeline import ZERO, Duration, Instant, Span
from upheld.pages.contexts.desk import DueClock

Ticket = Any
"""A row of the desk, as its queries give it."""


class Calendars:
    """The calendars of agreements by their names, each agreement's terms read once."""

    def __init__(self, as_of: Instant) -> None:
        self.as_of = as_of
        self.known: dict[str, Mapping[str, ServiceHours]] = {}

    def find(self, agreement: Any, name: str) -> ServiceHours | None:
        if agreement.key not in self.known:
            try:
                self.known[agreement.key] = terms_of(agreement, self.as_of).calendars
            except CannotJudge:
                self.known[agreement.key] = {}
        return self.known[agreement.key].get(name)


def name_clock(name: str) -> str:
    """`first-response` as people say it."""
    return name.replace("-", " ")


def name_hours(hours: ServiceHours | None, name: str) -> str:
    """`support hours`; nothing where every hour counts."""
    if not name or (hours is not None and hours.always):
        return ""
    said = name.replace("-", " ")
    return said if said.endswith(("hours", "days")) else f"{said} hours"


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
