"""Outages, what counts of them, and the availability that they leave."""

from upheld.core.availability.coverage import blind_time, measured_time
from upheld.core.availability.measure import Account, find_down, measure
from upheld.core.availability.measures import judge_measure
from upheld.core.availability.outages import Outage, Stretch, approved_assignments, component_spans, read_outages
from upheld.core.availability.partition import Excuse, Partition
from upheld.core.availability.spans import account_for

__all__ = [
    "Account",
    "Excuse",
    "Outage",
    "Partition",
    "Stretch",
    "account_for",
    "approved_assignments",
    "blind_time",
    "component_spans",
    "find_down",
    "judge_measure",
    "measure",
    "measured_time",
    "read_outages",
]
