"""What is put right of a credit, what supports a claim, and what a customer answers to a decision."""

from upheld.core.facts.record import Fact, fact
from upheld.core.money import Money
from upheld.core.timeline import Instant


@fact("credit-corrected", 1)
class CreditCorrected(Fact):
    """
    An amount was added to a decided credit of a period, or taken off it where it is negative; the decision stays as it is.

    `subject` is what the credit is for, such as an outage; empty where it is for the whole period.
    """

    credit: str
    subject: str
    period_from_at: Instant
    amount: Money
    by: str
    approved_by: str
    because: str


@fact("claim-supported", 1)
class ClaimSupported(Fact):
    """Facts of this ledger were put to a claim as its evidence: their ids, and the digests of their leaves in that order."""

    claim: str
    facts: tuple[str, ...]
    digests: tuple[str, ...]


@fact("claim-appealed", 1)
class ClaimAppealed(Fact):
    """The customer does not accept the decision on a claim; somebody else than the first decides it anew, once."""

    claim: str
    by: str
    because: str
