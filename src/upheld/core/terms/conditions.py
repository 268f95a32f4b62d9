"""Conditions: maps of what must hold, and how they are answered with a reason for each part."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from upheld.core.explain import Share, show, show_instant
from upheld.core.money import Money
from upheld.core.service_hours import ServiceHours, Zone, next_day, next_month
from upheld.core.terms.place import Place, Unreadable, names
from upheld.core.terms.quantities import (
    SAYS,
    Comparison,
    Days,
    Deadline,
    Length,
    Months,
    OpenTime,
    Percent,
    Periods,
    compare,
    parse_comparison,
    parse_deadline,
    parse_reach,
)
from upheld.core.timeline import MICRO, Duration, Instant, Span


@dataclass(frozen=True, slots=True)
class Hours:
    """An instant must lie in, or outside, the open hours of these calendars."""

    calendars: tuple[str, ...]
    inside: bool

    def __str__(self) -> str:
        return f"{'in' if self.inside else 'outside'} {' or '.join(self.calendars)}"


Wanted = tuple[str, ...] | Comparison | Deadline | Hours | None


@dataclass(frozen=True, slots=True)
class Test:
    """One part of a condition: a fact's name and what it must be. `clauses` are those that state this part."""

    fact: str
    wanted: Wanted
    clauses: tuple[str, ...]
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """How often a condition must have held: in so many periods in a row, or so many times within a length."""

    number: Comparison
    within: Length | Periods | None
    """None: in a row."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`how` is `all`, `any` or `not` (none of the parts). `again`: all parts must have held more than once."""

    how: str
    parts: tuple["Condition | Test", ...]
    again: Again | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """The time between a notice and what it announced."""

    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Found:
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


