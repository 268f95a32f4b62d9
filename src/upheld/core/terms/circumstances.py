"""What is known while a condition is answered, and where a length of time that the agreement names comes to its end."""

from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from typing import Protocol

from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money
from upheld.core.service_hours import ServiceHours, Zone, next_day, next_month
from upheld.core.terms.place import Unreadable
from upheld.core.terms.quantities import Days, Deadline, Length, Months, OpenTime, Periods
from upheld.core.timeline import MICRO, Duration, Instant, Span


@frozen_class
class Lead(Frozen):
    """The time between a notice and what it announced."""

    start: Instant
    end: Instant


@frozen_class
class Found(Frozen):
    """
    What was found of a rule: its verdict in words, its figure where it has one, and the time behind that (of availability
    the time down), which answers a comparison with a length.
    """

    verdict: str
    figure: Fraction | Duration | None = None
    time: Duration | None = None

    def __str__(self) -> str:
        return self.verdict


class Recurring(Protocol):
    """A kind of period: which one an instant lies in."""

    def containing(self, instant: Instant) -> Span: ...


Known = str | tuple[str, ...] | Fraction | Duration | Money | Instant | Lead | Found | None


@frozen_class
class Circumstances(Frozen):
    """
    What is known while a condition is answered. An absent name is not known; None is known to be missing.

    The fact `at` is the instant of which the condition is asked.
    """

    facts: Mapping[str, Known]
    anchors: Mapping[str, Instant]
    calendars: Mapping[str, ServiceHours]
    zone: Zone | None = None
    """On whose dates months and calendar days are counted."""

    periods: Mapping[str, Recurring] = field(default_factory=dict)
    earlier: "Callable[[str, int], tuple[Circumstances, ...] | None] | None" = None
    """What was known of a fact in the period that lies so many before this one, once for each time that it came up."""

    def end_of(self, length: Length | Periods, start: Instant, is_edge: bool = False) -> Instant:
        """
        The instant that lies a length after another. An edge (the end of a period) is where the count of days begins: its
        own date is counted, as it is not of an event within a day.
        """
        if isinstance(length, Duration):
            return start + length
        if isinstance(length, Days) and length.calendar:
            begun = start.before(MICRO) if is_edge else start
            return self.calendars[length.calendar].end_of_days(begun, length.number, length.kind)
        if isinstance(length, OpenTime):
            return self.calendars[length.calendar].due(start, length.length)
        if isinstance(length, Periods):
            return self.end_of_periods(length, start)
        if self.zone is not None:
            return end_of_dates(length, start, self.zone, is_edge)
        raise Unreadable(f"{length} needs a zone of its own and is not judged here")

    def end_of_periods(self, length: Periods, start: Instant) -> Instant:
        """The end of the nth period after the one in which an instant lies."""
        period = self.periods[length.period]
        end = period.containing(start).end
        for _ in range(length.number):
            end = period.containing(end).end
        return end

    def deadline(self, deadline: Deadline) -> Instant | None:
        start = self.anchors.get(deadline.anchor)
        return None if start is None else self.end_of(deadline.length, start, deadline.anchor == "period end")


def end_of_dates(length: Days | Months, start: Instant, zone: Zone, is_edge: bool = False) -> Instant:
    """The midnight that ends the last of so many dates; the date of the start itself is not counted."""
    day = zone.date_at(start)
    last = next_day(day, length.number) if isinstance(length, Days) else next_month(day, length.number)
    return zone.midnight(last if is_edge else next_day(last))
