"""Times of recovery: every incident and every drill against what the agreement says of restoring service and data."""

from collections.abc import Sequence

from upheld.core.clocks import Happening, Incident, Matter, Timed, describe_incident, time_clock
from upheld.core.facts import DrillRun, Fact, of_kind
from upheld.core.terms import Terms
from upheld.core.terms.asking import KNOWN_OF_TICKETS
from upheld.core.timeline import Instant


def time_recovery(
    terms: Terms, facts: Sequence[Fact], incidents: Sequence[Incident], as_of: Instant
) -> dict[str, tuple[Timed, ...]]:
    """For each time of recovery its run on every incident and drill, in the order in which they began."""
    matters = [describe_incident(terms, incident, facts, as_of) for incident in incidents]
    matters += [describe_drill(drill) for drill in of_kind(facts, DrillRun) if drill.occurred_at <= as_of]
    return {
        name: tuple(run for matter in matters for run in time_clock(terms, rule, matter, as_of))
        for name, rule in terms.desk.recovery.items()
    }


def describe_drill(drill: DrillRun) -> Matter:
    """A rehearsal as a matter: it is timed as an incident is, with nothing that excuses it."""
    events = {
        "outage start": (Happening(drill.from_at, (drill.id,)),),
        "outage end": (Happening(drill.restored_at, (drill.id,)),),
        "disaster declared": (Happening(drill.declared_at, (drill.id,)),) if drill.declared_at else (),
        "last recovery point": (
            (Happening(min(drill.point_at, drill.from_at), (drill.id,)),) if drill.point_at is not None else ()
        ),
    }
    fixed = {**dict.fromkeys(KNOWN_OF_TICKETS, None), "high load": "false"}
    return Matter(drill.drill, "drill", events, fixed, facts=(drill.id,))
