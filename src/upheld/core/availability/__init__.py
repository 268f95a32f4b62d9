"""Outages, what counts of them, and the availability that they leave."""

from upheld.core.availability.coverage import blind_time, measured_time
from upheld.core.availability.measure import Account, find_down, measure
from upheld.core.availability.outages import Outage, Stretch, approved_assignments, component_spans, read_outages
from upheld.core.availability.partition import Excuse, Partition

__all__ = [
    "Account",
    "Excuse",
    "Outage",
    "Partition",
    "Stretch",
    "approved_assignments",
    "blind_time",
    "component_spans",
    "find_down",
    "measure",
    "measured_time",
    "read_outages",
]
