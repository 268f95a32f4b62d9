"""The reasons of an availability figure: each sum opened to its spans, each span to its facts and clauses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from upheld.core.availability.affected import weigh
from upheld.core.availability.coverage import blind_spans
from upheld.core.availability.figure import Sums, evaluate, share_of
from upheld.core.availability.outages import Outage, Stretch
from upheld.core.availability.partition import Excuse, Partition
from upheld.core.availability.runs import Runs
from upheld.core.availability.scene import Scene
from upheld.core.explain import Share, Step, show, show_count, show_span
from upheld.core.facts import Fact, NotMeasured
from upheld.core.terms.rules import Availability, Cause, Terms
from upheld.core.timeline import MINUTE, SECOND, Duration, Span, SpanIndex, Timeline

MOST_SPANS = 500


def tell_availability(
    scene: Scene, parts: Partition, sums: Sums, figure: Fraction | None, allowed: Duration | None, runs: Runs,
    instances: Sequence[tuple[str, Partition, Sums]],
) -> Step:  # fmt: skip
    """The root of the reasons: the formula's quantities in its own order, then what did not count, then the arithmetic."""
    promise, index = scene.promise, SpanIndex.of((outage.span, outage) for outage in scene.outages)
    told = tell_sums(scene, parts, sums, index)
    if instances:
        told = {
            what: together(step, what, [(name, tell_sums(scene, own, part, index)) for name, own, part in instances])
            for what, step in told.items()
        }
    if sums.affected is not None:
        told["affected time"] = tell_affected(scene, parts, sums)
    where = promise.where if promise.counts_time else {}
    letters = {what: letter for letter, what in where.items()}
    order = [where[letter] for letter in promise.formula.value.letters if letter in where]
    steps = [
        retold(told[what], letters.get(what, ""), promise)
        for what in dict.fromkeys((*order, *told))
        if what in told and (what in letters or (isinstance(told[what].value, Duration) and told[what].value))
    ]
    steps += tell_dropped(promise, runs, scene.period)
    if parts.unmeasured:
        steps.append(tell_unmeasured(scene.terms, promise, parts, sums, scene.facts, figure))
    if allowed is not None:
        steps.append(tell_borne(promise, sums, allowed))
    steps += tell_choice(promise)
    asked = f"; {promise.target.value} {PROMISED[promise.strength]}" if promise.target.value else ""
    return Step(
        value="undefined" if figure is None else share_of(promise, figure),
        words=f"of {show_span(scene.period)} the service was available{asked}",
        clauses=tuple(dict.fromkeys((*promise.clauses, *promise.target.clauses))),
        readings=promise.target.readings,
        because=tuple(steps),
        arithmetic=tell_arithmetic(promise, sums, figure) if promise.counts_time else "",
    )


PROMISED = {
    "promise": "was promised",
    "objective": "is the objective, which is no promise",
    "limit": "is the limit of an objective",
    "goal": "is the goal, which is no promise",
    "best effort": "was aimed at, and not promised",
}


def tell_sums(scene: Scene, parts: Partition, sums: Sums, index: SpanIndex[Outage]) -> dict[str, Step]:
    """Each sum of time opened to its spans."""
    promise, excuses = scene.promise, scene.excuses
    return {
        "all time": tell_all_time(promise, scene.period, parts, sums),
        "down": tell_down(promise, parts, sums, index),
        "out of base": tell_excused(
            "out of base", "taken out of the calculation", promise, parts.out_of_base, sums, index, excuses
        ),
        "up by exclusion": tell_excused("up", "not counted, counts as up", promise, parts.excused_up, sums, index, excuses),
    }


def together(step: Step, what: str, each: Sequence[tuple[str, dict[str, Step]]]) -> Step:
    """A sum over instances: what each of them brings."""
    children = tuple(replace(told[what], words=f"{name}: {told[what].words}", sign="") for name, told in each)
    total = Duration(sum(child.value.micros for child in children if isinstance(child.value, Duration)))
    clauses = tuple(dict.fromkeys(clause for child in children for clause in child.clauses))
    words = f"{step.words.partition(':')[0]}, of {show_count(len(children), 'instances')} together"
    return Step(total, words, clauses, because=children, adds=True, sign=step.sign, state="")


