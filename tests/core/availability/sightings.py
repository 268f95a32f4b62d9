"""Observations of a prober, briefly told: numbered, a second long each, on the second given."""

from upheld.core.availability.confirm import BAD, GOOD, UNSEEN, Course, Edge, Sighting, confirm
from upheld.core.timeline import SECOND, Instant

ALLOWANCE = SECOND * 15
NOON = Instant.parse("2026-02-14T12:00Z")


def at(second: int) -> Instant:
    return NOON + SECOND * second


def see(number: int, second: int, outcome: str = GOOD, *, boot: str = "b1", vouches: int | None = None) -> Sighting:
    """Observation `number`: began at `second`, its answer known one second later; it vouches for the 10 s before."""
    since = at(second + 1 - 10) if vouches is None else at(vouches)
    reason = {GOOD: "", BAD: "connection refused", UNSEEN: "no control target answered"}[outcome]
    return Sighting(boot, number, at(second), at(second + 1), since, outcome, reason)


def run(*sightings: Sighting) -> tuple[Course, list[Edge]]:
    return confirm(Course(), sightings, ALLOWANCE)


def confirm_more(course: Course, seen: Sighting, before: list[Edge]) -> tuple[Course, list[Edge]]:
    later, edges = confirm(course, [seen], ALLOWANCE)
    return later, [*before, *edges]
