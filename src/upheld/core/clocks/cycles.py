"""Where a clock begins and where it stops: once, anew at each start, or anew at each stop."""

from collections.abc import Iterator

from upheld.core.clocks.matter import BEGIN, Happening, Matter
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.clocks import Clock, Trigger
from upheld.core.timeline import Instant, Span

LASTING = ("work started", "information complete", "identified")
"""Events that go on being so: one that came before the clock began is there when it begins."""
FOLLOWS_THE_LATEST = "latest customer message"


@frozen_class
class Cycle(Frozen):
    """
    One run from start to stop. `number` counts from one; `apart` is time that does not count (resolved before reopened);
    `passed` are earlier starts that a later one took the place of.
    """

    number: int
    start: Happening
    stop: Happening | None
    apart: tuple[Span, ...] = ()
    passed: tuple[Happening, ...] = ()
    words: str = ""


def find_cycles(clock: Clock, matter: Matter) -> Iterator[Cycle]:
    """Every cycle of a clock on a matter, in order."""
    start = fulfil(clock.starts.value, matter, BEGIN)
    if start is None:
        return
    if clock.repeats.value == "never":
        yield from find_once(clock, matter, start)
    elif clock.repeats.value == "at each stop":
        yield from find_from_stops(clock, matter, start)
    else:
        yield from find_from_starts(clock, matter, start)


def fulfil(trigger: Trigger, matter: Matter, since: Instant, strictly: bool = False) -> Happening | None:
    """The moment at which a trigger is fulfilled, looked at from an instant on."""
    found = []
    for event in trigger.events:
        first = matter.first(event, since, strictly)
        if first is None and trigger.how == "all" and event in LASTING and matter.events.get(event):
            first = Happening(since, matter.events[event][-1].facts, event)
        if first:
            found.append(Happening(first.at, first.facts, event))
    if not found or (trigger.how == "all" and len(found) < len(trigger.events)):
        return None
    chosen = (max if trigger.how == "all" else min)(found, key=lambda one: one.at.micros)
    facts = tuple(dict.fromkeys(fact for one in found for fact in one.facts)) if trigger.how == "all" else chosen.facts
    words = " and ".join(one.words for one in found) if trigger.how == "all" else chosen.words
    return Happening(chosen.at, facts, words)


def find_once(clock: Clock, matter: Matter, start: Happening) -> Iterator[Cycle]:
    """The one run; a reopened ticket takes it up again, or begins another, where the agreement says so."""
    stop = fulfil(clock.stops.value, matter, start.at)
    yield Cycle(1, start, stop)
    number, apart = 1, []
    while stop is not None and clock.after_reopen.value != "stays stopped":
        reopened = matter.first("reopened", stop.at)
        if reopened is None:
            return
        apart.append(Span(stop.at, reopened.at))
        stop = fulfil(clock.stops.value, matter, reopened.at, strictly=True)
        number += 1
        if clock.after_reopen.value == "resumes":
            yield Cycle(number, start, stop, tuple(apart), words="taken up again when the ticket was reopened")
        else:
            yield Cycle(number, reopened, stop, words="begun anew when the ticket was reopened")


def find_from_stops(clock: Clock, matter: Matter, start: Happening) -> Iterator[Cycle]:
    """The first run begins with the start event, each further one with the stop of the one before."""
    number, is_reopened = 1, False
    while True:
        # What was reopened as it was resolved is not settled by that again.
        settled = settled_after(matter, start.at, strictly=is_reopened)
        stop = first_of(fulfil(clock.stops.value, matter, start.at, strictly=True), settled)
        yield Cycle(number, start, stop)
        if stop is None:
            return
        is_reopened = stop.words == "resolved"
        if is_reopened:
            reopened = matter.first("reopened", stop.at)
            if reopened is None:
                return
            stop = reopened
        number, start = number + 1, stop


def find_from_starts(clock: Clock, matter: Matter, start: Happening | None) -> Iterator[Cycle]:
    """
    Each start begins a run. While one is open a further start takes its place, unless the clock follows the oldest; of
    messages the latest is the start.
    """
    number = 1
    while start is not None:
        stop = first_of(fulfil(clock.stops.value, matter, start.at), settled_after(matter, start.at))
        passed: list[Happening] = []
        if "oldest customer message" not in clock.starts.value.events:
            later = fulfil(clock.starts.value, matter, start.at, strictly=True)
            while later is not None and (stop is None or later.at <= stop.at):
                passed.append(start)
                start = later
                later = fulfil(clock.starts.value, matter, start.at, strictly=True)
        yield Cycle(number, start, stop, passed=tuple(passed))
        if stop is None:
            return
        number, start = number + 1, fulfil(clock.starts.value, matter, stop.at, strictly=True)


def settled_after(matter: Matter, since: Instant, strictly: bool = False) -> Happening | None:
    """A resolved ticket ends a run that repeats: nothing further is to be told on it."""
    found = matter.first("resolved", since, strictly)
    return Happening(found.at, found.facts, "resolved") if found else None


def first_of(one: Happening | None, other: Happening | None) -> Happening | None:
    found = [happening for happening in (one, other) if happening]
    return min(found, key=lambda happening: happening.at.micros, default=None)
