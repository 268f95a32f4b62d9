"""When a calendar is open: open spans, open time between two instants, and the end of n of its days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from upheld.core.service_hours.laying_out import list_spans
from upheld.core.service_hours.open_time import MICROS_OF_DAY, OpenTime
from upheld.core.service_hours.zone import Zone, next_day
from upheld.core.timeline import DAY, Duration, Instant, Span, Timeline

LONGEST_SEARCH_DAYS = 3660
LONGEST_SEARCH = LONGEST_SEARCH_DAYS * MICROS_OF_DAY
LAID_OUT_AHEAD_DAYS = 400
MOST_LAID_OUT_DAYS = 80 * 366
"""More years than any agreement lasts; what a question needs beyond them is laid out for it alone, and not kept."""


class NeverOpen(ValueError):
    """A calendar that has no open time within ten years of the question."""


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """
    A frozen calendar: hours of each weekday (Monday first), closed dates, and what one of its days means.

    `hours[weekday]` holds (from, to) into the local day; `to` may pass midnight. `always` is open without end.
    `day` is `whole` (midnight that ends the nth open day after), `open hours`, `closing` or `none`. It is open besides
    whenever one of its `sites` is, each by its own clocks and closed dates.
    """

    name: str
    zone: Zone
    hours: tuple[tuple[tuple[Duration, Duration], ...], ...]
    closed: frozenset[date]
    day: str
    always: bool = False
    sites: tuple["ServiceHours", ...] = ()
    # The years that were asked about, laid out. No part of what a calendar is: two that are equal stay equal. One element
    # that is replaced as a whole, so that threads which ask at once see the old years or the new ones.
    laid_out: list[OpenTime[int]] = field(default_factory=list, init=False, repr=False, compare=False)

    def is_open_on(self, day: date) -> bool:
        """Whether a local date is one of this calendar's days."""
        is_own = self.always or (bool(self.hours[day.weekday()]) and day not in self.closed)
        return is_own or any(site.is_open_on(day) for site in self.sites)

    def open_spans_of(self, day: date) -> list[Span]:
        """The open spans that begin on a local date; at each site on that date of its own."""
        own = self.own_spans_of(day)
        if not self.sites:
            return own
        return list(Timeline.of([*own, *(span for site in self.sites for span in site.open_spans_of(day))]).spans)

    def own_spans_of(self, day: date) -> list[Span]:
        """Those of its own hours, without its sites."""
        if self.always:
            return [Span(self.zone.midnight(day), self.zone.midnight(next_day(day)))]
        if day in self.closed:
            return []
        spans = (Span(self.zone.at(day, start), self.zone.at(day, end)) for start, end in self.hours[day.weekday()])
        return [span for span in spans if span.length]

    def open_within(self, span: Span) -> Timeline:
        """All open time inside a span."""
        first, last = span.start.micros, span.end.micros
        spans = self.lay_out(first, last).spans_within(first, last)
        return Timeline(tuple(Span(Instant(start), Instant(end)) for start, end in spans))

    def elapsed(self, span: Span) -> Duration:
        """Open time inside a span."""
        return Duration(self.opened_between(span.start.micros, span.end.micros))

    def opened_between(self, first: int, last: int) -> int:
        """Open time between two instants, the earlier one first: all in microseconds, for whoever asks often."""
        return self.lay_out(first, last).opened_between(first, last)

    def due(self, start: Instant, allowance: Duration) -> Instant:
        """The instant at which `allowance` of open time after `start` is used up: the earliest; none is used up at once."""
        return Instant(self.reached_after(start.micros, allowance.micros))

    def reached_after(self, start: int, allowance: int) -> int:
        """The earliest instant at which so much open time has passed since another: all in microseconds."""
        if allowance <= 0:
            return start
        last = start + LONGEST_SEARCH
        laid = self.lay_out(start, start)
        at = laid.reached_after(start, allowance)
        while at is None and laid.last_at < last:
            laid = self.lay_out(start, laid.last_at + LAID_OUT_AHEAD_DAYS * MICROS_OF_DAY)
            at = laid.reached_after(start, allowance)
        if at is None or at > last:
            raise NeverOpen(f"calendar {self.name} has too little open time in the ten years after {Instant(start)}")
        return at

    def lay_out(self, first: int, last: int) -> OpenTime[int]:
        """The open time of some years around two instants (microseconds); laid out once, as long as the years are few."""
        known = self.laid_out[0] if self.laid_out else None
        if known and known.first_at <= first and last <= known.last_at:
            return known
        around = [first, last, *((known.first_at, known.last_at) if known else ())]
        first_day, last_day = (day // MICROS_OF_DAY for day in (min(around), max(around)))
        is_kept = last_day - first_day <= MOST_LAID_OUT_DAYS
        if not is_kept:
            first_day, last_day = first // MICROS_OF_DAY, last // MICROS_OF_DAY
        first_day, last_day = first_day - LAID_OUT_AHEAD_DAYS, last_day + LAID_OUT_AHEAD_DAYS
        laid = OpenTime.of(first_day, last_day, self.list_openings(first_day, last_day))
        if is_kept:
            self.laid_out[:] = [laid]
        return laid

    def list_openings(self, first_day: int, last_day: int) -> list[tuple[int, int]]:
        """The spans (microseconds) that begin on the days from `first_day` to before `last_day`, its sites' among them."""
        if self.always:
            return [(first_day * MICROS_OF_DAY, last_day * MICROS_OF_DAY)]
        spans = list_spans(self.zone, self.hours, self.closed, self.own_spans_of, first_day, last_day)
        for site in self.sites:
            spans += site.list_openings(first_day, last_day)
        return spans

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
        """The open time of one day by its own hours, each moment counted once; where weekdays differ, the longest."""
        if self.always:
            return DAY
        spans = ([Span(Instant(start.micros), Instant(end.micros)) for start, end in hours] for hours in self.hours)
        return max(Timeline.of(day).total for day in spans)