Reason = tuple[str, tuple[str, ...], tuple[str, ...]]
Known = str | tuple[str, ...] | Fraction | Duration | Money | Instant | Lead | Found | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a condition holds (None: not known), and the sentences that say why, each with its clauses and readings."""

    holds: bool | None
    reasons: tuple[Reason, ...] = ()


def read_condition(place: Place) -> Condition:
    """The condition written as the map of a place."""
    parts: list[Condition | Test] = []
    for key, value in place.entries.items():
        if key in AGAIN:
            continue
        if key in ("any", "all") and isinstance(value, list):
            parts.append(Condition(key, tuple(read_item(place, key, item) for item in value)))
        elif key == "not":
            parts.append(Condition("not", (read_condition(place.below(key)),)))
        elif key in ("in", "outside"):
            # The moment of which the whole condition is asked.
            if hours := place.read(key, names):
                parts.append(Test("at", Hours(hours.value, key == "in"), hours.clauses, hours.readings))
        elif isinstance(value, dict) and set(value) == {"later than"}:
            # The long form, for a deadline that a reading chooses.
            if late := place.below(key).read("later than", lambda written: parse_deadline(str(written))):
                parts.append(Test(key, late.value, late.clauses, late.readings))
        elif term := place.read(key, lambda written: read_wanted(written, place)):
            asked = [(name, None) for name in names(value)] if key == "missing" else [(key, term.value)]
            parts += [Test(fact, wanted, term.clauses, term.readings) for fact, wanted in asked]
    return Condition("all", tuple(parts), read_again(place))


AGAIN = ("in a row", "times", "within")


def read_again(place: Place) -> Again | None:
    """`in a row: at least 2`, or `times: at least 3` with `within: 6 months`."""
    said = [key for key in AGAIN if place.has(key)]
    if not said:
        return None
    key = "in a row" if "in a row" in said else "times"
    if said not in (["in a row"], ["times", "within"]):
        place.problem("write either in a row: at least 2, or times: at least 3 together with within: 6 months", said[0])
        return None
    number = place.read(key, lambda value: read_number(str(value)))
    within = place.read("within", lambda value: parse_reach(str(value))) if key == "times" else None
    return Again(number.value, within.value if within else None) if number else None


def read_number(written: str) -> Comparison:
    number = parse_comparison(written)
    if not any(sign in (">", ">=", "=") and isinstance(edge, Fraction) for sign, edge in number.edges):
        raise Unreadable(f"{written!r} does not say how often at least; write for instance at least 2")
    return number


def read_item(place: Place, key: str, item: Any) -> "Condition | Test":
    """One item of `any` or `all`: a map, or the name of a component, which asks whether that one is down."""
    if isinstance(item, dict):
        return read_condition(Place(place.desk, (*place.path, key), item))
    return Test(str(item), ("down",), place.clauses)


def read_wanted(value: Any, place: Place) -> Wanted:
    """What a fact must be, as it is written: a list behind `in NAME` stands for its items, a calendar for its hours."""
    if isinstance(value, str) and value.startswith(("in ", "outside ")):
        word, name = value.split(" ", 1)
        return (
            Hours((name,), word == "in")
            if name in place.desk.document.blocks.get("calendars", {})
            else items_of(name, place)
        )
    if isinstance(value, str) and value.startswith("later than "):
        return parse_deadline(value.removeprefix("later than "))
    if isinstance(value, str) and value.split(" and ")[0].startswith(tuple(f"{word} " for word in SAYS)):
        return parse_comparison(value)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, dict):
        raise Unreadable(f"{value!r} is no condition; write the comparison as one text, for instance later than 5 …")
    return names(value)


def items_of(name: str, place: Place) -> tuple[str, ...]:
    """The items of a list of the agreement, with what is added for this customer."""
    lists = place.desk.document.blocks.get("lists", {})
    if name not in lists:
        raise Unreadable(f"no list and no calendar is called {name!r}")
    items, _ = place.desk.resolve(lists[name]["items"])
    more, _ = place.desk.resolve(lists[name].get("plus", []))
    added = [part.strip() for part in more.split(",")] if isinstance(more, str) else more or []
    return tuple(str(item) for item in (*items, *added) if str(item) and item != "none")


@dataclass(frozen=True, slots=True)
class Circumstances:
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


def answer(condition: "Condition | Test", at: Circumstances) -> Answer:
    """Whether it holds, in three values: a part that is not known leaves the whole open unless another part decides."""
    if isinstance(condition, Test):
        return answer_test(condition, at)
    if condition.again:
        return answer_again(condition, condition.again, at)
    answers = [answer(part, at) for part in condition.parts]
    reasons = tuple(reason for found in answers for reason in found.reasons)
    held = [found.holds for found in answers]
    if condition.how == "not":
        return Answer(None if None in held else not any(held), reasons)
    decisive = condition.how == "any"
    if decisive in held:
        return Answer(decisive, reasons)
    return Answer(None if None in held else not decisive, reasons)


def answer_again(condition: Condition, again: Again, at: Circumstances) -> Answer:
    """Asked of this period and of those before it, as far back as the answer may need them."""
    once, tests = Condition(condition.how, condition.parts), list(tests_of(condition))
    clauses = tuple(dict.fromkeys(clause for test in tests for clause in test.clauses))
    readings = tuple(dict.fromkeys(reading for test in tests for reading in test.readings))
    asked = " and ".join(test.fact for test in tests)
    held, open_ones, back = 0, 0, 0
    while at.earlier is not None:
        found = at.earlier(tests[0].fact if tests else "", back)
        if found is not None and again.within is not None:
            found = tuple(one for one in found if is_within_reach(one, again.within, at)) or None
        if found is None:
            break
        answers = [answer(once, one).holds for one in found]
        if again.within is None and True not in answers:
            open_ones = int(None in answers)
            break
        held = back + 1 if again.within is None else held + answers.count(True)
        open_ones, back = open_ones + (0 if again.within is None else answers.count(None)), back + 1
    sure = again.number.holds(Fraction(held))
    holds = None if open_ones and again.number.holds(Fraction(held + open_ones)) != sure else sure
    reach = "in a row" if again.within is None else f"within {again.within}"
    return Answer(holds, ((f"{asked}: {held} times {reach}; asked is {again.number}", clauses, readings),))


def is_within_reach(one: Circumstances, within: Length | Periods, at: Circumstances) -> bool:
    """Whether something earlier lies in the stretch that ends with the claim, or else with this period."""
    since = one.anchors.get("period start")
    claimed = at.anchors.get("claim received")
    end = claimed or at.anchors.get("period end")
    return since is None or end is None or at.end_of(within, since, is_edge=claimed is None) >= end


def answer_test(test: Test, at: Circumstances) -> Answer:
    if test.fact not in at.facts:
        return Answer(None, ((f"{test.fact} is not known", test.clauses, test.readings),))
    value = at.facts[test.fact]
    if isinstance(value, Found):
        figure = figure_for(value, test.wanted) if isinstance(test.wanted, Comparison) else None
        if isinstance(test.wanted, Comparison) and figure is None:
            words = f"{test.fact} is {value}, and has no figure to compare with {test.wanted}"
            return Answer(None, ((words, test.clauses, test.readings),))
        value = value.verdict if figure is None else figure
    if test.wanted is None:
        return said(test, not value, f"{test.fact} {'is missing' if not value else 'is there'}")
    if value is None:
        return said(test, False, f"there is no {test.fact}")
    if isinstance(test.wanted, Deadline):
        return answer_deadline(test, test.wanted, value, at)
    if isinstance(test.wanted, Comparison):
        return said(test, compares(value, test.wanted, at), f"{test.fact} is {told(value, test.wanted)}; asked is {test.wanted}")
    if isinstance(test.wanted, Hours):
        return answer_hours(test, test.wanted, value, at)
    values = value if isinstance(value, tuple) else (str(value),)
    words = f"{test.fact} is {', '.join(values)}; asked is {' or '.join(test.wanted)}"
    return said(test, any(one in test.wanted for one in values), words)


def figure_for(found: Found, wanted: Comparison) -> Fraction | Duration | None:
    """The figure of a kind with what is asked: a share or a number, or a length of elapsed time; None where it has none."""
    edges = [edge for _, edge in wanted.edges]
    if all(isinstance(edge, Percent | Fraction) for edge in edges):
        return found.figure if isinstance(found.figure, Fraction) else None
    if all(isinstance(edge, Duration) for edge in edges):
        return found.figure if isinstance(found.figure, Duration) else found.time
    return None


def answer_deadline(test: Test, wanted: Deadline, value: Known, at: Circumstances) -> Answer:
    end = at.deadline(wanted)
    if end is None or not isinstance(value, Instant):
        return Answer(None, ((f"{wanted.anchor} is not known", test.clauses, test.readings),))
    # The deadline is the end of a day or hour, exclusive: at it is late.
    late = value >= end
    return said(test, late, f"{test.fact} {show_instant(value)}; {wanted} ends {show_instant(end)}")


def answer_hours(test: Test, wanted: Hours, value: Known, at: Circumstances) -> Answer:
    if not isinstance(value, Instant):
        return Answer(None, ((f"{test.fact} is no instant", test.clauses, test.readings),))
    moment = Span(value, value + Duration(1))
    is_open = any(bool(at.calendars[name].open_within(moment)) for name in wanted.calendars)
    place = f"{'in' if is_open else 'outside'} {' or '.join(wanted.calendars)}"
    return said(test, is_open == wanted.inside, f"{show_instant(value)} lies {place}")


def said(test: Test, holds: bool, words: str) -> Answer:
    return Answer(holds, ((words, test.clauses, test.readings),))


def compares(value: Known, wanted: Comparison, at: Circumstances) -> bool:
    if isinstance(value, Lead):
        return all(lead_compares(value, sign, edge, at) for sign, edge in wanted.edges)
    if isinstance(value, Fraction | Duration):
        return wanted.holds(value)
    if isinstance(value, Money):
        return wanted.holds(value.amount)
    raise Unreadable(f"{value!r} cannot be compared with {wanted}")


def lead_compares(lead: Lead, sign: str, edge: Any, at: Circumstances) -> bool:
    """A lead of n days is at least n days when what was announced starts at or after the end of the nth day."""
    if not isinstance(edge, Duration | Days | Months | OpenTime):
        raise Unreadable(f"{edge} is no length of time")
    least = at.end_of(edge, lead.start)
    return compare(Duration(lead.end.micros), sign, Duration(least.micros))


def told(value: Known, wanted: Comparison) -> str:
    if isinstance(value, Fraction) and any(isinstance(edge, Percent) for _, edge in wanted.edges):
        return show(Share(value))
    if isinstance(value, Lead):
        return f"from {show_instant(value.start)} to {show_instant(value.end)}"
    return show(value) if isinstance(value, Instant | Duration | Money) else str(value)


def conditions_of(condition: Condition) -> Iterator[Condition]:
    """A condition and all that stand inside it."""
    yield condition
    for part in condition.parts:
        if isinstance(part, Condition):
            yield from conditions_of(part)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, however deep."""
    for inner in conditions_of(condition):
        yield from (part for part in inner.parts if isinstance(part, Test))
