"""Timing: every run of a clock on a matter, each with what came of it."""

from collections.abc import Iterator
from itertools import pairwise

from upheld.core.clocks.cycles import Cycle, find_cycles
from upheld.core.clocks.legs import Track, time_legs
from upheld.core.clocks.matter import Matter
from upheld.core.clocks.telling import tell_idle, tell_run
from upheld.core.clocks.timed import Timed
from upheld.core.terms import Terms
from upheld.core.terms.cases import Cases
from upheld.core.terms.clocks import Clock
from upheld.core.timeline import Instant


def time_clock(terms: Terms, rule: Cases[Clock], matter: Matter, as_of: Instant, reasons: bool = True) -> tuple[Timed, ...]:
    """
    Every run of a clock on a matter; one that says why, where none has begun or no time is promised. Without `reasons`
    each has its figures and one sentence: for a list that is asked often.
    """
    general = rule.each[0].rule
    cycles = find_cycles(general, matter)
    timed = tuple(one for cycle in cycles for one in time_cycle(terms, rule, matter, cycle, as_of, reasons))
    return timed or (tell_idle(general, matter),)


def time_cycle(
    terms: Terms, rule: Cases[Clock], matter: Matter, cycle: Cycle, as_of: Instant, reasons: bool
) -> Iterator[Timed]:
    """The run of a cycle; before it each start that was passed over, where its time was over before the next came."""
    chain = [*cycle.passed, cycle.start]
    for start, later in pairwise(chain):
        legs = time_legs(Track(terms, rule, matter, start.at), later.at)
        due = legs[-1].due_at
        if due is not None and due < later.at:
            yield tell_run(rule, matter, Cycle(cycle.number, start, None), legs, later.at, reasons, is_superseded=True)
    end = cycle.stop.at if cycle.stop else as_of
    legs = time_legs(Track(terms, rule, matter, cycle.start.at, cycle.apart), end)
    yield tell_run(rule, matter, cycle, legs, as_of, reasons)
