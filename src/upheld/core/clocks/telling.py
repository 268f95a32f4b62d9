"""A run of a clock in words: what it counts, when it is due, and each step that led there with its clauses and facts."""

from upheld.core.clocks.counting import count_used
from upheld.core.clocks.cycles import Cycle
from upheld.core.clocks.legs import Leg, allowed_time, is_plain
from upheld.core.clocks.matter import Matter
from upheld.core.clocks.standing import union_of
from upheld.core.clocks.timed import Timed, judge_run, state_of
from upheld.core.explain import Step, Verdict, show, show_instant, show_span
from upheld.core.terms.cases import Cases
from upheld.core.terms.clocks import Clock
from upheld.core.timeline import ZERO, Duration, Instant, Span


def tell_idle(clock: Clock, matter: Matter) -> Timed:
    """A clock that has not begun on a matter."""
    words = f"has not begun on {matter.id}: {clock.starts.value} has not happened"
    why = Step("not begun", words, clock.starts.clauses, clock.starts.readings, matter.facts)
    return Timed(
        clock=clock.name, matter=matter.id, number=1, state="not begun", verdict=Verdict.NOT_APPLICABLE,
        strength=clock.strength.value, start_at=None, stop_at=None, due_at=None, used=ZERO, allowed=None, calendar="",
        case="", repeats=clock.repeats.value != "never", is_superseded=False, is_plain=False, why=why,
    )  # fmt: skip


def tell_run(
    rule: Cases[Clock], matter: Matter, cycle: Cycle, legs: tuple[Leg, ...], as_of: Instant,
    reasons: bool = True, is_superseded: bool = False,
) -> Timed:  # fmt: skip
    """What comes of a run, with all its reasons, or with one sentence."""
    leg = legs[-1]
    clock = leg.choice.clock or rule.each[0].rule
    stop_at = cycle.stop.at if cycle.stop else None
    end = stop_at if stop_at is not None else as_of
    open_time, paused = ZERO, ZERO
    if leg.allowance:
        open_time, paused = count_used(leg.allowance, leg.begin_at, end, union_of(leg.gaps, *cycle.apart))
    used, verdict = open_time - paused, judge_run(leg, stop_at, as_of)
    because: list[Step] = []
    if reasons:
        because = [tell_start(clock, cycle), *(tell_change(one) for one in legs[1:]), *tell_time(leg, clock)]
        because += [tell_used(leg, cycle, clock, open_time, paused, end)] if leg.allowance else []
        because += [*tell_bound(leg, clock), tell_stop(clock, cycle, as_of, is_superseded)]
    words = tell_line(leg, clock, matter, cycle, verdict)
    why = Step(used if leg.allowance else leg.choice.state, words, clock.clauses, because=tuple(because))
    return Timed(
        clock=rule.name, matter=matter.id, number=cycle.number, state=state_of(leg, stop_at, as_of), verdict=verdict,
        strength=clock.strength.value, start_at=cycle.start.at, stop_at=stop_at, due_at=leg.due_at, used=used,
        allowed=allowed_time(leg), calendar=leg.allowance.hours.name if leg.allowance else "", case=leg.choice.case,
        repeats=clock.repeats.value != "never", is_superseded=is_superseded,
        is_plain=is_plain(rule, legs, cycle.apart), why=why,
    )  # fmt: skip


def tell_line(leg: Leg, clock: Clock, matter: Matter, cycle: Cycle, verdict: Verdict) -> str:
    """The run in one sentence."""
    if leg.choice.state != "timed" or leg.allowance is None:
        return f"{clock.name} of {matter.id}: {leg.choice.words}"
    due = f"due {show_instant(leg.due_at)}" if leg.due_at else "no due time while it stands still"
    end = "stopped" if cycle.stop else "not stopped"
    at = f" {show_instant(cycle.stop.at)}" if cycle.stop else ""
    graded = "shown, not judged" if not clock.is_judged else verdict.value
    return f"used of {leg.allowance.written} for {clock.name} of {matter.id}: {due}, {end}{at}: {graded}"


