"""Promises about other figures than availability, judged: a value, a verdict, and the readings that made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.availability.levels import Reading, beyond, level_value, read_levels, take
from upheld.core.availability.outages import Outage
from upheld.core.explain import Count, Finding, Share, Step, Value, Verdict, show, show_instant, show_span
from upheld.core.facts import Fact, TaskTimed, of_kind
from upheld.core.terms.measures import IN_TIME, OUTAGES, Measure
from upheld.core.terms.rules import Terms
from upheld.core.timeline import ZERO, Instant, Span, Timeline

MOST_STEPS = 200
Told = tuple[Value, bool | None, tuple[Step, ...], tuple[tuple[str, Value], ...]]
"""The value, whether it keeps the target (None: nothing to say), the steps, the quantities."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a measure is taken from in one period."""

    terms: Terms
    measure: Measure
    period: Span
    as_of: Instant
    outages: Sequence[Outage]
    facts: Sequence[Fact]


def judge_measure(
    terms: Terms, measure: Measure, outages: Sequence[Outage], facts: Sequence[Fact], span: Span, as_of: Instant
) -> tuple[Finding, ...]:
    """One finding for each period of the measure in a statement's span."""
    periods = [measure.period.sliding_to(span.end)] if measure.period.sliding else list(measure.period.within(span))
    found = []
    for period in periods:
        name = f"measures/{measure.name}"
        if len(periods) > 1:
            name += f"/{measure.period.name_of(period)}"
        found.append(judge_period(Look(terms, measure, period, as_of, outages, facts), name))
    return tuple(found)


def judge_period(look: Look, name: str) -> Finding:
    measure, target = look.measure, look.measure.target.value
    if measure.figure == OUTAGES:
        value, is_kept, steps, quantities = count_outages(look)
    elif measure.figure == IN_TIME:
        value, is_kept, steps, quantities = share_in_time(look)
    else:
        value, is_kept, steps, quantities = take_levels(look)
    asked = f"; {target} is asked" if target else ""
    why = Step(
        value, f"{measure.figure}, {measure.taken_as.value}, of {show_span(look.period)}{asked}",
        tuple(dict.fromkeys((*measure.clauses, *measure.target.clauses))),
        measure.target.readings + measure.taken_as.readings, because=(*steps, *tell_choice(measure)),
    )  # fmt: skip
    return Finding(name, look.period, value, verdict_of(look, is_kept), why, quantities=quantities)


def tell_choice(measure: Measure) -> tuple[Step, ...]:
    """Why a case of the rule holds, or none does."""
    told = [Step("holds", words, clauses, readings) for words, clauses, readings in measure.chosen_because]
    if measure.between:
        told.append(Step("undecided", f"the cases {' and '.join(measure.between)} hold at once, and nothing orders them"))
    return tuple(told)


def verdict_of(look: Look, is_kept: bool | None) -> Verdict:
    """Met or missed, reached or not; of nothing measured nobody can say."""
    measure = look.measure
    if measure.target.value is None or not measure.applies:
        return Verdict.NOT_APPLICABLE
    if measure.between:
        return Verdict.UNDECIDED
    if look.as_of < look.period.end:
        return Verdict.NOT_YET_KNOWN
    if is_kept is None:
        return Verdict.UNDECIDED
    if measure.strength == "promise":
        return Verdict.MET if is_kept else Verdict.MISSED
    return Verdict.REACHED if is_kept else Verdict.NOT_REACHED


