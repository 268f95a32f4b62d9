"""Conditions: maps of what must hold, and how an agreement writes them."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.place import Place, Unreadable, names
from upheld.core.terms.quantities import (
    SAYS,
    Comparison,
    Deadline,
    Length,
    Periods,
    parse_comparison,
    parse_deadline,
    parse_reach,
)


@frozen_class
class Hours(Frozen):
    """An instant must lie in, or outside, the open hours of these calendars."""

    calendars: tuple[str, ...]
    inside: bool


Wanted = tuple[str, ...] | Comparison | Deadline | Hours | None


@frozen_class
class Test(Frozen):
    """One part of a condition: a fact's name and what it must be. `clauses` are those that state this part."""

    fact: str
    wanted: Wanted
    clauses: tuple[str, ...]
    readings: tuple[str, ...] = ()


@frozen_class
class Again(Frozen):
    """How often a condition must have held: in so many periods in a row, or so many times within a length."""

    number: Comparison
    within: Length | Periods | None
    """None: in a row."""


@frozen_class
class Condition(Frozen):
    """`how` is `all`, `any` or `not` (none of the parts). `again`: all parts must have held more than once."""

    how: str
    parts: tuple["Condition | Test", ...]
    again: Again | None = None


AGAIN = ("in a row", "times", "within")


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
