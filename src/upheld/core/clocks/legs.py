"""A run of a clock in legs: what was allowed from which moment on, when that is due, and what a change made of it."""

from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.clocks.choosing import CHANGING, Choice, calendars_in, calendars_of, choose_case
from upheld.core.clocks.counting import WHOLE, count_used, cut, find_due, total_of
from upheld.core.clocks.crossing import due_across
from upheld.core.clocks.matter import Matter
from upheld.core.clocks.standing import Gap, find_gaps, union_of
from upheld.core.terms import Terms
from upheld.core.terms.cases import Cases
from upheld.core.terms.clocks import Allowance, Bound, Clock
from upheld.core.timeline import Duration, Instant, Span, Timeline


@dataclass(frozen=True, slots=True)
class Leg:
    """
    From `from_at` on the clock is timed so. Time counts from `begin_at`; `share` of the target is allowed.

    `due_at` is None where no time is promised, where an open gap hides it, or where the case is not known.
    `bound_at` is the bound that `at latest` sets; `counted_at` when the counted time alone would be due.
    """

    from_at: Instant
    begin_at: Instant
    choice: Choice
    share: Fraction
    due_at: Instant | None
    counted_at: Instant | None
    bound_at: Instant | None
    gaps: tuple[Gap, ...]
    words: str = ""

    @property
    def allowance(self) -> Allowance | None:
        return self.choice.clock.within.value if self.choice.clock and self.choice.state == "timed" else None


@dataclass(frozen=True, slots=True)
class Track:
    """One run that is to be timed: of which clock, on what, from when; `apart` is time that never counts."""

    terms: Terms
    rule: Cases[Clock]
    matter: Matter
    start: Instant
    apart: tuple[Span, ...] = ()


def time_legs(track: Track, until: Instant) -> tuple[Leg, ...]:
    """Every leg up to an instant: one for each change of what is allowed. A due time that has passed ends them."""
    choice = choose_case(track.terms, track.rule, track.matter, track.start, track.start)
    legs = [make_leg(track, choice, track.start, track.start, WHOLE)]
    for at in track.matter.changes(Span.forward(track.start, until), CHANGING):
        last = legs[-1]
        if last.due_at is not None and last.due_at < at:
            break
        chosen = choose_case(track.terms, track.rule, track.matter, track.start, at)
        if (chosen.state, chosen.case, chosen.words) != (last.choice.state, last.choice.case, last.choice.words):
            legs.append(turn(track, last, chosen, at))
    return tuple(legs)


def make_leg(track: Track, choice: Choice, at: Instant, begin: Instant, share: Fraction, words: str = "") -> Leg:
    clock = choice.clock
    if choice.state != "timed" or clock is None or clock.within.value is None:
        return Leg(at, begin, choice, share, None, None, None, (), words)
    gaps = find_gaps(track.terms, clock, track.matter, begin)
    closed = union_of(gaps, *track.apart)
    counted = find_counted(track, clock, choice, begin, closed, share)
    bound = find_bound(track, clock, begin, closed)
    known = [due for due in (counted, bound) if due is not None]
    return Leg(at, begin, choice, share, min(known, default=None), counted, bound, gaps, words)


def find_counted(
    track: Track, clock: Clock, choice: Choice, begin: Instant, closed: Timeline, share: Fraction
) -> Instant | None:
    """When the counted time is used up; across the edges of calendars as `crossing` says."""
    assert clock.within.value is not None
    if clock.crossing.value != "case at start" and calendars_of(track.rule) and len(track.rule.each) > 1:
        first = clock.within.value
        return due_across(track.terms, track.rule, track.matter, begin, closed, clock.crossing.value, first)
    return find_due(clock.within.value, begin, closed, share)


def find_bound(track: Track, clock: Clock, begin: Instant, closed: Timeline) -> Instant | None:
    """The bound of `at latest`: elapsed time from its event, which gaps move by their elapsed length."""
    bound = clock.at_latest.value
    if bound is None or clock.within.value is None:
        return None
    return find_due(bound_allowance(bound, clock.within.value), bound_start(track, bound, begin), closed)


def bound_start(track: Track, bound: Bound, begin: Instant) -> Instant:
    """The event of the bound; where the clock was timed anew after it, from then."""
    happened = track.matter.events.get(bound.start, ())
    first = happened[0].at if happened else begin
    return begin if begin != track.start else first


def bound_allowance(bound: Bound, target: Allowance) -> Allowance:
    length = bound.length + (target.open if bound.adds_target else Duration(0))
    hours = replace(target.hours, name="always", always=True)
    return Allowance("", hours, length)


def turn(track: Track, last: Leg, choice: Choice, at: Instant) -> Leg:
    """What a change makes of a run, as the new case says."""
    clock = choice.clock
    if choice.state != "timed" or clock is None:
        return make_leg(track, choice, at, at, WHOLE)
    how = clock.after_change.value
    if how == "from start":
        return make_leg(track, choice, at, track.start, WHOLE, "timed as if it had been so from the start")
    anew = make_leg(track, choice, at, at, WHOLE, "timed anew from the change")
    if last.choice.state != "timed" or how == "from change":
        return anew
    if how == "elapsed share":
        left = last.share - share_used(track, last, at)
        return make_leg(track, choice, at, at, max(left, Fraction(0)), "the share of the time that was left goes on")
    if last.due_at is not None and (anew.due_at is None or last.due_at <= anew.due_at):
        return replace(last, from_at=at, words="the time that was promised before comes sooner and stays")
    return anew


def share_used(track: Track, leg: Leg, at: Instant) -> Fraction:
    """The share of a leg's target that was used up by an instant."""
    assert leg.allowance is not None
    total = total_of(leg.allowance, leg.begin_at)
    open_time, paused = count_used(leg.allowance, leg.begin_at, at, union_of(leg.gaps, *track.apart))
    return Fraction((open_time - paused).micros, total.micros) if total else WHOLE


def is_plain(rule: Cases[Clock], legs: tuple[Leg, ...], apart: tuple[Span, ...]) -> bool:
    """
    Whether start, allowed time and calendar alone say when a run is due: nothing changed or paused it, nothing bounds it,
    and no calendar decides what is allowed. Such runs may be reckoned by the million.
    """
    leg = legs[-1]
    clock, allowance = leg.choice.clock, leg.allowance
    if clock is None or allowance is None or allowance.days or len(legs) > 1:
        return False
    # Hours are no pause: of what lets a clock stand still, only its own `only while` can ask a calendar.
    return not (leg.gaps or apart or leg.bound_at or calendars_of(rule) or calendars_in([clock.only_while]))


def allowed_time(leg: Leg) -> Duration | None:
    """How long a leg may take, as a length of open time."""
    return None if leg.allowance is None else cut(total_of(leg.allowance, leg.begin_at), leg.share)
