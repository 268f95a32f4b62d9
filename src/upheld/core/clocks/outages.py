"""An incident as the matter on which clocks run: what began, ended and was lost with it."""

from collections.abc import Sequence

from upheld.core.clocks.incidents import (
    Incident,
    course_of_causes,
    course_of_responsible,
    end_as_of,
    stretches_of,
)
from upheld.core.clocks.matter import Happening, Matter
from upheld.core.facts import BackupTaken, BackupTested, DisasterDeclared, Fact, RecoveryPointUsed, of_kind
from upheld.core.terms import Terms
from upheld.core.terms.asking import TOLD_OF_TICKETS
from upheld.core.timeline import Instant


def describe_incident(terms: Terms, incident: Incident, facts: Sequence[Fact], as_of: Instant) -> Matter:
    """One time in which a service was down, with the recovery point that was used and the disaster that was declared."""
    end = end_as_of(incident, as_of)
    causes = course_of_causes(terms, stretches_of(incident.outages))
    point = find_point(incident, facts)
    names = {outage.id for outage in incident.outages}
    declared = sorted(
        (one for one in of_kind(facts, DisasterDeclared) if one.outage in names and one.occurred_at <= as_of), key=in_time
    )
    events = {
        "outage start": (Happening(incident.span.start, incident.facts),),
        "outage end": (Happening(end, incident.facts),) if end else (),
        "disaster declared": tuple(Happening(one.occurred_at, (one.id,)) for one in declared),
        "last recovery point": (point,) if point else (),
    }
    fixed = {
        **dict.fromkeys(TOLD_OF_TICKETS, None),
        "component": tuple(sorted({outage.component for outage in incident.outages})),
        "priority": None, "channel": None, "topic": None, "urgent": None, "high load": "false", "state": None,
        "waiting for": None,
    }  # fmt: skip
    courses = {"cause": causes, "responsible": course_of_responsible(terms, causes)}
    return Matter(incident.id, "outage", events, fixed, courses, facts=incident.facts)


def in_time(fact: Fact) -> tuple[int, int, str]:
    """The order of what happened, whatever the order in which it was told."""
    return fact.occurred_at.micros, fact.recorded_at.micros, fact.id


def find_point(incident: Incident, facts: Sequence[Fact]) -> Happening | None:
    """
    The point from which data were had back: as it was recorded, the oldest where several were used; else the newest good
    copy before the failure. A point after the failure means that nothing was lost.
    """
    names, start = {outage.id for outage in incident.outages}, incident.span.start
    recorded = [one for one in of_kind(facts, RecoveryPointUsed) if one.outage in names]
    used = [Happening(min(one.point_at, start), (one.id,)) for one in recorded]
    if used:
        return min(used, key=lambda one: one.at.micros)
    before = [one for one in good_points(facts) if one.at <= start]
    return max(before, key=lambda one: one.at.micros, default=None)


def good_points(facts: Sequence[Fact]) -> list[Happening]:
    """Every instant of which a good copy is there, with the fact that says so. The last test of a copy decides."""
    tested = {one.backup: one for one in sorted(of_kind(facts, BackupTested), key=in_time)}
    points = []
    for taken in of_kind(facts, BackupTaken):
        test = tested.get(taken.backup)
        if test.is_good if test else taken.is_good:
            at = taken.occurred_at if taken.point_at is None else taken.point_at
            points.append(Happening(at, (taken.id, *((test.id,) if test else ()))))
    return points
