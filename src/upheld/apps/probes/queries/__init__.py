"""How services stand, their outages, and what was seen of them last."""

from upheld.apps.probes.models import Outage
from upheld.apps.probes.queries.causes import NoCauses, causes_of
from upheld.apps.probes.queries.outages import UnknownOutage, count_running, list_outages, outage, running_outage
from upheld.apps.probes.queries.standing import (
    ProberSeen,
    Standing,
    count_bad,
    covered_until,
    first_seen,
    list_standings,
    prober_seen,
    recent_observations,
    standing_of,
    unclaimed_checks,
    unsealed_facts,
)

__all__ = [
    "NoCauses",
    "Outage",
    "ProberSeen",
    "Standing",
    "UnknownOutage",
    "causes_of",
    "count_bad",
    "count_running",
    "covered_until",
    "first_seen",
    "list_outages",
    "list_standings",
    "outage",
    "prober_seen",
    "recent_observations",
    "running_outage",
    "standing_of",
    "unclaimed_checks",
    "unsealed_facts",
]
