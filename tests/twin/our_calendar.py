"""The same texts asked of the product: of core one by one, also in datetimes, and of bulk all at once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from upheld.bulk import BusinessTime, SpansOf
from upheld.core.clocks.counting import count_used, find_due
from upheld.core.service_hours import CivilHours, ServiceHours, Zone
from upheld.core.terms.clocks import Allowance
from upheld.core.terms.hours import WEEKDAYS, parse_days
from upheld.core.timeline import DAY, SECOND, Duration, Instant, Span, Timeline
from upheld.language.calendars import transitions

YEARS = (2008, 2033)
Pauses = list[tuple[int, int]]


@cache
def freeze(zone: str) -> Zone:
    return Zone.from_json(zone, [list(start) for start in transitions(zone, *YEARS)])


def read_calendar(lines: Sequence[str]) -> ServiceHours:
    told = [line.split(" ", 1) for line in lines]
    zone = next(rest for word, rest in told if word == "zone")
    opened = [rest.split(" ") for word, rest in told if word == "open"]
    closed = frozenset(date.fromisoformat(rest) for word, rest in told if word == "closed")
    week: list[list[tuple[Duration, Duration]]] = [[] for _ in WEEKDAYS]
    for days, hours in opened if opened != [["always"]] else ():
        first, last = (read_clock(clock) for clock in hours.split("-"))
        for weekday in parse_days(days):
            week[weekday].append((first, last if last > first else last + DAY))
    always = opened == [["always"]]
    return ServiceHours("twin", freeze(zone), tuple(tuple(sorted(day)) for day in week), closed, "whole", always)


def read_clock(written: str) -> Duration:
    hours, minutes, seconds = map(int, written.split(":"))
    return SECOND * (hours * 3600 + minutes * 60 + seconds)


class OurCalendar:
    def __init__(self, lines: Sequence[str]) -> None:
        self.hours = read_calendar(lines)
        self.civil, self.bulk = CivilHours(self.hours), BusinessTime(self.hours)
        self.shown_in = ZoneInfo(self.hours.zone.name)

    def answer(self, question: str) -> int:
        """By core, in seconds."""
        kind, written, *rest = question.split(" ")
        start = Instant.parse(written)
        if kind == "elapsed":
            return seconds(self.hours.elapsed(Span(start, Instant.parse(rest[0]))))
        if kind == "due":
            return seconds(self.hours.due(start, SECOND * int(rest[0])))
        if kind == "days":
            return seconds(self.hours.end_of_days(start, int(rest[0]), rest[1].replace("-", " ")))
        paused = Timeline.of(Span(Instant(first), Instant(last)) for first, last in read_pauses(rest[1:]))
        if kind == "elapsed-outside":
            return seconds(self.hours.open_within(Span(start, Instant.parse(rest[0]))).subtract(paused).total)
        return self.due_outside(start, SECOND * int(rest[0]), paused)

    def due_outside(self, start: Instant, allowance: Duration, paused: Timeline) -> int:
        """Span by span through the open time that lies in no pause."""
        if not allowance:
            return seconds(start)
        left = allowance
        for span in self.hours.open_within(Span(start, start + DAY * 400)).subtract(paused):
            if span.length >= left:
                return seconds(span.start + left)
            left = left - span.length
        raise AssertionError("no answer within 400 days")

    def answer_by_clocks(self, question: str) -> int | None:
        """What is asked with pauses, as the clocks of tickets count."""
        kind, written, *rest = question.split(" ")
        if not kind.endswith("outside"):
            return None
        start = Instant.parse(written)
        gaps = Timeline.of(Span(Instant(first), Instant(last)) for first, last in read_pauses(rest[1:]))
        if kind == "due-outside":
            due = find_due(Allowance("", self.hours, SECOND * int(rest[0])), start, gaps)
            assert due is not None
            return seconds(due)
        opened, paused = count_used(Allowance("", self.hours), start, Instant.parse(rest[0]), gaps)
        return seconds(opened - paused)

    def answer_in_datetimes(self, question: str) -> int | None:
        """What is asked without pauses and days, in datetimes of the calendar's zone."""
        kind, written, *rest = question.split(" ")
        start = datetime.fromisoformat(written).astimezone(self.shown_in)
        if kind == "elapsed":
            return self.civil.elapsed(start, datetime.fromisoformat(rest[0])) // timedelta(seconds=1)
        if kind == "due":
            return seconds(Instant.of(self.civil.due(start, timedelta(seconds=int(rest[0])))))
        return None

    def answer_all(self, questions: Sequence[str]) -> dict[int, int]:
        """By bulk, all of a kind at once: the place of each question with its answer."""
        found: dict[int, int] = {}
        for kind in ("elapsed", "due", "elapsed-outside", "due-outside"):
            asked = [(place, each.split(" ")) for place, each in enumerate(questions) if each.startswith(f"{kind} ")]
            starts = [Instant.parse(words[1]).micros for _, words in asked]
            ends = [self.read_second(kind, words[2]) for _, words in asked]
            pauses = collect([read_pauses(words[3:]) for _, words in asked])
            if kind.endswith("outside"):
                ask = self.bulk.due_outside if kind.startswith("due") else self.bulk.elapsed_outside
                answers = ask(starts, ends, pauses)
            else:
                answers = (self.bulk.due if kind == "due" else self.bulk.elapsed)(starts, ends)
            found |= {place: seconds(Instant(int(answer))) for (place, _), answer in zip(asked, answers, strict=True)}
        return found

    @staticmethod
    def read_second(kind: str, written: str) -> int:
        return int(written) * SECOND.micros if kind.startswith("due") else Instant.parse(written).micros


def read_pauses(written: Sequence[str]) -> Pauses:
    edges = (pause.split("/") for pause in written)
    return [(Instant.parse(first).micros, Instant.parse(last).micros) for first, last in edges]


def collect(pauses: list[Pauses]) -> SpansOf:
    flat = [pause for each in pauses for pause in each]
    return SpansOf.of(list(count_up(pauses)), [first for first, _ in flat], [last for _, last in flat])


def count_up(pauses: list[Pauses]) -> Iterator[int]:
    total = 0
    yield total
    for each in pauses:
        total += len(each)
        yield total


def seconds(length: Duration | Instant) -> int:
    whole, rest = divmod(length.micros, SECOND.micros)
    assert rest == 0
    return whole
