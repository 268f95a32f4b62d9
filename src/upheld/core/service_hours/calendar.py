"""When a calendar is open: open spans, open time between two instants, and the end of n of its days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from upheld.core.service_hours.zone import Zone, next_day
from upheld.core.timeline import DAY, ZERO, Duration, Instant, Span, Timeline

LONGEST_SEARCH_DAYS = 3660


class NeverOpen(ValueError):
    """A calendar that has no open time within ten years of the question."""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """
    A frozen calendar: hours of each weekday (Monday first), closed dates, and what one of its days means.

    `hours[weekday]` holds (from, to) into the local day; `to` may pass midnight. `always` is open without end.
    `day` is `whole` (midnight that ends the nth open day after), `open hours`, `closing` or `none`.
    """

    name: str
    zone: Zone
    hours: tuple[tuple[tuple[Duration, Duration], ...], ...]
    closed: frozenset[date]
    day: str
    always: bool = False

    def is_open_on(self, day: date) -> bool:
        """Whether a local date is one of this calendar's days."""
        return self.always or (bool(self.hours[day.weekday()]) and day not in self.closed)

    def open_spans_of(self, day: date) -> list[Span]:
        """The open spans that begin on a local date."""
        if self.always:
            return [Span(self.zone.midnight(day), self.zone.midnight(next_day(day)))]
        if day in self.closed:
            return []
        spans = (Span(self.zone.at(day, start), self.zone.at(day, end)) for start, end in self.hours[day.weekday()])
        return [span for span in spans if span.length]

    def open_within(self, span: Span) -> Timeline:
        """All open time inside a span."""
        day, last = next_day(self.zone.date_at(span.start), -1), self.zone.date_at(span.end)
        spans: list[Span] = []
        while day <= last:
            spans += self.open_spans_of(day)
            day = next_day(day)
        return Timeline.of(spans).within(span)

    def elapsed(self, span: Span) -> Duration:
        """Open time inside a span."""
        return self.open_within(span).total

    def openings_from(self, start: Instant) -> Iterator[Span]:
        """Open spans in order of their start, cut at `start`, for at most ten years."""
        day, reached = next_day(self.zone.date_at(start), -1), start
        for _ in range(LONGEST_SEARCH_DAYS):
            for span in sorted(self.open_spans_of(day)):
                if span.end > reached:
                    yield Span(max(span.start, reached), span.end)
                    reached = span.end
            day = next_day(day)

    def due(self, start: Instant, allowance: Duration) -> Instant:
        """The instant at which `allowance` of open time after `start` is used up: the earliest such instant."""
        if not allowance:
            return start
        left = allowance
        for span in self.openings_from(start):
            if span.length >= left:
                return span.start + left
            left = left - span.length
        raise NeverOpen(f"calendar {self.name} has too little open time in the ten years after {start}")

    def open_dates_after(self, instant: Instant) -> Iterator[date]:
        """The open local dates after the date of an instant, which is not a full day and does not count."""
        day = self.zone.date_at(instant)
        for _ in range(LONGEST_SEARCH_DAYS):
            day = next_day(day)
            if self.is_open_on(day):
                yield day
        raise NeverOpen(f"calendar {self.name} has too few open days in the ten years after {instant}")

    def end_of_days(self, instant: Instant, days: int, kind: str = "") -> Instant:
        """The end of `days` of this calendar's days counted from an instant, as `day` (or `kind`) says."""
        kind = kind or self.day
        if kind == "open hours":
            return self.due(instant, self.day_length() * days)
        dates = self.open_dates_after(instant)
        last = self.zone.date_at(instant)
        for _ in range(days):
            last = next(dates)
        midnight = self.zone.midnight(next_day(last))
        if kind == "closing":
            # No hours to close: none of no days, or a day whose hours the clock change skips.
            return max((span.end for span in self.open_spans_of(last)), default=midnight)
        return midnight

    def day_length(self) -> Duration:
        """The open time of one day; where weekdays differ, the longest."""
        if self.always:
            return DAY
        return max(sum((end - start for start, end in hours), ZERO) for hours in self.hours)
