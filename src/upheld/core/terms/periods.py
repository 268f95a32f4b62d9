"""The spans of time over which figures are taken: calendar and billing months, quarters, weeks, fixed or sliding lengths."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from upheld.core.explain import show
from upheld.core.service_hours import Zone
from upheld.core.terms.hours import WEEKDAYS
from upheld.core.terms.place import Place, Unreadable, flag, text
from upheld.core.terms.quantities import (
    Days,
    Frequency,
    Length,
    Months,
    NotAQuantity,
    parse_date,
    parse_frequency,
    parse_length,
    parse_yearly,
)
from upheld.core.terms.zones import Zones
from upheld.core.timeline import Duration, Instant, Span

FIRST_MONDAY = date(2024, 1, 1)
LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class Period:
    """
    Spans of one length on the dates of a zone: months that begin on a day of the month, days and weeks counted from a
    date, or elapsed time counted from the midnight of a date.

    `anchor` is a day on which one of them begins. `denominator` is what the agreement counts as all the time of one; None
    where that is what elapses. A `sliding` one lies anywhere: each span of the length, or the one that `ends` with an event.
    """

    name: str
    length: Length
    anchor: date
    zone: Zone
    denominator: Frequency | None
    clauses: tuple[str, ...]
    sliding: bool = False
    ends: str = ""

    @property
    def months(self) -> int:
        """How many months one has; none where it is counted in days or elapsed time."""
        return self.length.number if isinstance(self.length, Months) else 0

    def starting(self, year: int, month: int) -> Span:
        """The period that begins in a month, on its anchor's day; of shorter ones that in which the month begins."""
        if self.months:
            return Span(self.begin(year, month), self.begin(*months_on(year, month, self.months)))
        return self.containing(self.zone.midnight(date(year, month, 1)))

    def begin(self, year: int, month: int) -> Instant:
        """The midnight of the anchor's day in a month; a month that lacks the day begins on its last one."""
        return self.zone.midnight(day_in(year, month, self.anchor.day))

    def containing(self, instant: Instant) -> Span:
        """The period in which an instant lies. A sliding one begins there, for whoever needs one of that length."""
        if self.sliding:
            return self.sliding_from(instant)
        if isinstance(self.length, Months):
            day = self.zone.date_at(instant)
            first = months_on(day.year, day.month, -((day.year * 12 + day.month - self.anchor_month) % self.length.number))
            if instant < self.begin(*first):
                first = months_on(*first, -self.length.number)
            return self.starting(*first)
        if isinstance(self.length, Days):
            into = (self.zone.date_at(instant) - self.anchor).days % self.length.number
            start = self.zone.date_at(instant) - timedelta(days=into)
            return Span(self.zone.midnight(start), self.zone.midnight(start + timedelta(days=self.length.number)))
        assert isinstance(self.length, Duration)
        into_it = Duration((instant - self.zone.midnight(self.anchor)).micros % self.length.micros)
        start_at = instant.before(into_it)
        return Span(start_at, start_at + self.length)

    @property
    def anchor_month(self) -> int:
        return self.anchor.year * 12 + self.anchor.month

    def sliding_from(self, start: Instant) -> Span:
        """The span of this length that begins at an instant."""
        if isinstance(self.length, Duration):
            return Span(start, start + self.length)
        return Span(start, self.moved(start, 1))

    def sliding_to(self, end: Instant) -> Span:
        """The span of this length that ends at an instant."""
        if isinstance(self.length, Duration):
            return Span(end.before(self.length), end)
        return Span(self.moved(end, -1), end)

    def moved(self, instant: Instant, times: int) -> Instant:
        """The same local time some of its lengths later or, where `times` is negative, earlier."""
        day = self.zone.date_at(instant)
        into = Duration(instant.micros - self.zone.midnight(day).micros)
        if isinstance(self.length, Months):
            year, month = months_on(day.year, day.month, self.length.number * times)
            return self.zone.at(day_in(year, month, day.day), into)
        assert isinstance(self.length, Days)
        return self.zone.at(day + timedelta(days=self.length.number * times), into)

    def within(self, span: Span) -> Iterator[Span]:
        """The periods that a statement of a span judges: the one that holds it, else all that end in it."""
        found = self.containing(span.start)
        if found.end >= span.end:
            yield found
        else:
            while found.end <= span.end:
                yield found
                found = self.containing(found.end)

    def all_time(self, span: Span) -> Duration:
        """The length that the agreement gives a period: elapsed, or so much for each of its dates or months."""
        if self.denominator is None:
            return span.length
        assert isinstance(self.denominator.amount, Duration)
        if self.denominator.per == "month":
            return self.denominator.amount * self.months
        days = self.zone.date_at(span.end) - self.zone.date_at(span.start)
        return self.denominator.amount * days.days

    def explain_denominator(self, span: Span) -> str:
        """How its length is reckoned where that is not the time elapsed: `30 days of 1,440 min`."""
        if self.denominator is None or not isinstance(self.denominator.amount, Duration):
            return ""
        number = self.months
        if self.denominator.per == "day":
            number = (self.zone.date_at(span.end) - self.zone.date_at(span.start)).days
        noun = self.denominator.per if number == 1 else f"{self.denominator.per}s"
        return f"{number} {noun} of {show(self.denominator.amount)}"

    def name_of(self, span: Span) -> str:
        """`2026-02` for months, the date for days, date and time for what is shorter."""
        day = self.zone.date_at(span.start)
        if self.months:
            return f"{day:%Y-%m}"
        is_whole = self.zone.midnight(day) == span.start and not self.sliding
        return f"{day:%Y-%m-%d}" if is_whole else f"{span.start}"


