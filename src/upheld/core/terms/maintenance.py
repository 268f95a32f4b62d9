"""Kinds of planned work as rules: their tests, and the kind that each is judged as when one fails."""

from collections.abc import Mapping
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.service_hours import ServiceHours
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.place import Place, Term, Unreadable, names, one_of, text, unless_none
from upheld.core.terms.quantities import Comparison, Frequency, parse_comparison, parse_frequency, parse_length
from upheld.core.terms.services import EFFECTS
from upheld.core.timeline import Duration


@frozen_class
class MaintenanceKind(Frozen):
    """
    A kind of planned work and its tests. `fallback` is the kind it is judged as when a test fails.

    `longest` bounds each interruption where the time down is measured, each window where the whole of it is.
    """

    name: str
    means: str
    counts_as: Term[str]
    measured: Term[str]
    notice: Term[Comparison | None]
    waived_when: Condition | None
    outside: Term[ServiceHours] | None
    not_within: Term[tuple[str, ...]] | None
    at_most: Term[Frequency] | None
    beyond: Term[str] | None
    fallback: str | None
    same_as: str | None
    """The kind that this one is another name for."""
    clauses: tuple[str, ...]
    inside: Term[ServiceHours] | None = None
    longest: Term[Duration] | None = None
    budget: Term[Frequency] | None = None
    must_stay_up: Term[tuple[str, ...]] | None = None
    approval: Term[tuple[str, ...]] | None = None

    @property
    def has_surplus(self) -> bool:
        """Whether only the part that breaks a test loses its excuse, and not all of the work."""
        return self.beyond is not None and self.beyond.value == "surplus"


def bind_maintenance(name: str, place: Place, hours: Mapping[str, ServiceHours]) -> MaintenanceKind | None:
    counts_as = place.read("counts as", one_of(*EFFECTS))
    measured = place.read("measured", one_of("time down", "whole window"))
    notice = place.read("notice", unless_none(parse_comparison))
    fallback = place.read("otherwise", unless_none(str))
    if not (counts_as and measured and notice and fallback):
        return None
    waived: Condition | None = read_condition(place.below("waived when")) if place.has("waived when") else None
    means, same = place.read("is", text, ""), place.maybe("same as", text)
    return MaintenanceKind(
        same_as=same.value if same else None, name=name, means=means.value if means else "",
        counts_as=counts_as, measured=measured, notice=notice,
        waived_when=waived, outside=place.maybe("outside", lambda value: named_hours(value, hours)),
        not_within=place.maybe("not within", names), at_most=place.maybe("at most", parse_frequency),
        beyond=place.maybe("beyond", one_of("surplus", "all")), fallback=fallback.value, clauses=place.clauses,
        inside=place.maybe("inside", lambda value: named_hours(value, hours)),
        longest=place.maybe("longest", elapsed), budget=place.maybe("budget", length_per),
        must_stay_up=place.maybe("must stay up", names), approval=place.maybe("approval", names),
    )  # fmt: skip


def named_hours(value: Any, hours: Mapping[str, ServiceHours]) -> ServiceHours:
    if value not in hours:
        raise Unreadable(f"no calendar is called {value!r}")
    return hours[value]


def elapsed(value: Any) -> Duration:
    """A length of elapsed time."""
    length = parse_length(text(value))
    if not isinstance(length, Duration):
        raise Unreadable(f"{value!r} is no elapsed time; write for instance 10 seconds or 6 hours")
    return length


def length_per(value: Any) -> Frequency:
    """So much elapsed time in each day, week, month, quarter or year."""
    budget = parse_frequency(text(value))
    if not isinstance(budget.amount, Duration):
        raise Unreadable(f"{value!r} is no time in a period; write for instance 10 hours per year")
    return budget
