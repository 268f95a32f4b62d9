"""Clocks: what starts and stops one, how long it may take, in which hours, and what makes it stand still."""

from collections.abc import Mapping
from typing import Any

from upheld.core.facts import Frozen, frozen_class
from upheld.core.service_hours import ServiceHours
from upheld.core.terms.conditions import Condition, Hours, Test, read_condition, tests_of
from upheld.core.terms.place import Place, Term, Unreadable, names, nearest, one_of, text
from upheld.core.terms.quantities import (
    Comparison,
    Days,
    Length,
    Months,
    OpenTime,
    parse_comparison,
    parse_length,
)
from upheld.core.timeline import ZERO, Duration

EVENTS = (
    "received", "information complete", "latest customer message", "oldest customer message", "reply by a person",
    "update sent", "ETA given", "confirmation", "work started", "resolved", "first response", "identified", "outage start",
    "outage end", "disaster declared", "last recovery point", "ticket opened",
)  # fmt: skip
STRENGTHS = ("promise", "objective", "limit", "goal", "best effort")
CHANGES = ("from start", "from change", "earlier of both", "elapsed share")
CROSSINGS = ("case at start", "shorter", "in proportion")
REOPENINGS = ("resumes", "starts anew", "stays stopped")


@frozen_class
class Trigger(Frozen):
    """Events that start or stop a clock: with `any` the first of them, with `all` the last."""

    how: str
    events: tuple[str, ...]

    def __str__(self) -> str:
        return f" {'or' if self.how == 'any' else 'and'} ".join(self.events)


@frozen_class
class Allowance(Frozen):
    """
    The time allowed, made ready to be counted.

    `open` time is counted in `hours`; where `days` is given, it ends with so many of the days of `hours`, as `kind` says.
    """

    written: str
    hours: ServiceHours
    open: Duration = ZERO
    days: int = 0
    kind: str = ""


@frozen_class
class Bound(Frozen):
    """The latest that a clock may be due, in elapsed time from an event: so much in all, or the target and so much more."""

    start: str
    length: Duration
    adds_target: bool


@frozen_class
class Clock(Frozen):
    """A time within which something must be done. `within` None: no time is promised."""

    name: str
    when: Condition | None
    strength: Term[str]
    starts: Term[Trigger]
    stops: Term[Trigger]
    repeats: Term[str]
    within: Term[Allowance | None]
    pauses: tuple[Condition, ...]
    pause_term: Term[bool]
    only_while: Condition | None
    at_latest: Term[Bound | None]
    after_change: Term[str]
    crossing: Term[str]
    after_reopen: Term[str]
    reached_by: Term[Comparison] | None
    instead: str
    evidence: tuple[str, ...]
    clauses: tuple[str, ...]

    @property
    def is_judged(self) -> bool:
        """A best effort is shown and never judged."""
        return self.strength.value != "best effort"

    @property
    def is_about_outages(self) -> bool:
        """A clock that an outage starts and ends needs no ticket."""
        outage = ("outage start", "outage end", "disaster declared", "last recovery point")
        return all(event in outage for event in (*self.starts.value.events, *self.stops.value.events))


def bind_clock(name: str, place: Place, hours: Mapping[str, ServiceHours]) -> Clock | None:
    """One clock, or one case of it."""
    strength = place.read("strength", one_of(*STRENGTHS))
    starts, stops = place.read("starts", parse_trigger), place.read("stops", parse_trigger)
    repeats = place.read("repeats", one_of("at each stop", "at each start", "never"))
    runs_in = place.read("hours", lambda value: named_hours(value, hours))
    evidence = place.read("evidence", names)
    after_change = place.read("after change", one_of(*CHANGES))
    crossing = place.read("crossing", one_of(*CROSSINGS), "case at start")
    at_latest: Term[Bound | None] = place.maybe("at latest", parse_bound) or Term(None)
    pauses, pause_term = read_pauses(place)
    if not (strength and starts and stops and repeats and runs_in and evidence and after_change and crossing):
        return None
    within = place.read("within", lambda value: parse_allowance(value, runs_in.value, hours))
    instead = place.maybe("instead", text)
    after_reopen = read_reopening(place, stops.value, repeats.value, within)
    if not (within and pause_term and after_reopen):
        return None
    allowed = Term(
        within.value[0] if within.value else None, join(within.clauses, runs_in.clauses),
        join(within.readings, runs_in.readings),
    )  # fmt: skip
    if at_latest.value and at_latest.value.adds_target and allowed.value and allowed.value.days:
        place.problem(f"{allowed.value.written} is no length to which time could be added; write in all: …", "at latest")
        return None
    return Clock(
        name=name, when=read_condition(place.below("when")) if place.has("when") else None, strength=strength,
        starts=starts, stops=stops, repeats=repeats, within=allowed, pauses=pauses, pause_term=pause_term,
        only_while=read_condition(place.below("only while")) if place.has("only while") else None,
        at_latest=at_latest, after_change=after_change, crossing=crossing, after_reopen=after_reopen,
        reached_by=place.maybe("reached by", lambda value: parse_comparison(text(value))),
        instead=instead.value if instead else "", evidence=evidence.value, clauses=place.clauses,
    )  # fmt: skip


