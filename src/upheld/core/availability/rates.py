"""Figures of requests and of intervals: the ratio of sums, the mean of error rates, the share of bad intervals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.availability.figure import SETTLED, judge, share_of
from upheld.core.availability.partition import Partition
from upheld.core.availability.recounted import tell_recounted
from upheld.core.availability.scene import Scene
from upheld.core.availability.spells import Spell, Spells, find_spells
from upheld.core.availability.traffic import Tally, is_bad, is_failed, tally_of
from upheld.core.explain import Count, Finding, Share, Step, Value, Verdict, show, show_count, show_span
from upheld.core.terms.rules import Availability
from upheld.core.timeline import ZERO, Span, Timeline

MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Rate:
    """A figure with its bounds, how it was come by, and the counts that made it. None: nothing can be divided."""

    figure: Fraction | None
    worst: Fraction | None
    best: Fraction | None
    steps: tuple[Step, ...]
    arithmetic: str
    quantities: tuple[tuple[str, Value], ...]


def measure_rates(scene: Scene, usual: Finding, parts: Partition) -> Finding:
    """The finding of a promise that counts requests or intervals; the sums of time of `usual` stand beside it."""
    how: dict[str, Callable[[Scene, Partition], Rate]] = {
        "requests": count_requests, "mean error rate": average_rates, "bad intervals": count_intervals,
    }  # fmt: skip
    promise = scene.promise
    rate = how[promise.counting.value](scene, parts)
    is_over = scene.as_of >= scene.period.end
    verdict = usual.verdict
    if verdict not in SETTLED:
        verdict = judge(promise, rate.figure, rate.worst, is_over=is_over)
    if not is_over and verdict in (Verdict.MISSED, Verdict.NOT_REACHED) and promise.counting.value == "requests":
        # Requests to come can still mend a ratio.
        verdict = Verdict.NOT_YET_KNOWN
    asked = f"; {promise.target.value} was promised" if promise.target.value else ""
    kinds = promise.kinds_term
    value: Value = "undefined" if rate.figure is None else share_of(promise, rate.figure)
    why = Step(
        value, f"of {show_span(scene.period)}{asked}",
        tuple(dict.fromkeys((*promise.clauses, *promise.target.clauses, *promise.counting.clauses, *kinds.clauses))),
        tuple(dict.fromkeys((*promise.target.readings, *promise.counting.readings, *kinds.readings))),
        because=(*rate.steps, *tell_recounted(scene), *besides(usual)), arithmetic=rate.arithmetic,
    )  # fmt: skip
    kept = tuple(pair for pair in usual.quantities if pair[0] != "borne" and pair[0] not in dict(rate.quantities))
    return replace(
        usual, value=value, verdict=verdict, why=why,
        lower=None if rate.worst is None else share_of(promise, rate.worst),
        upper=None if rate.best is None else share_of(promise, rate.best),
        quantities=(*kept, *rate.quantities),
    )  # fmt: skip


def besides(usual: Finding) -> Iterator[Step]:
    """The time down of the period and what of it is excused or was not seen: it stands beside what was counted."""
    beside = ("down", "maintenance", "excluded", "unknown")
    yield from (step for step in usual.why.because if step.state in beside and step.because)


def excused(scene: Scene, parts: Partition, effect: str) -> Timeline:
    """Time in which what was counted does not count: excused work, and outages with an excused cause."""
    work = Timeline.of(span for excuse in scene.excuses if excuse.effect == effect for span in excuse.time)
    return work.union(parts.out_of_base if effect == "out of base" else parts.excused_up)


def lies_in(span: Span, time: Timeline) -> bool:
    """Whether all of a span lies in some time; a count that only partly does counts in full."""
    return time.within(span).spans == (span,)


def count_requests(scene: Scene, parts: Partition) -> Rate:
    """All requests of the period, and how many of them failed. A record that is bad by `bad when` failed as a whole."""
    promise = scene.promise
    leaves, stays = excused(scene, parts, "out of base"), excused(scene, parts, "up")
    total, failed, gone, forgiven, steps = 0, 0, 0, 0, []
    for fact in scene.counts:
        span = Span(fact.from_at, fact.to_at)
        if not scene.period.contains(fact.from_at) or parts.before.contains(fact.from_at):
            continue
        tally = tally_of(fact)
        if lies_in(span, leaves):
            gone += tally.total
            continue
        if promise.bad_when and is_failed(scene.terms, promise, fact, parts.down.within(span).total):
            tally = replace(tally, failed=tally.total)
        if lies_in(span, stays):
            forgiven, tally = forgiven + tally.failed, replace(tally, failed=0)
        if tally.failed:
            words = f"{show_span(span)}: {tally.failed:,} of {tally.total:,} failed"
            steps.append(Step(Count(tally.failed, "failed requests"), words, facts=tally.facts))
        total, failed = total + tally.total, failed + tally.failed
    figure = 1 - Fraction(failed, total) if total else idle_figure(promise)
    worst = None if parts.unmeasured and promise.unmeasured.value in ("undecided", "down") else figure
    told = [
        Step(Count(total, "requests"), "all that count", promise.counting.clauses, promise.leave_out.readings),
        Step(Count(failed, "failed requests"), "of them", because=grouped(steps, failed), adds=True),
    ]
    if gone:
        told.append(Step(Count(gone, "requests"), "in time that left the base: in neither sum"))
    if forgiven:
        told.append(Step(Count(forgiven, "failed requests"), "in excused time: count as answered"))
    arithmetic = f"1 − {failed:,} / {total:,}" if total else "no request was counted"
    quantities = (("requests", Count(total, "requests")), ("failed requests", Count(failed, "failed requests")))
    undecided = worst is None and figure is not None
    return Rate(figure, Fraction(0) if undecided else worst, worst, tuple(told), arithmetic, quantities)


def idle_figure(promise: Availability) -> Fraction | None:
    """What no request at all makes: as good as can be, or nothing to divide by."""
    return Fraction(1) if promise.idle and promise.idle.value == "good" else None


def grouped(steps: list[Step], whole: int) -> tuple[Step, ...]:
    """The steps that a reader can take, the rest of them in one."""
    shown = steps[:MOST_STEPS]
    if rest := whole - sum(step.value.number for step in shown if isinstance(step.value, Count)):
        shown.append(Step(Count(rest, "failed requests"), f"in {show_count(len(steps) - MOST_STEPS, 'further records')}"))
    return tuple(shown)


def average_rates(scene: Scene, parts: Partition) -> Rate:
    """100 % less the plain mean of the error rates of all intervals; `idle` says what one without requests is."""
    spells = find_spells(scene, parts, excused(scene, parts, "out of base"), excused(scene, parts, "up"))
    rates, unseen, idle = Fraction(0), spells.unseen, spells.idle
    steps: list[Step] = []
    for spell in spells.counted:
        rate = Fraction(0) if spell.is_forgiven else spell.tally.error_rate
        rates += rate
        if rate and len(steps) < MOST_STEPS:
            tally = spell.tally
            words = f"{show_span(spell.span)}: {tally.failed:,} of {tally.total:,} failed"
            steps.append(Step(Share(rate), words, facts=tally.facts))
    return rate_of(scene.promise, Worst(rates, rates, rates + unseen), spells.base, unseen, idle, steps, "error rates")


@dataclass(frozen=True, slots=True)
class Worst:
    """What counts against a promise: as it was seen, at least, and if all that was not seen were bad."""

    seen: Fraction
    least: Fraction
    most: Fraction


def count_intervals(scene: Scene, parts: Partition) -> Rate:
    """The share of intervals that are not bad."""
    leaves, stays = excused(scene, parts, "out of base"), excused(scene, parts, "up")
    spells = find_spells(scene, parts, leaves, stays)
    bad = find_bad(scene, spells, parts.down)
    least, most = (len(find_bad(scene, spells, scene.cut(scene.find_runs(kind)).down)) for kind in ("certain", "possible"))
    steps = [
        Step(
            Count(1, "bad interval"),
            f"{show_span(spell.span)}: {tell_spell(spell, parts.down)}",
            facts=spell.tally.facts,
            spans=(spell.span,),
        )
        for spell in bad[:MOST_STEPS]
    ]
    if len(bad) > MOST_STEPS:
        steps.append(Step(Count(len(bad) - MOST_STEPS, "bad intervals"), "further ones"))
    worst = Worst(Fraction(len(bad)), Fraction(least), Fraction(max(most, len(bad)) + spells.unseen))
    return rate_of(scene.promise, worst, spells.base, spells.unseen, spells.idle, steps, "bad intervals")


def find_bad(scene: Scene, spells: Spells, down: Timeline) -> list[Spell]:
    """The bad ones among the intervals. All in which nothing happened are as good or bad as one of them."""
    plain = is_bad(scene.terms, scene.promise, Tally(), ZERO)
    found = []
    for spell in spells.counted:
        lost = down.within(spell.span).total
        is_plain = not spell.tally.facts and not lost
        if not spell.is_forgiven and (plain if is_plain else is_bad(scene.terms, scene.promise, spell.tally, lost)):
            found.append(spell)
    return found


def tell_spell(spell: Spell, down: Timeline) -> str:
    lost = down.within(spell.span).total
    told = [f"{show(lost)} down"] if lost else []
    if spell.tally.total:
        told.append(f"{spell.tally.failed:,} of {show_count(spell.tally.total, 'requests')} failed")
    return ", ".join(told) or "nothing was counted"


def rate_of(
    promise: Availability, against: Worst, base: int, unseen: int, idle: int, steps: list[Step], what: str
) -> Rate:  # fmt: skip
    """A figure of intervals: what stands against it over all of them."""
    counts_unseen = promise.unmeasured.value == "down"
    seen = against.seen + (unseen if counts_unseen else 0)
    if promise.unmeasured.value == "out of base":
        base, most = base - unseen, against.most - unseen
    else:
        most = against.most
    figure, worst, best = (None if base <= 0 else 1 - each / base for each in (seen, most, against.least))
    told = [Step(Count(base, "intervals"), "all that count", promise.each.clauses if promise.each else ())]
    if what == "bad intervals":
        told.append(Step(Count(len_of(steps), what), "of them", because=tuple(steps), adds=True))
    else:
        told.append(Step(f"{seen.numerator:,} / {seen.denominator:,}", f"the sum of their {what}", because=tuple(steps)))
    if idle and promise.idle:
        told.append(Step(Count(idle, "intervals"), f"without requests: {promise.idle.value}", promise.idle.clauses))
    if unseen:
        words = f"not measured; read as {promise.unmeasured.value}"
        told.append(Step(Count(unseen, "intervals"), words, promise.unmeasured.clauses, promise.unmeasured.readings))
    shown = f"{seen.numerator:,}" if seen.denominator == 1 else f"({seen.numerator:,} / {seen.denominator:,})"
    arithmetic = f"1 − {shown} / {base:,}" if base > 0 else "there is no interval to divide by: undefined"
    quantities: list[tuple[str, Value]] = [("intervals", Count(base, "intervals"))]
    if what == "bad intervals":
        quantities.append(("bad intervals", Count(int(seen), "bad intervals")))
    quantities.append(("idle intervals", Count(idle, "intervals")))
    # Where unmeasured intervals are read as good or bad, nothing is left open.
    open_worst = worst if promise.unmeasured.value in ("undecided", "up") else figure
    return Rate(figure, open_worst, best, tuple(told), arithmetic, tuple(quantities))


def len_of(steps: list[Step]) -> int:
    return sum(step.value.number for step in steps if isinstance(step.value, Count))
