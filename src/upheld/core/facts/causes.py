"""Why a service was down, who agreed to that, and which facts no longer hold."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("cause-assigned", 1)
class CauseAssigned(Fact):
    """
    A cause put on a span of an outage, with its evidence. The latest assignment of a second holds.

    `software` and `supplier` name what failed, where the agreement asks which it was.
    """

    outage: str
    from_at: Instant
    to_at: Instant
    cause: str
    evidence: str
    by: str
    note: str = ""
    software: str = ""
    supplier: str = ""


@fact("cause-approved", 1)
class CauseApproved(Fact):
    """A second person approved an assignment of a cause whose agreement asks for that. `assignment` is that fact's id."""

    assignment: str
    by: str


@fact("fact-corrected", 1)
class FactCorrected(Fact):
    """An earlier fact no longer holds; what holds instead, if anything, is recorded as a fact of its own."""

    corrects: str
    because: str
    by: str
    approved_by: str = ""
