"""Promises of availability as rules: what is counted, over which spans, against which target."""

from collections.abc import Mapping
from dataclasses import field, replace
from fractions import Fraction
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.answers import Reason, answer
from upheld.core.terms.cases import Cases, read_cases
from upheld.core.terms.circumstances import Circumstances
from upheld.core.terms.conditions import Condition, Test, read_condition
from upheld.core.terms.formula import Formula, parse_formula
from upheld.core.terms.maintenance import elapsed
from upheld.core.terms.periods import Period
from upheld.core.terms.place import Place, Term, Unreadable, flag, names, one_of, text, unless_none
from upheld.core.terms.quantities import Comparison, Percent, parse_comparison
from upheld.core.terms.services import EFFECTS, Service
from upheld.core.timeline import Duration

TIME_DOWN = "time down"
COUNTINGS = (TIME_DOWN, "bad intervals", "mean error rate", "requests", "each outage", "affected time")
TIMES = ("all time", "out of base", "down", "up by exclusion", "down and excluded")
QUANTITIES = (*TIMES, "affected share", "affected time", "requests", "failed requests")
PARTS = ("trimmed", "deemed up", "whole period counts", "from all running", "does not arise")
STRENGTHS = ("promise", "objective", "limit", "goal", "best effort")
ASKED_OF_INTERVALS = ("error rate", "requests", "response time", "down")
ASKED_OF_REQUESTS = (*ASKED_OF_INTERVALS, "kind", "time per MB", "time per MiB")
OF_REQUESTS = ("requests", "mean error rate")
"""Ways of counting under which `bad when` is asked of each record of requests, and not of an interval."""
NEEDED = {"bad intervals": ("each", "bad when"), "mean error rate": ("each", "idle")}
PRINTED_WITHOUT = "(T - D) / T"
PRINTED_WITH = "(T - M - D) / (T - M)"
LETTERS = {"T": "all time", "M": "out of base", "D": "down"}
NOTHING: tuple[str, ...] = ()


@frozen_class
class Availability(Frozen):
    """
    One promise of availability. `counting` says what is counted; what only some ways of counting need is None elsewhere.

    `formula` is the printed one, or what `counting` stands for; None where no formula over times gives the figure.
    `between` names the cases of a rule of which more than one holds for this customer, `applies` is false where none does.
    """

    name: str
    service: str
    strength: str
    period: Period
    target: Term[Comparison | None]
    overlap: Term[str]
    unmeasured: Term[str]
    part_period: Term[str]
    formula: Term[Formula]
    where: Mapping[str, str]
    evidence: tuple[str, ...]
    clauses: tuple[str, ...]
    counting: Term[str]
    each: Term[Duration] | None
    bad_when: Condition | None
    idle: Term[str] | None
    leave_out: Term[tuple[str, ...]]
    shortest: Term[Comparison | None]
    whole_minutes: Term[bool]
    pooled_over: Term[str] | None
    from_report: Term[bool]
    between: tuple[str, ...] = ()
    applies: bool = True
    chosen_because: tuple[Reason, ...] = ()
    kinds: Mapping[str, Term[str]] = field(default_factory=dict)
    """How requests of some kinds count: `out of base` in neither sum, `up` never as failed, `down` as they came."""
    case: str = ""
    """Of a rule with cases the one that holds for this customer."""

    @property
    def per_cent(self) -> bool:
        """Whether the printed formula gives per cent and not a share."""
        return is_per_cent(self.formula.value, self.where)

    @property
    def counts_time(self) -> bool:
        """Whether the figure is a share of time by a formula, and not one of requests, intervals or lengths."""
        return self.counting.value in (TIME_DOWN, "affected time")

    @property
    def kinds_term(self) -> Term[tuple[str, ...]]:
        """The kinds of requests that count in a way of their own, with what says so."""
        clauses = (clause for term in self.kinds.values() for clause in term.clauses)
        readings = (reading for term in self.kinds.values() for reading in term.readings)
        return Term(tuple(self.kinds), tuple(dict.fromkeys(clauses)), tuple(dict.fromkeys(readings)))

    @property
    def cuts_runs(self) -> bool:
        """Whether some time down does not count because of how long it lasts or when it was reported."""
        return bool(self.shortest.value or self.whole_minutes.value or self.from_report.value)


def bind_availability(
    name: str, place: Place, periods: Mapping[str, Period], services: Mapping[str, Service], leaves_base: bool,
    at: Circumstances,
) -> Availability | None:  # fmt: skip
    """The promise as it stands for this customer: of a rule with cases the one that holds."""
    cases = read_cases(name, place, lambda _, below: bind_one(name, below, periods, leaves_base))
    if cases is None:
        return None
    rule = choose(cases, at)
    service = services.get(rule.service)
    if service and service.when:
        found = answer(service.when, at)
        if not found.holds:
            return replace(rule, applies=False, chosen_because=(*rule.chosen_because, *found.reasons))
    return rule


def choose(cases: Cases[Availability], at: Circumstances) -> Availability:
    """The case that holds; where none or several do, any of them, marked as one that decides nothing."""
    chosen = cases.choose(at)
    if chosen.case is None:
        first = min(cases.each, key=lambda case: case.name).rule
        return replace(first, between=chosen.between, applies=bool(chosen.between), chosen_because=chosen.reasons)
    return replace(chosen.case.rule, chosen_because=chosen.reasons, case=cases.name_of(chosen.case))