def tell_start(clock: Clock, cycle: Cycle) -> Step:
    words = f"begins with: {cycle.start.words or clock.starts.value}"
    words += f" ({cycle.words})" if cycle.words else ""
    if cycle.passed:
        words += f"; the oldest that waited is of {show_instant(cycle.passed[0].at)}"
    return Step(cycle.start.at, words, clock.starts.clauses, clock.starts.readings, cycle.start.facts)


def tell_change(leg: Leg) -> Step:
    """What a change made of the run."""
    clock = leg.choice.clock
    words = f"changed to {leg.choice.case or leg.choice.words}: {leg.words or leg.choice.words}"
    clauses, readings = (clock.after_change.clauses, clock.after_change.readings) if clock else ((), ())
    return Step(leg.from_at, words, clauses, readings)


def tell_time(leg: Leg, clock: Clock) -> list[Step]:
    """What is allowed, and why this case."""
    parts = tuple(Step("because", words, cited, used) for words, cited, used in leg.choice.reasons)
    if leg.choice.state != "timed" or leg.allowance is None:
        return [Step(leg.choice.state, leg.choice.words or "no time is promised", clock.within.clauses, because=parts)]
    hours = leg.allowance.hours
    where = "at all hours" if hours.always else f"in the hours of {hours.name}"
    of_it = f", of which {show(allowed_time(leg) or ZERO)} are left" if leg.share != 1 else ""
    words = f"{leg.allowance.written} {where}{of_it}"
    return [Step("within", words, clock.within.clauses, clock.within.readings, because=parts)]


def tell_used(leg: Leg, cycle: Cycle, clock: Clock, open_time: Duration, paused: Duration, end: Instant) -> Step:
    """The time used: open time from the beginning to the end, less the time in which the clock stood still."""
    assert leg.allowance is not None
    span = Span.forward(leg.begin_at, end)
    parts = [Step(open_time, f"open time, {show_span(span)}", clock.within.clauses)]
    left = list(union_of(leg.gaps, *cycle.apart).within(span))
    for one in left:
        open_part, _ = count_used(leg.allowance, one.start, one.end, union_of(()))
        gaps = [gap for gap in leg.gaps if gap.span.overlap(one)]
        said = tuple(dict.fromkeys(gap.words for gap in gaps)) or ("resolved before it was reopened",)
        parts.append(Step(
            Duration(-open_part.micros), f"stood still, {show_span(one)}: {'; '.join(said)}",
            tuple(dict.fromkeys((*clock.pause_term.clauses, *(clause for gap in gaps for clause in gap.clauses)))),
            tuple(dict.fromkeys((*clock.pause_term.readings, *(name for gap in gaps for name in gap.readings)))),
            tuple(dict.fromkeys(fact for gap in gaps for fact in gap.facts)), (one,),
        ))  # fmt: skip
    return Step(open_time - paused, "used", clock.within.clauses, because=tuple(parts), adds=True)


def tell_bound(leg: Leg, clock: Clock) -> list[Step]:
    """The bound on the due time, where the agreement has one; which of the two is sooner."""
    if leg.bound_at is None or clock.at_latest.value is None:
        return []
    bound = clock.at_latest.value
    so_much = show(bound.length) + (" more than the target" if bound.adds_target else " in all")
    sooner = "which is sooner" if leg.counted_at is None or leg.bound_at < leg.counted_at else "which is not sooner"
    words = f"at the latest {so_much} after: {bound.start}; {sooner}"
    return [Step(leg.bound_at, words, clock.at_latest.clauses, clock.at_latest.readings)]


def tell_stop(clock: Clock, cycle: Cycle, as_of: Instant, is_superseded: bool) -> Step:
    if cycle.stop:
        return Step(
            cycle.stop.at, f"stopped by: {cycle.stop.words or clock.stops.value}", clock.stops.clauses,
            clock.stops.readings, cycle.stop.facts,
        )  # fmt: skip
    if is_superseded:
        return Step(as_of, "begun anew without having stopped; what was missed stays missed", clock.repeats.clauses)
    return Step(
        "not stopped",
        f"until {show_instant(as_of)} this did not happen: {clock.stops.value}",
        clock.stops.clauses,
        clock.stops.readings,
    )
