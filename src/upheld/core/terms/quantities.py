"""The grammar of quantities in an agreement: lengths, shares, comparisons, deadlines, frequencies. Exact, no defaults."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from upheld.core.explain import show, show_count
from upheld.core.money import Money, NotMoney
from upheld.core.terms.sizes import Size, parse_size
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Duration

UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR, "week": DAY * 7}
CALENDAR_UNITS = ("month", "quarter", "year")
DAY_KINDS = ("whole", "open", "closing")
SAYS = {"at least": ">=", "more than": ">", "under": "<", "at most": "<=", "exactly": "="}
NUMBER = r"\d+(?:\.\d+)?"
NAME = r"[a-z][a-z0-9-]*"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class NotAQuantity(ValueError):
    """A text that the grammar does not know, with what to write instead."""


@dataclass(frozen=True, slots=True)
class Days:
    """
    Days that are not elapsed time. `calendar` names the calendar whose days they are; empty means calendar days (dates).

    `kind` overrides what a day of that calendar means: `whole`, `open hours`, `closing`; empty means as the calendar says.
    """

    number: int
    calendar: str = ""
    kind: str = ""

    def __str__(self) -> str:
        kind = {"open hours": "open "}.get(self.kind, f"{self.kind} " if self.kind else "")
        return show_count(self.number, f"{kind}{self.calendar or 'calendar'} days")


@dataclass(frozen=True, slots=True)
class Months:
    """Months, quarters or years counted on dates."""

    number: int

    def __str__(self) -> str:
        return show_count(self.number, "months")


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of the agreement's own, by name: `2 billing-months`."""

    number: int
    period: str

    def __str__(self) -> str:
        return show_count(self.number, f"{self.period}s")