def join(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def named_hours(value: Any, hours: Mapping[str, ServiceHours]) -> ServiceHours:
    if value not in hours:
        raise Unreadable(f"no calendar is called {value!r}{nearest(str(value), hours)}")
    return hours[value]


def parse_trigger(value: Any) -> Trigger:
    """One event, or `{any: […]}`, `{all: […]}` of several."""
    how, events = "any", value
    if isinstance(value, dict) and len(value) == 1 and next(iter(value)) in ("any", "all"):
        how, events = next(iter(value.items()))
    if isinstance(events, dict):
        raise Unreadable(f"{value!r} is no event; write one, or {{any: [one, two]}} or {{all: [one, two]}}")
    listed = names(events)
    for event in listed:
        if event not in EVENTS:
            raise Unreadable(f"{event!r} starts or stops no clock{nearest(event, EVENTS)}; known are {', '.join(EVENTS)}")
    return Trigger(how, listed)


def parse_allowance(value: Any, runs_in: ServiceHours, hours: Mapping[str, ServiceHours]) -> tuple[Allowance] | None:
    """The time allowed, counted in the clock's hours unless it names a calendar itself; `none` promises no time."""
    if value == "none":
        return None
    length: Length = parse_length(text(value))
    counted = runs_in
    if isinstance(length, Days | OpenTime) and length.calendar:
        counted = named_hours(length.calendar, hours)
    if isinstance(length, Months):
        raise Unreadable(f"{value!r} is no time for a clock; write days, hours or minutes")
    if isinstance(length, Duration):
        return (Allowance(str(value), counted, length),)
    if isinstance(length, OpenTime):
        return (Allowance(str(value), counted, length.length),)
    kind = length.kind or (counted.day if length.calendar else "dates")
    if kind == "none":
        raise Unreadable(f"calendar {counted.name} does not say what a day is; give it a `day`")
    if kind == "open hours":
        return (Allowance(str(value), counted, counted.day_length() * length.number),)
    return (Allowance(str(value), counted, days=length.number, kind=kind),)


def parse_bound(value: Any) -> Bound | None:
    """`{from: received, target plus: 24 hours}` or `{from: received, in all: 24 hours}`; `none` where a reading says so."""
    if value == "none":
        return None
    if isinstance(value, dict) and value.get("from") in EVENTS:
        for key in ("target plus", "in all"):
            if set(value) == {"from", key}:
                length = parse_length(text(value[key]))
                if isinstance(length, Duration):
                    return Bound(value["from"], length, key == "target plus")
    raise Unreadable(
        f"{value!r} is no bound; write {{from: received, target plus: 24 hours}} or {{from: received, in all: 24 hours}}"
    )


def read_pauses(place: Place) -> tuple[tuple[Condition, ...], Term[bool] | None]:
    """The conditions under which a clock stands still, wherever a reading keeps them; `none` is none."""
    teller = place.teller("pauses")
    term = place.read("pauses", lambda value: [] if value == "none" else conditions_in(value))
    if term is None:
        return (), None
    inner = [Place(teller.desk, (*teller.path, "pauses"), written, readings=term.readings) for written in term.value]
    found = tuple(read_condition(one) for one in inner)
    for condition in found:
        for test in tests_of(condition):
            if isinstance(test.wanted, Hours):
                teller.problem("hours are no pause; the clock's own hours say when it runs", "pauses")
    return found, Term(bool(found), term.clauses, term.readings)


def conditions_in(value: Any) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    if not all(isinstance(one, dict) and one for one in listed):
        raise Unreadable(f"{value!r} are no conditions; write a list such as [{{waiting for: customer}}], or none")
    return listed


def read_reopening(place: Place, stops: Trigger, repeats: str, within: Term[Any] | None) -> Term[str] | None:
    """What a reopened ticket does to the clock: it must be said where the clock cannot stop without `resolved`."""
    needs_it = "resolved" in stops.events and (stops.how == "all" or len(stops.events) == 1) and repeats == "never"
    if place.has("after reopen") or (needs_it and within is not None and within.value is not None):
        return place.read("after reopen", one_of(*REOPENINGS))
    return Term("stays stopped")


def find_tests(clock: Clock) -> tuple[Test, ...]:
    """Every test that a clock asks, wherever it stands."""
    conditions = [*clock.pauses, *(one for one in (clock.when, clock.only_while) if one)]
    return tuple(test for condition in conditions for test in tests_of(condition))
