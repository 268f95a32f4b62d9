"""Tests that look beyond one window: how often such work may be, how much of it in a year, how long an interruption."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from upheld.core.explain import show, show_span
from upheld.core.facts import Frozen, frozen_class
from upheld.core.maintenance.tested import Tested
from upheld.core.maintenance.windows import Window
from upheld.core.service_hours import Zone
from upheld.core.terms.periods import Period
from upheld.core.terms.place import Term
from upheld.core.terms.quantities import Days, Frequency, Length, Months
from upheld.core.terms.rules import MaintenanceKind
from upheld.core.timeline import ZERO, Duration, Span, Timeline

MONDAY = date(2024, 1, 1)
LENGTHS: Mapping[str, Length] = {
    "day": Days(1),
    "week": Days(7),
    "month": Months(1),
    "quarter": Months(3),
    "year": Months(12),
}


@frozen_class
class Turn(Frozen):
    """A window of a kind that was judged before, with the time that it took: down, or the whole of it."""

    window: Window
    taken: Timeline


def turns_of(per: str, zone: Zone) -> Period:
    """Days, weeks from Monday, months, quarters or years on the dates of a zone."""
    return Period(per, LENGTHS[per], MONDAY, zone, None, ())


def try_turn(kind: MaintenanceKind, window: Window, earlier: Sequence[Turn], zone: Zone) -> Tested:
    """`at most: 1 per week`: the first windows with down time in it have their turn."""
    assert kind.at_most
    limit, periods = kind.at_most.value, turns_of(kind.at_most.value.per, zone)
    assert isinstance(limit.amount, Fraction)
    here = periods.containing(window.span.start)
    used = [turn.window for turn in earlier if here.contains(turn.window.span.start)]
    passed = len(used) < limit.amount
    words = f"{['the first', 'a further one'][bool(used)]} with down time in its {limit.per}; {limit.amount} is allowed"
    if used:
        words += f", used by {', '.join(other.id for other in used)}"
    return Tested("at most", passed, words, kind.at_most.clauses, kind.at_most.readings)


def try_budget(
    kind: MaintenanceKind, name: str, limit: Term[Frequency], wanted: Timeline, earlier: Sequence[Turn], zone: Zone
) -> Tested:
    """
    `budget: 10 hours per year`: time is excused until those of its year are used up, whichever window used them.

    `wanted` is the time that the window would excuse; one that crosses the edge of a year draws on both.
    """
    amount, periods = limit.value.amount, turns_of(limit.value.per, zone)
    assert isinstance(amount, Duration)
    over, told = Timeline(), []
    for span in spans_of(periods, wanted):
        used = sum((turn.taken.within(span).total for turn in earlier), ZERO)
        asked = wanted.within(span)
        surplus = after(asked, max(amount - used, ZERO))
        over = over.union(surplus)
        told.append(f"{show(used)} used before, {show(asked.total)} of this one, {show(amount)} per {limit.value.per}")
    words = "; ".join(told) or f"nothing of the {show(amount)} per {limit.value.per} is used"
    return with_surplus(kind, name, limit, over, words)


def try_longest(kind: MaintenanceKind, window: Window, runs: Timeline) -> Tested:
    """
    `longest`: each interruption from its first down time (`runs`: down time in all such work, touching records merged), or
    the window itself where all of it is measured.
    """
    assert kind.longest
    limit = kind.longest.value
    lasting = [run for run in runs if run.overlap(window.span)] if kind.measured.value == "time down" else [window.span]
    over = Timeline.of(Span.forward(run.start + limit, run.end) for run in lasting if run.length > limit)
    words = "; ".join(f"{show_span(run)}: {show(run.length)}" for run in lasting) or "no time down"
    return with_surplus(kind, "longest", kind.longest, over, f"{words}; at most {show(limit)}")


def with_surplus(
    kind: MaintenanceKind, name: str, rule: Term[Frequency] | Term[Duration], over: Timeline, words: str
) -> Tested:
    """A test that something is beyond: that part stays unexcused, or the whole work fails, as `beyond` says."""
    if not over:
        return Tested(name, True, words, rule.clauses, rule.readings)
    spans = ", ".join(show_span(span) for span in over)
    beyond = (kind.beyond.clauses, kind.beyond.readings) if kind.beyond else ((), ())
    clauses, readings = tuple(dict.fromkeys((*rule.clauses, *beyond[0]))), rule.readings + beyond[1]
    if kind.has_surplus:
        return Tested(name, True, f"{words}; {spans} is not excused, the rest stands", clauses, readings, over)
    return Tested(name, False, f"{words}; {spans} is too much", clauses, readings)


def spans_of(periods: Period, time: Timeline) -> Iterator[Span]:
    """The periods that some time touches, in order."""
    reached = None
    for span in time:
        found = periods.containing(span.start if reached is None else max(span.start, reached))
        while found.start < span.end:
            yield found
            reached = found.end
            found = periods.containing(reached)


def after(time: Timeline, length: Duration) -> Timeline:
    """What is left of some time once so much of it, from its beginning, is taken away."""
    left, kept = length, []
    for span in time:
        taken = min(left, span.length)
        kept.append(Span(span.start + taken, span.end))
        left = left - taken
    return Timeline.of(kept)
