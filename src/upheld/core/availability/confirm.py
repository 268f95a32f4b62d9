"""From the observations of one check to edges: an outage began, it ended, a time was not measured."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from upheld.core.availability.sighting import BAD, GOOD, UNSEEN, Sighting
from upheld.core.timeline import SECOND, Duration, Instant, Span

MOST_WAITING = 1_000
"""Observations ahead of their turn that are kept; more are not waited for, whatever their time."""
INSTANTS = ("good_started_at", "good_since", "bad_started_at", "down_since", "blind_since")


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A check was found bad. No second before the fault is counted: `first_bad_at` is the END of the first bad observation,
    `last_good_at` the START of the last good one, None where nothing good was ever seen.
    """

    last_good_at: Instant | None
    first_bad_at: Instant
    because: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Good again: `last_bad_at` is the START of the last bad observation, `first_good_at` the END of the first good one."""

    last_bad_at: Instant
    first_good_at: Instant


@dataclass(frozen=True, slots=True)
class Blind:
    """A time in which nothing was seen of the check: unknown, whatever was before and after it."""

    span: Span
    because: str


Edge = Opened | Closed | Blind


@dataclass(frozen=True, slots=True)
class Course:
    """
    What is known of a check so far: the last observation that was taken, the outage that runs, the blindness that lasts.

    `waiting` are observations whose turn has not come, because one before them is missing.
    """

    last: Sighting | None = None
    good_started_at: Instant | None = None
    """Start of the last good observation."""
    good_since: Instant | None = None
    """From when it was seen good without a break; None while it is down or nothing can be seen."""
    bad_started_at: Instant | None = None
    """Start of the last bad observation of the running outage."""
    down_since: Instant | None = None
    """First bad instant of the running outage; None while there is none. It stays while nothing can be seen."""
    blind_since: Instant | None = None
    blind_because: str = ""
    waiting: tuple[Sighting, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Whole numbers and texts, for a row."""
        return {
            **{name: found.micros if (found := getattr(self, name)) else None for name in INSTANTS},
            "last": self.last.to_json() if self.last else None,
            "blind_because": self.blind_because,
            "waiting": [seen.to_json() for seen in self.waiting],
        }

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Course":
        read = dict(written)
        for name in INSTANTS:
            read[name] = None if written[name] is None else Instant(written[name])
        read["last"] = Sighting.from_json(written["last"]) if written["last"] else None
        read["waiting"] = tuple(Sighting.from_json(seen) for seen in written["waiting"])
        return cls(**read)


def confirm(course: Course, sightings: Iterable[Sighting], allowance: Duration) -> tuple[Course, list[Edge]]:
    """
    Take observations as they arrive, in any order and more than once; returns the course after them and its new edges.

    Two observations that begin further apart than `allowance`, or whose second does not vouch for the time between, leave
    that time unmeasured. Observations of one boot are taken in order of their sequence: one that comes too early waits for
    the missing ones for as long as `allowance` (by the instants that were seen), one that comes too late changes nothing.
    """
    edges: list[Edge] = []
    for seen in sightings:
        if is_late(course.last, seen):
            continue
        if any(waiting.boot != seen.boot for waiting in course.waiting):
            course, told = take_waiting(course, allowance, patient=False)
            edges += told
            if is_late(course.last, seen):
                continue
        waiting = {known.sequence: known for known in (seen, *course.waiting)}
        course = replace(course, waiting=tuple(waiting[number] for number in sorted(waiting)))
        course, told = take_waiting(course, allowance, patient=True)
        edges += told
    return course, edges


def settle(course: Course) -> tuple[Course, list[Blind]]:
    """Put on record how far a blindness has lasted: before the time up to the last observation is vouched for."""
    if course.last is None or course.blind_since is None or course.blind_since == course.last.seen_at:
        return course, []
    blind = Blind(between(course.blind_since, course.last.seen_at), course.blind_because)
    return replace(course, blind_since=course.last.seen_at), [blind]


def is_late(last: Sighting | None, seen: Sighting) -> bool:
    """Whether the time of an observation is past: its turn in its boot, or, of another boot, the instant that it saw."""
    if last is None:
        return False
    return seen.sequence <= last.sequence if seen.boot == last.boot else seen.seen_at <= last.seen_at


def take_waiting(course: Course, allowance: Duration, *, patient: bool) -> tuple[Course, list[Edge]]:
    """Take those whose turn has come, or who have waited for long enough; all of them where we are not patient."""
    edges: list[Edge] = []
    while course.waiting:
        first, last = course.waiting[0], course.last
        turn = last.sequence + 1 if last and last.boot == first.boot else 1
        waited = course.waiting[-1].seen_at - first.seen_at
        if patient and first.sequence != turn and waited <= allowance and len(course.waiting) <= MOST_WAITING:
            break
        course, told = take(replace(course, waiting=course.waiting[1:]), first, allowance)
        edges += told
    return course, edges


def take(course: Course, seen: Sighting, allowance: Duration) -> tuple[Course, list[Edge]]:
    """The next observation in order."""
    edges: list[Edge] = []
    last = course.last
    because = explain_break(last, seen, allowance) if last else None
    if seen.outcome == UNSEEN:
        because = because or seen.reason
    if because is not None and course.blind_since is None:
        since = last.seen_at if last else seen.seen_at
        course = replace(course, blind_since=since, blind_because=because, good_since=None)
    course = replace(course, last=seen)
    if seen.outcome == UNSEEN:
        return course, edges
    if course.blind_since is not None:
        if course.blind_since != seen.seen_at:
            edges.append(Blind(between(course.blind_since, seen.seen_at), course.blind_because))
        course = replace(course, blind_since=None, blind_because="")
    if seen.outcome == BAD:
        if course.down_since is None:
            good = None if course.good_started_at is None else min(course.good_started_at, seen.seen_at)
            edges.append(Opened(good, seen.seen_at, seen.reason))
            course = replace(course, down_since=seen.seen_at)
        return replace(course, bad_started_at=seen.started_at, good_since=None), edges
    if course.down_since is not None and course.bad_started_at is not None:
        # A clock that went back could put the end before the start: such an outage has no length that anybody knows.
        end = max(seen.seen_at, course.down_since)
        edges.append(Closed(min(max(course.bad_started_at, course.down_since), end), end))
    good = course.good_since or seen.seen_at
    return replace(course, good_started_at=seen.started_at, good_since=good, bad_started_at=None, down_since=None), edges


def explain_break(last: Sighting, seen: Sighting, allowance: Duration) -> str | None:
    """Why the time between two observations was not measured, or None where it was."""
    if seen.boot != last.boot:
        return "the prober was started anew"
    if seen.sequence != last.sequence + 1:
        missing = range(last.sequence + 1, seen.sequence)
        return f"{len(missing)} of the prober's observations did not arrive, from number {missing[0]} on"
    if seen.seen_at < last.seen_at:
        return "the prober's clock went back"
    if seen.started_at - last.started_at > allowance:
        return f"no observation began for {(seen.started_at - last.started_at).micros // SECOND.micros} s"
    if last.outcome != UNSEEN and seen.outcome != UNSEEN and seen.vouches_from != last.seen_at:
        return "the prober does not vouch for the time since its last observation"
    return None


def between(one: Instant, two: Instant) -> Span:
    return Span(min(one, two), max(one, two))


__all__ = ["BAD", "GOOD", "UNSEEN", "Blind", "Closed", "Course", "Edge", "Opened", "Sighting", "confirm", "settle"]
