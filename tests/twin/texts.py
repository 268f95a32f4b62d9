"""Calendars and questions about them, made by chance and written as plain text: all that the two sides have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONES = (
    "Europe/London", "Europe/London", "Europe/Dublin", "Europe/Athens", "Africa/Casablanca", "Africa/Cairo", "Asia/Beirut",
    "America/New_York", "America/New_York", "America/Havana", "America/Santiago", "America/Sao_Paulo", "America/St_Johns",
    "America/Nuuk", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Etc/GMT-3", "UTC",
)  # fmt: skip
YEARS = range(2009, 2031)
WINDOW = timedelta(days=38)
MARGIN = timedelta(days=4)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = ("mon-fri", "mon-fri", "mon-sun", "sat,sun", "sun", "sat", "mon,wed", "tue-thu", "fri-mon")
EDGES = (0, 0, 1, 30, 60, 90, 119, 120, 121, 150, 179, 180, 181, 1439)


@dataclass(frozen=True)
class Asked:
    """A calendar, and what is asked of it: a line each. Times are UTC, lengths whole seconds."""

    calendar: tuple[str, ...]
    questions: tuple[str, ...]


def make_asked(chance: Random, questions: int) -> Asked:
    """A calendar for some weeks, mostly such in which a clock changes, and so many questions about them."""
    zone = chance.choice(ZONES)
    first = begin_near_a_change(chance, zone)
    last = first + WINDOW
    lines = [f"zone {zone}", f"from {write(first)}", f"to {write(last)}"]
    if chance.random() < 0.04:
        lines.append("open always")
    else:
        lines += (f"open {chance.choice(DAYS)} {hours}" for hours in make_hours(chance))
        lines += (f"closed {day}" for day in sorted(make_closed(chance, first)))
    ask = Question(chance, first + MARGIN, last - MARGIN)
    return Asked(tuple(lines), tuple(ask.write_one() for _ in range(questions)))


def begin_near_a_change(chance: Random, zone: str) -> datetime:
    """The start of the weeks: with the next change of the zone's clocks among them, if it has one within a year."""
    at = datetime(chance.choice(YEARS), chance.randint(1, 12), chance.randint(1, 28), tzinfo=UTC)
    if chance.random() < 0.8:
        offset = at.astimezone(ZoneInfo(zone)).utcoffset()
        later = (at + timedelta(days=day) for day in range(370))
        change = next((day for day in later if day.astimezone(ZoneInfo(zone)).utcoffset() != offset), at)
        at = change - timedelta(days=chance.randint(6, 25))
    return at


def make_hours(chance: Random) -> Iterator[str]:
    """Office hours, split shifts, nights, hours around a change of clocks; some overlap, some edges are odd seconds."""
    for kind in chance.choices(("office", "split", "night", "change", "short", "any"), k=chance.choice((1, 1, 2, 3))):
        if kind == "office":
            yield span_of(chance, 60 * chance.randint(6, 10), 60 * chance.randint(14, 20))
        elif kind == "split":
            yield span_of(chance, 60 * chance.randint(6, 9), 60 * chance.randint(10, 12))
            yield span_of(chance, 60 * chance.randint(12, 14), 60 * chance.randint(15, 24))
        elif kind == "night":
            yield span_of(chance, 60 * chance.randint(18, 23), 60 * chance.randint(1, 11))
        elif kind == "change":
            yield span_of(chance, chance.choice(EDGES), chance.choice(EDGES))
        elif kind == "short":
            minute = chance.randrange(1430)
            yield span_of(chance, minute, minute + chance.choice((1, 2, 5)))
        else:
            yield span_of(chance, chance.randrange(1440), chance.randrange(1441))


def span_of(chance: Random, start: int, end: int) -> str:
    """`09:00:00-17:30:00`; an end at or before its start lies on the next day."""
    first, last = start * 60, end * 60
    if chance.random() < 0.15:
        first, last = min(first + chance.choice((1, 59)), 86_399), max(last - chance.choice((1, 59)), 1)
    return f"{clock(first)}-{clock(last)}"


def clock(second: int) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def make_closed(chance: Random, first: datetime) -> set[date]:
    """Single holidays, and closures of several days that may overlap each other, weekends and the change of clocks."""
    closed = set()
    for _ in range(chance.choice((0, 1, 2, 4))):
        day = first.date() + timedelta(days=chance.randrange(WINDOW.days))
        closed |= {day + timedelta(days=more) for more in range(chance.choice((1, 1, 1, 3, 6)))}
    return closed


class Question:
    """Writes questions whose instants lie between two; many are on the hour, at midnight, a second aside."""

    def __init__(self, chance: Random, first: datetime, last: datetime) -> None:
        self.chance, self.first = chance, first
        self.minutes = (last - first) // timedelta(minutes=1)

    def write_one(self) -> str:
        kind = self.chance.choices(("elapsed", "due", "elapsed-outside", "due-outside", "days"), (30, 30, 10, 10, 20))[0]
        if kind.startswith("elapsed"):
            one, other = sorted((self.instant(), self.instant()))
            if kind == "elapsed-outside":
                other = min(other, one + timedelta(days=self.chance.randrange(1, 9)))
            asked = f"{kind} {write(one)} {write(other)}"
        elif kind.startswith("due"):
            one = self.instant()
            asked = f"{kind} {write(one)} {self.allowance()}"
        else:
            sense = self.chance.choice(("whole", "closing", "open-hours"))
            return f"days {write(self.instant())} {self.chance.choice((0, 1, 1, 2, 3, 5, 8))} {sense}"
        return asked if "outside" not in kind else " ".join((asked, *self.pauses(one)))

    def instant(self) -> datetime:
        minute = self.chance.randrange(self.minutes)
        minute = minute // 30 * 30 if self.chance.random() < 0.3 else minute
        seconds = self.chance.choice((-1, 1, 17)) if self.chance.random() < 0.1 else 0
        return self.first + timedelta(minutes=minute, seconds=seconds)

    def allowance(self) -> int:
        seconds = self.chance.choice((0, 1, 59, 0, 0)) if self.chance.random() < 0.15 else 0
        return 60 * self.chance.choice((0, 1, 15, 30, 60, 240, 480, 480, 600, 1440, self.chance.randrange(2400))) + seconds

    def pauses(self, start: datetime) -> Iterator[str]:
        """`start/end` of one to four pauses, which may overlap, touch, be empty, begin before and end after."""
        for _ in range(self.chance.choice((1, 1, 2, 3, 4))):
            begun = start + timedelta(minutes=self.chance.randrange(-600, 6000))
            length = timedelta(minutes=self.chance.choice((0, 1, 30, 60, 480, 1440)), seconds=self.chance.choice((0, 0, 1)))
            yield f"{write(begun)}/{write(begun + length)}"


def write(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
