"""The reasons of a credit: its conditions, the price of a unit, the units of each thing, the rounding, what limits it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from upheld.core.credits.limits import Limit, Settled
from upheld.core.credits.lines import Line, Thing
from upheld.core.credits.shown import counted, measured, number, words_of
from upheld.core.credits.worth import Value as Worth
from upheld.core.explain import Step, show, show_span
from upheld.core.money import Money
from upheld.core.terms.answers import Answer
from upheld.core.terms.credits import Credit
from upheld.core.terms.place import Term

HELD = {True: "holds", False: "does not hold", None: "is not known yet"}
OPENINGS = {
    "none": "nothing is owed", "open": "not known yet", "undefined": "the agreement leaves it undefined what is owed",
    "due": "is owed", "proposed": "is proposed; the provider may give it, and has to say",
    "granted": "was given by decision", "refused": "was refused by decision",
}  # fmt: skip


def tell_credit(
    credit: Credit, answers: Sequence[Answer], tried: Sequence[tuple[Thing, Answer]], lines: Sequence[Line],
    worth: Worth | None, settled: Settled, price: Money | None, is_owed: bool | None, state: str, limit: Limit,
) -> Step:  # fmt: skip
    """The root of the reasons."""
    steps = tell_conditions(credit, answers, tried)
    alike = len({line.each.amount for line in lines if line.each}) <= 1 and not any(line.amount is None for line in lines)
    if worth is not None and alike:
        words = f"for each of the {words_of(credit)}: {worth.words}, x {credit.times.value}"
        cited = join(Term(None, worth.clauses), credit.times)
        amount = worth.amount * credit.times.value
        steps.append(Step(measured(credit, amount), words, cited, worth.readings))
    steps.append(tell_units(credit, lines, tried))
    steps += tell_amounts(credit, lines, settled, alike)
    if credit.offsets and settled.amount:
        steps.append(Step("set off", f"against {credit.offsets.value}", credit.offsets.clauses, credit.offsets.readings))
    steps += tell_limits(credit, settled, price, limit)
    words = "can be claimed" if credit.claim_needed and state in ("due", "none") and is_owed else OPENINGS[state]
    return Step(
        measured(credit, settled.amount), f"{words} for {credit.name}; {tell_where(credit)}", (*credit.clauses,),
        credit.granted.readings, because=tuple(steps),
    )  # fmt: skip


def tell_where(credit: Credit) -> str:
    place = credit.paid.value
    return place if place.startswith("as ") else f"paid on the {place}" if "invoice" in place else f"goes to {place}"


def tell_conditions(
    credit: Credit, answers: Sequence[Answer], tried: Sequence[tuple[Thing, Answer]]
) -> list[Step]:
    """Each part of the condition with its own outcome; for tickets, of each one."""
    if any(thing.findings for thing, _ in tried):
        return [
            Step(HELD[found.holds], f"{thing.key}: {words}", cited, used, thing.facts)
            for thing, found in tried
            for words, cited, used in found.reasons
        ]
    return [Step(HELD[part.holds], words, cited, used) for part in answers for words, cited, used in part.reasons]


def tell_units(credit: Credit, lines: Sequence[Line], tried: Sequence[tuple[Thing, Answer]]) -> Step:
    per_outage = credit.counted.value == "per outage"
    total = sum((line.units for line in lines), Fraction(0))
    by_thing = {line.thing.key: line for line in lines}
    children = [
        child for thing, _ in tried for child in tell_thing(credit, thing, by_thing.get(thing.key), per_outage)
    ]
    words = "counted per interruption" if per_outage else "counted over the period"
    by_case = any(thing.findings for thing, _ in tried)
    if by_case:
        words = "counted per case"
    readings = tuple(
        dict.fromkeys(
            reading
            for term in (credit.unit, credit.counted, credit.touching, credit.beyond, credit.across_periods)
            if term
            for reading in term.readings
        )
    )
    clauses = join(credit.unit, credit.counted, credit.touching, credit.beyond)
    adds = bool(children) and (per_outage or by_case)
    return Step(counted(total, words_of(credit)), words, clauses, readings, because=tuple(children), adds=adds)


def tell_thing(credit: Credit, thing: Thing, line: Line | None, per_outage: bool) -> list[Step]:
    """The interruptions of a thing, or the ticket; with its units where each counts for itself."""
    cited = credit.unit.clauses if credit.unit else ()
    if thing.findings:
        units = counted(line.units if line else Fraction(0), words_of(credit))
        return [Step(units, thing.key, cited, facts=thing.facts)]
    taken = f", of which {show(line.beyond)} pay nothing" if line and line.beyond else ""
    steps = []
    for found in thing.interruptions:
        words = f"{show_span(found.span)}, {found.id}: {show(found.counted.total)} counted{taken}"
        value = counted(line.units if line else Fraction(0), words_of(credit)) if per_outage else found.counted.total
        steps.append(Step(value, words, cited, facts=found.facts, spans=found.counted.spans, state="down"))
    return steps


def tell_amounts(credit: Credit, lines: Sequence[Line], settled: Settled, alike: bool) -> list[Step]:
    """How units become an amount: at one price together, at several each for itself."""
    is_rounded = credit.rounding is not None and not credit.gives_time
    rounding = f", rounded {credit.rounding.mode} to {credit.rounding.step} once" if credit.rounding and is_rounded else ""
    rounded = measured(credit, settled.rounded if settled.amount is not None else None)
    terms = credit.rounding_term
    if settled.amount is None:
        return [Step("undefined", line.why, join(credit.bands, credit.gap), used(credit.gap)) for line in lines if line.why]
    if alike and not credit.bands and not credit.formula:
        units = sum((line.units for line in lines), Fraction(0))
        return [Step(rounded, f"{number(units)} x the price of a unit{rounding}", terms.clauses, terms.readings)]
    steps = []
    for line in lines:
        told = [line.thing.key] if line.thing.key else []
        told += [line.each.words] if line.each else [line.why or "pays nothing"]
        told += [f"x {number(line.units * credit.times.value)}"] if line.units * credit.times.value != 1 else []
        cited = tuple(dict.fromkeys((*join(credit.bands, credit.gap), *(line.each.clauses if line.each else ()))))
        readings = tuple(dict.fromkeys((*used(credit.gap), *(line.each.readings if line.each else ()))))
        steps.append(Step(measured(credit, line.amount), ", ".join(told), cited, readings))
    return [*steps, Step(rounded, f"together{rounding}", terms.clauses, terms.readings)]


def tell_limits(credit: Credit, settled: Settled, price: Money | None, limit: Limit) -> list[Step]:
    """What is too little to be paid, what a cap takes off, and what is above the price of the period."""
    steps = []
    if settled.is_too_little:
        words = f"is not {credit.least.value}, so it is not paid"
        steps.append(Step(measured(credit, settled.rounded), words, credit.least.clauses, credit.least.readings))
    if limit.before.carried:
        steps.append(Step(measured(credit, limit.before.carried), "carried forward from before", join(credit.above_cap)))
    what = "carried forward" if credit.above_cap and credit.above_cap.value == "carried forward" else "lost"
    if settled.above and credit.cap.value:
        words = f"is above the most that is paid for each {credit.cap.value.per}, and is {what}"
        given = f"; {show(measured(credit, limit.before.given))} of it were given before" if limit.before.given else ""
        cited = join(credit.cap, credit.above_cap)
        steps.append(Step(measured(credit, settled.above), words + given, cited, used(credit.cap)))
    if price is not None and not credit.gives_time and settled.amount is not None and settled.amount > price.amount:
        rest = "; the rest is carried forward" if what == "carried forward" else ""
        words = f"is the price of the period: the credit is above it{rest}"
        steps.append(Step(price, words, credit.cap.clauses, credit.cap.readings))
    return steps


def join(*terms: Term[Any] | None) -> tuple[str, ...]:
    """The clauses of several terms, each once."""
    return tuple(dict.fromkeys(clause for term in terms if term for clause in term.clauses))


def used(*terms: Term[Any] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading for term in terms if term for reading in term.readings))
