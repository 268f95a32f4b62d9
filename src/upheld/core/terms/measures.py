"""Promises about other figures than availability as rules: latency, temperature, throughput, tasks done in time."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.answers import Reason
from upheld.core.terms.availability import STRENGTHS, some_time
from upheld.core.terms.cases import read_cases
from upheld.core.terms.circumstances import Circumstances
from upheld.core.terms.maintenance import elapsed
from upheld.core.terms.periods import Period
from upheld.core.terms.place import Place, Term, names, one_of, text
from upheld.core.terms.quantities import Comparison, Percent, parse_comparison
from upheld.core.timeline import Duration

TAKEN_AS = ("mean", "worst", "count", "share", "95th percentile")
IN_TIME, OUTAGES = "share in time", "outages"


@frozen_class
class Measure(Frozen):
    """
    A figure of a service, how one comes of many, and what it must be. `lasting`: how long it must be broken before that
    counts; `within`: the time in which one case must be done. `between` and `applies` are as those of availability.
    """

    name: str
    service: str
    figure: str
    taken_as: Term[str]
    strength: str
    period: Period
    target: Term[Comparison | None]
    each: Term[Duration] | None
    lasting: Term[Comparison] | None
    within: Term[Duration] | None
    evidence: tuple[str, ...]
    clauses: tuple[str, ...]
    between: tuple[str, ...] = ()
    applies: bool = True
    chosen_because: tuple[Reason, ...] = ()
    case: str = ""
    """Of a rule with cases the one that holds for this customer."""


def bind_measure(name: str, place: Place, periods: Mapping[str, Period], at: Circumstances) -> Measure | None:
    """The rule as it stands for this customer: of one with cases the case that holds."""
    cases = read_cases(name, place, lambda _, below: bind_one(name, below, periods))
    if cases is None:
        return None
    chosen = cases.choose(at)
    if chosen.case is None:
        first = min(cases.each, key=lambda case: case.name).rule
        return replace(first, between=chosen.between, applies=bool(chosen.between), chosen_because=chosen.reasons)
    return replace(chosen.case.rule, chosen_because=chosen.reasons, case=cases.name_of(chosen.case))


def bind_one(name: str, place: Place, periods: Mapping[str, Period]) -> Measure | None:
    service, figure = place.read("of", text), place.read("figure", text)
    taken_as, strength = place.read("taken as", one_of(*TAKEN_AS)), place.read("strength", one_of(*STRENGTHS))
    period, target = place.read("period", text), place.read("target", some_target)
    evidence, within = place.read("evidence", names), place.maybe("within", elapsed)
    if not (service and figure and taken_as and strength and period and target and evidence):
        return None
    if period.value not in periods:
        place.problem(f"no period is called {period.value!r}", "period")
        return None
    if periods[period.value].sliding and periods[period.value].ends != "period end":
        said = f"{period.value} may lie anywhere, and a measure is taken over the one that ends with the statement's period"
        place.problem(f"{said}; write ends: period end in a period of its own", "period")
        return None
    if figure.value == IN_TIME and within is None:
        place.problem("says no time in which one case must be done; write within: …", "within")
        return None
    if taken_as.value == "share" and figure.value != IN_TIME:
        place.problem(f"a share is taken of what is done in time; write figure: {IN_TIME}, with within: …", "taken as")
        return None
    is_length = figure.value == OUTAGES and taken_as.value == "worst"
    wanted: tuple[type, ...] = (Duration,) if is_length else (Fraction, Percent)
    if target.value[0] and not all(isinstance(edge, wanted) for _, edge in target.value[0].edges):
        kind = "a length, for instance at most 2 hours" if is_length else "a number, in the unit that the figure names"
        place.problem(f"{target.value[0]} cannot be held against {figure.value}; write {kind}", "target")
        return None
    return Measure(
        name, service.value, figure.value, taken_as, strength.value, periods[period.value], Term(*target_of(target)),
        place.maybe("each", some_time), place.maybe("lasting", lambda value: parse_comparison(text(value))), within,
        evidence.value, place.clauses,
    )  # fmt: skip


def some_target(value: Any) -> tuple[Comparison | None]:
    """A comparison, or nothing: `none`, or a parameter that this customer left open."""
    return (None,) if value in (None, "none") else (parse_comparison(text(value)),)


def target_of(term: Term[tuple[Comparison | None]]) -> tuple[Comparison | None, tuple[str, ...], tuple[str, ...]]:
    return term.value[0], term.clauses, term.readings
