"""Samples on their way: the spool between a prober, which has no database, and the hub, which has."""

from upheld.gateways.samples.assignment import Assignment
from upheld.gateways.samples.batch import Batch, Disturbance
from upheld.gateways.samples.document import UnreadableDocument
from upheld.gateways.samples.observation import Attempted, Measured, Observation, Outcome, measure_spans
from upheld.gateways.samples.spool import Heartbeat, Spool

__all__ = [
    "Assignment",
    "Attempted",
    "Batch",
    "Disturbance",
    "Heartbeat",
    "Measured",
    "Observation",
    "Outcome",
    "Spool",
    "UnreadableDocument",
    "measure_spans",
]