def take_levels(look: Look) -> Told:
    """A figure of measured levels. Where it must be broken for some time, only such stretches break it."""
    measure, target = look.measure, look.measure.target.value
    levels = read_levels(measure, look.terms.services[measure.service], look.facts, look.period)
    readings = Count(len(levels), "readings")
    if not levels:
        return "nothing was measured", None, (), (("readings", readings),)
    if measure.taken_as.value == "count":
        return readings, holds(look, Fraction(len(levels))), (), (("readings", readings),)
    figure = take(measure, levels)
    quantities: list[tuple[str, Value]] = [("readings", readings)]
    steps = [tell_reading(measure, one) for one in notable(levels, measure)]
    is_kept = holds(look, figure)
    over = beyond(levels, target) if target is not None else Timeline()
    if measure.lasting is not None and target is not None:
        stretches = [span for span in over if measure.lasting.value.holds(span.length)]
        longest = max((span.length for span in over), default=ZERO)
        is_kept, over = not stretches, Timeline.of(stretches)
        quantities += [("times beyond", Count(len(stretches), "times")), ("longest beyond", longest)]
        words = f"the longest time beyond {target}; what lasts {measure.lasting.value} counts"
        steps.append(Step(longest, words, measure.lasting.clauses, measure.lasting.readings, spans=tuple(stretches)))
    if target is not None:
        quantities.append(("time beyond", over.total))
    return level_value(measure, figure), is_kept, tuple(steps), tuple(quantities)


def notable(levels: Sequence[Reading], measure: Measure) -> list[Reading]:
    """The readings that a reader wants to see: those beyond the target, the highest first."""
    target = measure.target.value
    if target is None:
        return []
    found = [one for one in levels if not target.holds(one.level)]
    return sorted(found, key=lambda one: (-abs(one.level), one.span.start.micros))[:MOST_STEPS]


def tell_reading(measure: Measure, one: Reading) -> Step:
    return Step(level_value(measure, one.level), show_span(one.span), facts=one.facts, spans=(one.span,))


def holds(look: Look, figure: Fraction) -> bool | None:
    target = look.measure.target.value
    return None if target is None else target.holds(figure)


def share_in_time(look: Look) -> Told:
    """The share of cases that were done within the time; one that still may be is none of them."""
    measure = look.measure
    assert measure.within
    allowed, done, late, steps = measure.within.value, 0, 0, []
    for fact in of_kind(look.facts, TaskTimed):
        if fact.measure != measure.name or not look.period.contains(fact.started_at):
            continue
        due = fact.started_at + allowed
        if fact.done_at is not None and fact.done_at <= due:
            done += 1
        elif fact.done_at is not None or look.as_of > due:
            late += 1
            said = f"done {show_instant(fact.done_at)}" if fact.done_at else "not done"
            words = f"begun {show_instant(fact.started_at)}, due {show_instant(due)}, {said}"
            steps.append(Step(Count(1, "cases"), words, facts=(fact.id,)))
    counts = (("cases", Count(done + late, "cases")), ("late", Count(late, "cases")))
    if not done + late:
        return "no case", None, (), counts
    share = Fraction(done, done + late)
    told = (
        Step(Count(done + late, "cases"), f"all that were due, within {show(allowed)}", measure.within.clauses),
        Step(Count(late, "cases"), "of them late", because=tuple(steps[:MOST_STEPS]), adds=late <= MOST_STEPS),
    )
    value: Value = Count(done, "cases") if measure.taken_as.value == "count" else Share(share)
    figure = Fraction(done) if measure.taken_as.value == "count" else share
    return value, holds(look, figure), told, counts


def count_outages(look: Look) -> Told:
    """How often a service was down for a cause that counts; records that touch are one outage."""
    service = look.terms.services[look.measure.service]
    counted = Timeline.of(
        stretch.span
        for outage in look.outages
        if outage.component in service.asked
        for stretch in outage.stretches
        if stretch.cause.counts_as.value == "down"
    )
    runs = [run for run in counted if look.period.contains(run.start)]
    steps = tuple(Step(Count(1, "outages"), show_span(run), spans=(run,)) for run in runs)
    longest = max((run.length for run in runs), default=ZERO)
    told: Value = Count(len(runs), "outages")
    if look.measure.taken_as.value == "worst":
        target = look.measure.target.value
        return longest, None if target is None else target.holds(longest), steps, (("outages", told),)
    whole = Step(told, "outages that count", because=steps, adds=True)
    return told, holds(look, Fraction(len(runs))), (whole,), (("outages", told), ("longest", longest))
