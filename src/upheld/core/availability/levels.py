"""Figures of many measured levels: their mean, the worst, a percentile, how long they lay beyond what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.explain import Level
from upheld.core.facts import Fact, LevelMeasured, of_kind
from upheld.core.terms.measures import Measure
from upheld.core.terms.quantities import Comparison, Percent
from upheld.core.terms.rules import Service
from upheld.core.timeline import Duration, Span, Timeline

RANK = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Reading:
    """A level over a span, with the facts that tell it."""

    span: Span
    level: Fraction
    facts: tuple[str, ...]


def read_levels(measure: Measure, service: Service, facts: Sequence[Fact], period: Span) -> list[Reading]:
    """
    The levels of a figure that begin in a period; of each interval of the measure's length their mean. Where the target is
    in per cent, so are the levels.
    """
    unit = per_cent(measure.target.value)
    found = [
        Reading(Span.forward(fact.from_at, fact.to_at), Fraction(fact.level) / unit, (fact.id,))
        for fact in of_kind(facts, LevelMeasured)
        if fact.figure == measure.figure and fact.component in service.components and period.contains(fact.from_at)
        and is_level(fact.level)
    ]  # fmt: skip
    found.sort(key=lambda one: (one.span.start.micros, one.span.end.micros, one.facts))
    if measure.each is None:
        return found
    return average_each(found, period, measure.each.value)


def per_cent(target: Comparison | None) -> int:
    return 100 if target is not None and any(isinstance(edge, Percent) for _, edge in target.edges) else 1


def is_level(written: str) -> bool:
    """Whether a level is a decimal number."""
    whole, dot, part = written.removeprefix("-").partition(".")
    return whole.isascii() and whole.isdigit() and (not dot or (part.isascii() and part.isdigit()))


def average_each(found: Sequence[Reading], period: Span, each: Duration) -> list[Reading]:
    groups: dict[int, list[Reading]] = {}
    for one in found:
        groups.setdefault((one.span.start - period.start).micros // each.micros, []).append(one)
    made = []
    for number, group in sorted(groups.items()):
        start = period.start + each * number
        facts = tuple(fact for one in group for fact in one.facts)
        made.append(Reading(Span(start, start + each), mean_of(group), facts))
    return made


def mean_of(levels: Sequence[Reading]) -> Fraction:
    """Each level weighs as long as it lasted; where none lasted, all weigh the same."""
    weights = [one.span.length.micros for one in levels]
    if not sum(weights):
        weights = [1] * len(levels)
    return sum((one.level * weight for one, weight in zip(levels, weights, strict=True)), Fraction(0)) / sum(weights)


def percentile_of(levels: Sequence[Reading], rank: Fraction) -> Fraction:
    """The nearest rank: the smallest level that at least such a share of all does not exceed."""
    ordered = sorted(one.level for one in levels)
    return ordered[max(-(-(rank * len(ordered)).numerator // (rank * len(ordered)).denominator), 1) - 1]


def worst_of(levels: Sequence[Reading], target: Comparison | None) -> Fraction:
    """The highest, or the lowest where the target asks for at least so much."""
    asks_more = target is not None and any(sign in (">=", ">") for sign, _ in target.edges)
    return (min if asks_more else max)(one.level for one in levels)


def take(measure: Measure, levels: Sequence[Reading]) -> Fraction:
    """One figure of many."""
    how = measure.taken_as.value
    if how == "mean":
        return mean_of(levels)
    if how == "worst":
        return worst_of(levels, measure.target.value)
    return percentile_of(levels, RANK)


def beyond(levels: Sequence[Reading], target: Comparison) -> Timeline:
    """The time in which the level lay beyond the target; readings that touch make one stretch."""
    return Timeline.of(one.span for one in levels if not target.holds(one.level))


def level_value(measure: Measure, figure: Fraction) -> Level:
    """A figure in its own unit again."""
    return Level(figure * per_cent(measure.target.value), measure.figure)
