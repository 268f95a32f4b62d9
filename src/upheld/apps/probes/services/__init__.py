"""Writing about what was seen: taking batches, sealing them, saying why an outage happened, telling a prober its checks."""

from upheld.apps.probes.services.assigning import assign
from upheld.apps.probes.services.attribution import CannotAssign, CannotCorrect, approve_cause, assign_cause, correct_fact
from upheld.apps.probes.services.besides import put_cause_besides
from upheld.apps.probes.services.ingesting import ingest
from upheld.apps.probes.services.sealing import seal

__all__ = [
    "CannotAssign",
    "CannotCorrect",
    "approve_cause",
    "assign",
    "assign_cause",
    "correct_fact",
    "ingest",
    "put_cause_besides",
    "seal",
]
