"""What the sides owe besides, as rules: duties, notices, plans, whose word counts, checks, and the text's own editions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from upheld.core.terms.charges import read_number
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.place import Place, Term, Unreadable, names, one_of, text, unless_none
from upheld.core.terms.quantities import (
    Comparison,
    Days,
    Length,
    Months,
    OpenTime,
    parse_comparison,
    parse_date,
    parse_length,
)
from upheld.core.timeline import DAY, Duration

ONE_DAY = timedelta(days=1)
NOTHING: tuple[str, ...] = ()
STRENGTHS = ("promise", "objective", "limit", "goal", "best effort")
EXACTLY, AT_LEAST = "exactly the given ones", "at least the given ones"
RECEIVED, CONFIRMED = "received", "confirmation"
WHEN_SIGNED, LATEST = "version when signed", "latest version"


@dataclass(frozen=True, slots=True)
class Duty:
    """What a side owes. `every` is how often; without it the duty stands, and is due when it is asked for."""

    name: str
    who: Term[str]
    does: str
    strength: Term[str]
    every: Term[Length] | None
    topic: Term[str] | None
    when: Condition | None
    is_free: bool
    evidence: Term[tuple[str, ...]]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What must be told of which events, to whom, how, and how long ahead."""

    name: str
    upon: Term[tuple[str, ...]]
    to: Term[tuple[str, ...]]
    by: Term[tuple[str, ...]]
    states: Term[tuple[str, ...]]
    ahead: Term[Comparison | None]
    outside: Term[str] | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A course of work in steps, for the customers for whom its condition holds."""

    name: str
    when: Condition | None
    lasts: Term[Length | None]
    starts: Term[str] | None
    sessions: Term[Fraction] | None
    steps: Term[tuple[str, ...]]
    done_when: Term[str]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instructions:
    """Whose word counts. `roles` are parameters that hold a person, each with the person bound; `persons` are named."""

    roles: Mapping[str, str]
    persons: tuple[str, ...]
    source: Term[tuple[str, ...]]
    others: Term[str]
    takes_effect: Term[str]
    change_by: Term[tuple[str, ...]]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What is looked at besides the components; where it compares names, `expect` says how they must agree."""

    name: str
    service: str
    means: str
    expect: Term[str] | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """This text: its version, from when it binds, whether a customer keeps the version he signed, and its reviews."""

    version: str
    effective: Term[date | None]
    applies: Term[str] | None
    last_review: Term[date] | None
    next_review: Term[date] | None


@dataclass(frozen=True, slots=True)
class Besides:
    """All that the sides owe each other besides figures and money."""

    edition: Edition | None = None
    instructions: Instructions | None = None
    duties: Mapping[str, Duty] = field(default_factory=lambda: MappingProxyType({}))
    notices: Mapping[str, Notice] = field(default_factory=lambda: MappingProxyType({}))
    plans: Mapping[str, Plan] = field(default_factory=lambda: MappingProxyType({}))
    checks: Mapping[str, Check] = field(default_factory=lambda: MappingProxyType({}))


def bind_besides(root: Place) -> Besides:
    named: dict[str, Any] = {}
    for block, bind_one in (("duties", bind_duty), ("notices", bind_notice), ("plans", bind_plan)):
        bound = {name: bind_one(name, place) for name, place in root.below(block).named()}
        named[block] = {name: rule for name, rule in bound.items() if rule is not None}
    checks = {
        name: bind_check(name, service, place)
        for service, below in root.below("services").named()
        for name, place in below.below("checks").named()
    }
    return Besides(bind_edition(root), bind_instructions(root), checks=checks, **named)


def bind_duty(name: str, place: Place) -> Duty | None:
    who, does = place.read("who", one_of("provider", "customer", "both")), place.read("does", text)
    strength, evidence = place.read("strength", one_of(*STRENGTHS)), place.read("evidence", names)
    charge = place.maybe("charge", one_of("none"))
    if not (who and does and strength and evidence):
        return None
    when = read_condition(place.below("when")) if place.has("when") else None
    return Duty(
        name, who, does.value, strength, place.maybe("every", read_interval), place.maybe("topic", text), when,
        charge is not None, evidence, place.clauses,
    )  # fmt: skip


def read_interval(value: Any) -> Length:
    length = parse_length(text(value))
    if isinstance(length, OpenTime) or (isinstance(length, Days) and length.calendar):
        raise Unreadable(f"{length} is no interval of a duty; write elapsed time, calendar days, months or years")
    return length


def bind_notice(name: str, place: Place) -> Notice | None:
    upon, to, by = (place.read(key, names) for key in ("upon", "to", "by"))
    states, ahead = place.read("states", names, NOTHING), place.read("ahead", unless_none(parse_comparison))
    if not (upon and to and by and states and ahead):
        return None
    return Notice(name, upon, to, by, states, ahead, place.maybe("outside", text), place.clauses)


def bind_plan(name: str, place: Place) -> Plan | None:
    lasts, steps = place.read("lasts", unless_none(read_interval)), place.read("steps", names)
    done = place.read("done when", text)
    if not (lasts and steps and done):
        return None
    when = read_condition(place.below("when")) if place.has("when") else None
    sessions = place.maybe("sessions", read_number)
    return Plan(name, when, lasts, place.maybe("starts", text), sessions, steps, done, place.clauses)


def bind_instructions(root: Place) -> Instructions | None:
    if not root.has("instructions"):
        return None
    place = root.below("instructions")
    source, others = place.read("from", names), place.read("others", one_of("refused", "noted"))
    takes = place.read("change takes effect", one_of(RECEIVED, CONFIRMED))
    change_by = place.read("change by", names, NOTHING)
    if not (source and others and takes and change_by):
        return None
    written = place.entries["from"]
    if isinstance(written, str) and written.startswith("reading "):
        written = place.desk.sense_of(written.removeprefix("reading "))
    items = written if isinstance(written, list) else [written]
    roles = [str(item).removeprefix("parameter ") for item in items if str(item).startswith("parameter ")]
    persons = tuple(str(item) for item in items if not str(item).startswith("parameter "))
    bound = {role: place.desk.parameter(role) or "" for role in roles}
    return Instructions(bound, persons, source, others, takes, change_by, place.clauses)


def bind_check(name: str, service: str, place: Place) -> Check:
    means = place.read("is", text, "")
    return Check(name, service, means.value if means else "", place.maybe("expect", text), place.clauses)


def bind_edition(root: Place) -> Edition | None:
    if not root.has("agreement"):
        return None
    place = root.below("agreement")
    version, effective = place.read("version", str), place.read("effective", unless_none(parse_date))
    if not (version and effective):
        return None
    return Edition(
        version.value, effective, place.maybe("applies", one_of(WHEN_SIGNED, LATEST)),
        place.maybe("last review", read_day), place.maybe("next review", read_day),
    )  # fmt: skip


def read_day(value: Any) -> date:
    return parse_date(text(value))


def later_date(day: date, length: Length) -> date:
    """The date that lies a length after another; a month without such a day ends on its last one (29 February + 1 year)."""
    if isinstance(length, Months):
        months = day.year * 12 + day.month - 1 + length.number
        last = date((months + 1) // 12, (months + 1) % 12 + 1, 1) - ONE_DAY
        return last.replace(day=min(day.day, last.day))
    days = length.number if isinstance(length, Days) else days_of(length)
    return day + ONE_DAY * days


def days_of(length: Length) -> int:
    """Whole days of an elapsed time, a part of a day as a whole one."""
    assert isinstance(length, Duration), "open time of a calendar has no days of its own"
    return -(-length.micros // DAY.micros)
