"""What the sides owe besides, as rules: duties, notices, plans."""

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.charges import read_number
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.editions import Check, Edition, bind_check, bind_edition
from upheld.core.terms.lengths import read_interval
from upheld.core.terms.persons import Instructions, bind_instructions
from upheld.core.terms.place import Place, Term, names, one_of, text, unless_none
from upheld.core.terms.quantities import Comparison, Length, parse_comparison

NOTHING: tuple[str, ...] = ()
STRENGTHS = ("promise", "objective", "limit", "goal", "best effort")


@frozen_class
class Duty(Frozen):
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


@frozen_class
class Notice(Frozen):
    """What must be told of which events, to whom, how, and how long ahead."""

    name: str
    upon: Term[tuple[str, ...]]
    to: Term[tuple[str, ...]]
    by: Term[tuple[str, ...]]
    states: Term[tuple[str, ...]]
    ahead: Term[Comparison | None]
    outside: Term[str] | None
    clauses: tuple[str, ...]


@frozen_class
class Plan(Frozen):
    """A course of work in steps, for the customers for whom its condition holds."""

    name: str
    when: Condition | None
    lasts: Term[Length | None]
    starts: Term[str] | None
    sessions: Term[Fraction] | None
    steps: Term[tuple[str, ...]]
    done_when: Term[str]
    clauses: tuple[str, ...]


@frozen_class
class Besides(Frozen):
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