def bind_one(name: str, place: Place, periods: Mapping[str, Period], leaves_base: bool) -> Availability | None:
    service, strength = place.read("of", text), place.read("strength", one_of(*STRENGTHS))
    period, target = place.read("period", text), place.read("target", unless_none(parse_comparison))
    counting = place.read("counting", one_of(*COUNTINGS))
    shortest = place.read("shortest outage", unless_none(parse_comparison))
    overlap = place.read("overlap", one_of("down wins", "up wins"))
    unmeasured = place.read("unmeasured", one_of(*EFFECTS, "undecided"))
    part, evidence = place.read("part period", one_of(*PARTS)), place.read("evidence", names)
    whole, reported = place.read("whole minutes", flag, False), place.read("from report", flag, False)
    left_out = place.read("leave out", names, NOTHING)
    if not (service and strength and period and target and counting and shortest and overlap and unmeasured and part):
        return None
    for key in NEEDED.get(counting.value, ()):
        if not place.has(key):
            place.problem(f"{counting.value} needs {key!r}; without it nothing can be counted", key)
            return None
    printed = bind_formula(place, counting, leaves_base or unmeasured.value == "out of base")
    if not (printed and evidence and whole and reported and left_out):
        return None
    if period.value not in periods:
        place.problem(f"no period is called {period.value!r}", "period")
        return None
    wanted = Duration if counting.value == "each outage" else Percent
    if target.value and not all(isinstance(edge, wanted) for _, edge in target.value.edges):
        kind = "a length, for instance at most 30 minutes" if wanted is Duration else "a share, for instance at least 99.5 %"
        place.problem(f"{target.value} cannot be held against {counting.value}; write {kind}", "target")
        return None
    if shortest.value and not all(isinstance(edge, Duration) for _, edge in shortest.value.edges):
        place.problem(f"{shortest.value} is no length; write for instance more than 5 minutes", "shortest outage")
        return None
    return Availability(
        name, service.value, strength.value, periods[period.value], target, overlap, unmeasured, part, printed[0],
        printed[1], evidence.value, place.clauses, counting, place.maybe("each", some_time),
        bind_bad_when(place, counting.value), place.maybe("idle", one_of("good", "out of base")), left_out, shortest, whole,
        place.maybe("pooled over", text), reported, kinds=bind_kinds(place),
    )  # fmt: skip


def some_time(value: Any) -> Duration:
    length = elapsed(value)
    if length.micros <= 0:
        raise Unreadable(f"{value!r} is no time at all; an interval has a length")
    return length


def bind_bad_when(place: Place, counting: str) -> Condition | None:
    if not place.has("bad when"):
        return None
    condition = read_condition(place.below("bad when"))
    of_requests = counting in OF_REQUESTS
    allowed, what = (ASKED_OF_REQUESTS, "requests") if of_requests else (ASKED_OF_INTERVALS, "an interval")
    for fact in sorted(asked_of(condition) - set(allowed)):
        place.problem(f"{fact!r} is not known of {what}; known are {', '.join(allowed)}", "bad when", fact)
    return condition


def bind_kinds(place: Place) -> Mapping[str, Term[str]]:
    """How each kind of requests counts that the agreement names."""
    kinds = place.below("kinds")
    read = {kind: kinds.read(kind, one_of(*EFFECTS)) for kind in kinds.entries if kind != "cite"}
    return {kind: term for kind, term in read.items() if term}


def asked_of(condition: "Condition | Test") -> set[str]:
    if isinstance(condition, Test):
        return {condition.fact}
    return {fact for part in condition.parts for fact in asked_of(part)}


def bind_formula(
    place: Place, counting: Term[str], leaves_base: bool
) -> tuple[Term[Formula], Mapping[str, str]] | None:
    """The printed formula with its letters; where none is printed, the share of time that the counting stands for."""
    if not place.has("formula"):
        written = PRINTED_WITH if leaves_base else PRINTED_WITHOUT
        formula = parse_formula(written)
        letters = {**LETTERS, "D": "affected time"} if counting.value == "affected time" else LETTERS
        return Term(formula, counting.clauses, counting.readings), {letter: letters[letter] for letter in formula.letters}
    printed = place.read("formula", lambda value: parse_formula(text(value)))
    where = {letter: place.below("where").read(letter, one_of(*QUANTITIES)) for letter in place.below("where").entries}
    if printed is None or not all(where.values()):
        return None
    for letter in printed.value.letters:
        if letter not in where:
            place.problem(f"the formula speaks of {letter}; say under `where` what it is", "formula")
            return None
    return printed, {letter: term.value for letter, term in where.items() if term}


def is_per_cent(formula: Formula, where: Mapping[str, str]) -> bool:
    """Whether a formula gives per cent and not a share: what it makes of a period without any trouble."""
    whole = {"all time": 1, "requests": 1}
    found = formula.evaluate({letter: Fraction(whole.get(what, 0)) for letter, what in where.items()})
    return found is not None and found > 1