@dataclass(frozen=True, slots=True)
class OpenTime:
    """Open time of a calendar."""

    length: Duration
    calendar: str

    def __str__(self) -> str:
        return show_count(self.length.micros // MINUTE.micros, f"open minutes of {self.calendar}")


@dataclass(frozen=True, slots=True)
class Percent:
    """A share written in per cent; `decimals` as written."""

    exact: Fraction
    decimals: int

    def __str__(self) -> str:
        scaled = self.exact * 100 * 10**self.decimals
        whole, part = divmod(scaled.numerator, 10**self.decimals)
        return f"{whole}.{part:0{self.decimals}d} %" if self.decimals else f"{whole} %"


Length = Duration | Days | Months | OpenTime
Quantity = Duration | Days | Months | OpenTime | Percent | Money | Size | Fraction


@dataclass(frozen=True, slots=True)
class Comparison:
    """One or two worded edges: `at least 99.0 % and under 99.5 %`."""

    edges: tuple[tuple[str, Quantity], ...]
    written: str

    def __str__(self) -> str:
        return self.written

    def holds(self, figure: Fraction | Duration) -> bool:
        """Whether an exact figure lies inside all edges."""
        return all(compare(figure, sign, edge) for sign, edge in self.edges)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A length after an event, or the far side of it: `5 business days after outage end`."""

    length: Length | Periods
    anchor: str

    def __str__(self) -> str:
        if isinstance(self.length, Periods):
            return f"end of {self.length.period} {self.length.number} after {self.anchor}"
        length = show(self.length) if isinstance(self.length, Duration) else self.length
        return f"{length} after {self.anchor}"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How much in each period: `1 per week`, `10 hours per year`."""

    amount: Fraction | Duration
    per: str


def compare(figure: Fraction | Duration, sign: str, edge: Quantity) -> bool:
    left = Fraction(figure.micros) if isinstance(figure, Duration) else figure
    if isinstance(edge, Duration) != isinstance(figure, Duration) or isinstance(edge, Days | Months | OpenTime):
        raise NotAQuantity(f"{figure} and {edge} cannot be compared: they are of different kinds")
    right = measure_of(edge)
    return {">=": left >= right, ">": left > right, "<": left < right, "<=": left <= right, "=": left == right}[sign]


def measure_of(edge: Quantity) -> Fraction:
    """The bare figure of a quantity that can be compared."""
    if isinstance(edge, Duration):
        return Fraction(edge.micros)
    if isinstance(edge, Percent):
        return edge.exact
    if isinstance(edge, Money):
        return edge.amount
    if isinstance(edge, Size):
        return edge.bytes
    if isinstance(edge, Fraction):
        return edge
    raise NotAQuantity(f"{edge} depends on a calendar and cannot be compared")


def parse_length(text: str) -> Length:
    """
    >>> parse_length("15 minutes")
    Duration(micros=900000000)
    >>> parse_length("5 business days")
    Days(number=5, calendar='business', kind='')
    """
    if found := re.fullmatch(rf"({NUMBER}) (second|minute|hour|week)s?", text):
        return scaled(found[1], UNITS[found[2]], text)
    if found := re.fullmatch(r"(\d+) elapsed days?", text):
        return DAY * int(found[1])
    if found := re.fullmatch(r"(\d+) (month|quarter|year)s?", text):
        return Months(int(found[1]) * {"month": 1, "quarter": 3, "year": 12}[found[2]])
    if re.fullmatch(rf"{NUMBER} days?", text):
        raise NotAQuantity(
            f"{text!r} does not say which days: elapsed days, calendar days, or the days of a calendar "
            f"(for instance 5 business days, 5 whole business days, 5 open business days, 5 closing business days)"
        )
    if found := re.fullmatch(rf"(\d+) (?:(whole|open|closing) )?({NAME}) days?", text):
        kind = {"open": "open hours", None: ""}.get(found[2], found[2])
        return Days(int(found[1]), "" if found[3] == "calendar" else found[3], kind or "")
    if found := re.fullmatch(rf"({NUMBER}) ({NAME}) (minute|hour)s?", text):
        return OpenTime(scaled(found[1], UNITS[found[3]], text), found[2])
    raise NotAQuantity(f"{text!r} is not a length of time; write for instance 15 minutes, 8 hours or 5 business days")


def scaled(number: str, unit: Duration, text: str) -> Duration:
    micros = Fraction(number) * unit.micros
    if micros.denominator != 1:
        raise NotAQuantity(f"{text!r} is finer than a microsecond")
    return Duration(micros.numerator)


def parse_percent(text: str) -> Percent:
    if re.fullmatch(r"\d+,\d+ ?%", text):
        raise NotAQuantity(f"{text!r} has a comma; write {text.replace(',', '.').replace('%', ' %').replace('  ', ' ')}")
    found = re.fullmatch(r"(\d+(?:\.(\d+))?) %", text)
    if not found:
        raise NotAQuantity(f"{text!r} is not a percentage; write for instance 99.5 %, with a space before the sign")
    return Percent(Fraction(found[1]) / 100, len(found[2] or ""))


def parse_quantity(text: str) -> Quantity:
    """Any quantity that can stand in a comparison."""
    if "%" in text:
        return parse_percent(text)
    if re.fullmatch(NUMBER, text):
        return Fraction(text)
    if size := parse_size(text):
        return size
    try:
        return Money.parse(text)
    except NotMoney:
        return parse_length(text)


def parse_comparison(text: str) -> Comparison:
    """
    >>> parse_comparison("at least 99.5 %").holds(Fraction(995, 1000))
    True
    """
    edges: list[tuple[str, Quantity]] = []
    for part in text.split(" and "):
        word = next((word for word in SAYS if part.startswith(word + " ")), None)
        if word is None:
            raise NotAQuantity(
                f"{part!r} says no comparison; put one of {', '.join(SAYS)} before the figure, so that its edge is plain"
            )
        edges.append((SAYS[word], parse_quantity(part[len(word) + 1 :])))
    return Comparison(tuple(edges), text)


def parse_reach(text: str) -> Length | Periods:
    """A length to look back over: `6 months`, `2 billing-months` (periods of the agreement, whose names hold a hyphen)."""
    if found := re.fullmatch(r"(\d+) ([a-z][a-z0-9]*(?:-[a-z0-9]+)+)", text):
        name = found[2] if found[1] == "1" else found[2].removesuffix("s")
        return Periods(int(found[1]), name)
    return parse_length(text)


def parse_deadline(text: str) -> Deadline:
    if found := re.fullmatch(rf"end of ({NAME}) (\d+) after (.+)", text):
        return Deadline(Periods(int(found[2]), found[1]), found[3])
    length, after, anchor = text.partition(" after ")
    if not after:
        raise NotAQuantity(f"{text!r} is not a deadline; write for instance 5 business days after outage end")
    return Deadline(parse_length(length), anchor)


def parse_frequency(text: str) -> Frequency:
    found = re.fullmatch(r"(.+) per (day|week|month|quarter|year)", text)
    if not found:
        raise NotAQuantity(f"{text!r} is not a frequency; write for instance 1 per week")
    if found[1].isdigit():
        return Frequency(Fraction(found[1]), found[2])
    length = parse_length(found[1])
    if not isinstance(length, Duration):
        raise NotAQuantity(f"{text!r} is not a frequency; its amount is a number or an elapsed time")
    return Frequency(length, found[2])


def parse_times(text: str) -> Fraction:
    found = re.fullmatch(rf"({NUMBER}) x", text)
    if not found:
        raise NotAQuantity(f"{text!r} is not a multiple; write for instance 10 x")
    return Fraction(found[1])


def parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotAQuantity(f"{text!r} is not a date; write year-month-day, for instance 2023-01-13") from None


def parse_yearly(text: str) -> tuple[int, int]:
    """`1 January`, `every 25 December`: month and day of each year."""
    found = re.fullmatch(r"(?:every )?(\d{1,2}) ([A-Z][a-z]+)", text)
    if not found or found[2] not in MONTHS:
        raise NotAQuantity(f"{text!r} is not a day of the year; write for instance every 25 December")
    month, day = MONTHS.index(found[2]) + 1, int(found[1])
    try:
        date(2024, month, day)
    except ValueError:
        raise NotAQuantity(f"{text!r} names a day that {found[2]} does not have") from None
    return month, day