UTC = Zone("UTC", (Instant.midnight(date(1900, 1, 1)),), (0,))
MONTHS = Period("month", Months(1), date(2024, 1, 1), UTC, None, ())
"""What an agreement without any period is stated by; nothing is judged over it."""


def months_on(year: int, month: int, months: int) -> tuple[int, int]:
    """Year and month, some months later."""
    into = year * 12 + month - 1 + months
    return into // 12, into % 12 + 1


def day_in(year: int, month: int, day: int) -> date:
    """A day of a month, or its last one where it has no such day."""
    first = date(year, month, 1)
    following = date(*months_on(year, month, 1), 1)
    return min(first + timedelta(days=day - 1), following - timedelta(days=1))


def bind_period(name: str, place: Place, zones: Zones) -> Period | None:
    length, starts = place.read("length", parse_length), place.read("starts", parse_anchor)
    zone, counts_as = zones.read(place), place.read("counts as", parse_denominator)
    sliding, ends = place.read("sliding", flag, False), place.read("ends", text, "")
    if not (length and starts and zone and counts_as and sliding and ends):
        return None
    found = as_dates(length.value, starts.value)
    if isinstance(found, str):
        place.problem(found, "length")
        return None
    denominator = counts_as.value[0]
    if denominator and denominator.per == "month" and not isinstance(found, Months):
        place.problem("so much per month needs a period of months; write elapsed time, or so much per day", "counts as")
        return None
    return Period(
        name, found, starts.value[0], zone, denominator, place.clauses, sliding.value or bool(ends.value),
        ends.value,
    )  # fmt: skip


def as_dates(length: Length, starts: tuple[date, bool]) -> Length | str:
    """The length of a period; whole weeks that begin on a weekday are counted on dates. A text says what is wrong."""
    week = Duration(7 * 86_400_000_000)
    if isinstance(length, Duration) and starts[1] and length.micros % week.micros == 0:
        return Days(length.micros // week.micros * 7)
    if isinstance(length, Days) and length.calendar:
        return f"a period of {length} has no edges of its own; write calendar days, or elapsed time"
    if isinstance(length, Months | Days | Duration) and has_length(length):
        return length
    said = show(length) if isinstance(length, Duration) else length
    return f"{said} is no length of a period; write for instance 1 month, 3 months, 1 week or 30 elapsed days"


def has_length(length: Months | Days | Duration) -> bool:
    return length.micros > 0 if isinstance(length, Duration) else length.number > 0


def parse_anchor(value: Any) -> tuple[date, bool]:
    """
    A day on which a period begins, and whether it was named by its weekday: `1 February`, `15` (of the month),
    `2026-03-10`, `monday`.
    """
    written = str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)
    if re.fullmatch(r"[0-9]{1,2}", written):
        if not 1 <= int(written) <= LAST_DAY:
            raise Unreadable(f"{written!r} is no day of a month")
        return date(2024, 1, int(written)), False
    weekday = written.lower()[:3]
    if weekday in WEEKDAYS and (weekday == written or written.lower().endswith("day")):
        return FIRST_MONDAY + timedelta(days=WEEKDAYS.index(weekday)), True
    try:
        return parse_date(written), False
    except NotAQuantity:
        month, day = parse_yearly(written)
        return date(2024, month, day), False


def parse_denominator(value: Any) -> tuple[Frequency | None]:
    """`elapsed time` (None), `1440 minutes per day` or `43800 minutes per month`."""
    if value == "elapsed time":
        return (None,)
    per = parse_frequency(text(value))
    if per.per not in ("day", "month") or not isinstance(per.amount, Duration):
        raise Unreadable(f"{value!r} is no denominator; write elapsed time, or for instance 1440 minutes per day")
    return (per,)