def tell_affected(scene: Scene, parts: Partition, sums: Sums) -> Step:
    """Time down by the share of users that it hit, cut to the microsecond for showing."""
    weighed = weigh(parts.down, scene.outages, scene.facts)
    exact = sums.affected_time
    length = Duration(exact.numerator // exact.denominator)
    return Step(length, "down, by the share of users that it hit", scene.promise.counting.clauses, because=weighed.steps)


def tell_dropped(promise: Availability, runs: Runs, period: Span) -> Iterator[Step]:
    """Time down that does not count because it was too short, in part of a minute, or before anybody reported it."""
    dropped = runs.dropped.within(period)
    if dropped:
        inside = [step for step in runs.steps if any(span.overlap(period) for span in step.spans)][:MOST_SPANS]
        words = "down, and not counted: too short, part of a minute, or not yet reported"
        yield Step(dropped.total, words, because=tuple(inside), spans=dropped.spans[:MOST_SPANS])


def tell_choice(promise: Availability) -> Iterator[Step]:
    """Which case of the rule holds for this customer, or why none or more than one does."""
    if promise.between:
        yield Step("undecided", f"the cases {' and '.join(promise.between)} hold at once, and nothing orders them")
    elif not promise.applies:
        yield Step("not applicable", "no case of the rule holds for this customer")
    for words, clauses, readings in promise.chosen_because:
        yield Step("holds" if promise.applies else "does not hold", words, clauses, readings)


def retold(step: Step, letter: str, promise: Availability) -> Step:
    """The step of a quantity, led by its letter and bound to the formula's clause."""
    if not letter:
        return step
    clauses = tuple(dict.fromkeys((*step.clauses, *promise.formula.clauses)))
    return replace(step, words=f"{letter}, {step.words}", clauses=clauses)


def tell_all_time(promise: Availability, period: Span, parts: Partition, sums: Sums) -> Step:
    words, readings = "the whole period", promise.part_period.readings if parts.before else ()
    if reckoned := promise.period.explain_denominator(period):
        words = f"the whole period: {reckoned}"
    if parts.before:
        words += f"; the agreement began {show_span(Span(parts.before.spans[-1].end, period.end))}"
        words += f", and the time before it {BEFORE[promise.part_period.value]}"
    return Step(sums.all_time, words, promise.period.clauses, readings, spans=(period,))


BEFORE = {
    "trimmed": "left the base",
    "from all running": "left the base",
    "deemed up": "counts as up",
    "whole period counts": "counts as up",
    "does not arise": "has no meaning in the agreement: undefined",
}


def tell_down(promise: Availability, parts: Partition, sums: Sums, outages: SpanIndex[Outage]) -> Step:
    children = tell_spans(parts.down, outages, "down")
    if promise.unmeasured.value == "down" and parts.unmeasured:
        words = "not measured, read as down"
        children.append(Step(parts.unmeasured.total, words, promise.unmeasured.clauses, promise.unmeasured.readings))
    clauses = tuple(dict.fromkeys(clause for step in children for clause in step.clauses))
    return Step(sums.down, "down and counted", clauses, because=tuple(children), adds=True, sign="−", state="down")


def tell_spans(time: Timeline, outages: SpanIndex[Outage], effect: str) -> list[Step]:
    """One step for each stretch; what is more than a reader can take stands together in a last one."""
    steps = [tell_span(span, outages, effect) for span in time.spans[:MOST_SPANS]]
    if rest := Timeline(time.spans[MOST_SPANS:]):
        steps.append(Step(rest.total, show_count(len(rest.spans), "further stretches"), spans=rest.spans, state=effect))
    return steps


def tell_span(span: Span, outages: SpanIndex[Outage], effect: str) -> Step:
    """One stretch of counted or excused time, with its causes and the facts that hold it."""
    touched = outages.touching(span)
    stretches = [stretch for outage in touched for stretch in outage.stretches if stretch.span.overlap(span)]
    found = {stretch.cause.name: stretch.cause for stretch in stretches if stretch.cause.counts_as.value == effect}
    causes = list(found.values())
    named = ", ".join(cause.name for cause in causes) or "no cause given"
    told = [*(outage.facts for outage in touched), *(stretch.facts for stretch in stretches)]
    facts = tuple(dict.fromkeys(fact for some in told for fact in some))
    why = "; ".join(dict.fromkeys(words for stretch in stretches for words, _, _ in stretch.because))
    because_of = f" ({why})" if why else ""
    running = ", still running" if any(outage.is_running for outage in touched) else ""
    return Step(
        span.length,
        f"{show_span(span)}, {', '.join(outage.id for outage in touched)}: {named}{because_of}{running}",
        cited_by(causes, stretches),
        tuple(dict.fromkeys(reading for cause in causes for reading in cause.counts_as.readings)),
        facts,
        (span,),
        state=effect,
    )


def cited_by(causes: Sequence[Cause], stretches: Sequence[Stretch]) -> tuple[str, ...]:
    """The clauses of causes, and of the conditions that made them the causes."""
    cited = [clause for cause in causes for clause in (*cause.clauses, *cause.counts_as.clauses)]
    told = [clause for stretch in stretches for _, clauses, _ in stretch.because for clause in clauses]
    return tuple(dict.fromkeys((*cited, *told)))


def tell_excused(
    effect: str,
    words: str,
    promise: Availability,
    time: Timeline,
    sums: Sums,
    outages: SpanIndex[Outage],
    excuses: Sequence[Excuse],
) -> Step:
    """Time that leaves the base or counts as up: first by window, then by cause. The parts add up to the sum."""
    taken, children = Timeline(), []
    for excuse in excuses:
        part = Timeline.of(shared for span in excuse.time for shared in time.within(span))
        if excuse.effect == effect and (part := part.subtract(taken)):
            state = "maintenance"
            children.append(
                Step(part.total, excuse.words, excuse.clauses, excuse.readings, excuse.facts, part.spans, state=state)
            )
            taken = taken.union(part)
    children += tell_spans(time.subtract(taken), outages, effect)
    total = time.total
    if effect == "out of base" and sums.out_of_base != total:
        unmeasured = sums.out_of_base - total
        children.append(
            Step(unmeasured, "not measured, read as out of base", promise.unmeasured.clauses, promise.unmeasured.readings)
        )
        total = sums.out_of_base
    clauses = tuple(dict.fromkeys(clause for step in children for clause in step.clauses))
    sign = "−" if effect == "out of base" else ""
    state = "maintenance" if effect == "out of base" else "excluded"
    return Step(total, words, clauses, because=tuple(children), adds=True, sign=sign, state=state)


def tell_unmeasured(
    terms: Terms, promise: Availability, parts: Partition, sums: Sums, facts: Sequence[Fact], figure: Fraction | None
) -> Step:
    """What was not seen, and what the figure would be if all of it had been down."""
    service = terms.services[promise.service]
    time, blind = parts.unmeasured, SpanIndex.of(blind_spans(service, facts))
    children = tuple(tell_unseen(span, blind.touching(span)) for span in time.spans[:MOST_SPANS])
    worst = evaluate(promise, sums.with_down(sums.down + time.total))
    words = "not measured"
    if worst is not None and figure is not None and worst != figure and promise.unmeasured.value in ("up", "undecided"):
        words = f"not measured; were all of it down, {show(share_of(promise, worst))}"
    evidence = tuple(
        clause for name in promise.evidence if name in terms.evidence for clause in terms.evidence[name].clauses
    )
    clauses = tuple(dict.fromkeys((*promise.unmeasured.clauses, *evidence)))
    return Step(
        time.total, words, clauses, promise.unmeasured.readings, spans=time.spans, because=children,
        adds=len(children) == len(time.spans), state="unknown",
    )  # fmt: skip


def tell_unseen(span: Span, blind: Sequence[NotMeasured]) -> Step:
    """One stretch of which nothing is known, and what was missing where somebody says so."""
    missing = "; ".join(dict.fromkeys(fact.because for fact in blind if fact.because))
    words = f"{show_span(span)}: {missing}" if missing else show_span(span)
    return Step(span.length, words, facts=tuple(fact.id for fact in blind), spans=(span,), state="unknown")


def tell_borne(promise: Availability, sums: Sums, allowed: Duration) -> Step:
    """How much down time the target bears, beside what there was."""
    if sums.down > allowed:
        words = f"of down time would have been borne; it was {show(sums.down - allowed)} more"
    else:
        words = f"of down time are borne; {show(allowed - sums.down)} are left"
    return Step(allowed, words, promise.target.clauses)


def tell_arithmetic(promise: Availability, sums: Sums, figure: Fraction | None) -> str:
    """The printed formula with its figures, in the coarsest unit that keeps all of them whole."""
    exact = sums.exact()
    named = {letter: exact[what] for letter, what in promise.where.items()}
    times = [named[letter] for letter, what in promise.where.items() if what in LENGTHS]
    unit, name = next(
        ((unit, name) for unit, name in ((MINUTE, "min"), (SECOND, "s")) if all(one % unit.micros == 0 for one in times)),
        (Duration(1), "µs"),
    )
    shown = {
        letter: plain(named[letter] / unit.micros if what in LENGTHS else named[letter])
        for letter, what in promise.where.items()
    }
    filled = promise.formula.value.filled(shown)
    if figure is None:
        return f"{filled} ({name}) divides by nothing: undefined"
    digits = show(Share(figure, 8)).removesuffix(" %").rstrip("0").rstrip(".")
    more = "" if (figure * 100 * 10**8).denominator == 1 else "…"
    floored = show(share_of(promise, figure))
    ratio = f"{figure.numerator:,} / {figure.denominator:,}"
    return f"{filled} in {name} = {ratio} = {digits}{more} %, shown floored as {floored}"


LENGTHS = ("all time", "out of base", "down", "up by exclusion", "down and excluded", "affected time")


def plain(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else f"({number.numerator:,} / {number.denominator:,})"
