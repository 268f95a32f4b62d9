"""When a clock stands still: its pauses, and the time in which it does not run at all, each with its reason."""

from collections.abc import Iterator
from itertools import pairwise

from upheld.core.clocks.asking import ask
from upheld.core.clocks.matter import FOREVER, Matter
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms import Terms
from upheld.core.terms.clocks import Clock
from upheld.core.terms.conditions import Condition, tests_of
from upheld.core.timeline import Instant, Span, Timeline


@frozen_class
class Gap(Frozen):
    """A span in which a clock stands still. One that has no end yet reaches to FOREVER."""

    span: Span
    words: str
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    facts: tuple[str, ...] = ()


def find_gaps(terms: Terms, clock: Clock, matter: Matter, start: Instant) -> tuple[Gap, ...]:
    """Every span from `start` on in which the clock stands still, condition by condition."""
    span = Span(start, FOREVER)
    gaps = [gap for pause in clock.pauses for gap in find_held(terms, pause, matter, span, True)]
    if clock.only_while:
        gaps += find_held(terms, clock.only_while, matter, span, False)
    return tuple(sorted(gaps, key=lambda gap: (gap.span.start.micros, gap.span.end.micros, gap.words)))


def find_held(terms: Terms, condition: Condition, matter: Matter, span: Span, wanted: bool) -> Iterator[Gap]:
    """The spans in which a condition holds (or, with `wanted` false, in which it does not)."""
    names = [test.fact for test in tests_of(condition)]
    edges = [span.start, *matter.changes(span, names), span.end]
    for start, end in pairwise(edges):
        found = ask(condition, terms.circumstances(matter.known_at(start)))
        if found.holds is None or found.holds is not wanted:
            continue
        told = (reason.partition("; asked is")[0] for reason, _, _ in found.reasons)
        words = "; ".join(told).replace("waiting for is", "waiting for")
        clauses = tuple(dict.fromkeys(clause for _, cited, _ in found.reasons for clause in cited))
        readings = tuple(dict.fromkeys(reading for _, _, used in found.reasons for reading in used))
        facts = tuple(dict.fromkeys(fact for name in names for fact in matter.facts_at(name, start)))
        yield Gap(Span(start, end), words, clauses, readings, facts)


def union_of(gaps: tuple[Gap, ...], *more: Span) -> Timeline:
    return Timeline.of((*(gap.span for gap in gaps), *more))
