"""What is charged for: work, quotes, what is looked after, volumes; credits taken off, and the wish to end the contract."""

from upheld.core.facts.record import Fact, fact
from upheld.core.money import Money
from upheld.core.timeline import Instant


@fact("work-logged", 1)
class WorkLogged(Fact):
    """Work for a customer, told when it was done. `charge` is a charge of the agreement, or a topic that names one."""

    work: str
    charge: str
    from_at: Instant
    lasted: int = 0
    """Time spent, microseconds."""
    count: int = 1
    """How many of what the charge is for, where it is not for time."""
    request: str = ""
    """The request or ticket that it serves; work for one request is charged together."""
    topic: str = ""
    deleted_by: str = ""
    restore: str = ""
    responsible: str = ""
    erroneous: bool = False
    quote: str = ""
    by: str = ""


@fact("charge-approved", 1)
class ChargeApproved(Fact):
    """Somebody agreed that a piece of work is charged, where the agreement asks for that."""

    work: str
    by: str


@fact("quote-given", 1)
class QuoteGiven(Fact):
    """A price was named for a charge that the agreement leaves to a quote."""

    quote: str
    charge: str
    amount: Money
    by: str


@fact("quote-accepted", 1)
class QuoteAccepted(Fact):
    """The customer's side accepted a quote."""

    quote: str
    by: str


@fact("resource-started", 1)
class ResourceStarted(Fact):
    """From now on one more of something is looked after: a managed server, a workspace."""

    resource: str
    kind: str


@fact("resource-ended", 1)
class ResourceEnded(Fact):
    """It is no longer looked after."""

    resource: str


@fact("volume-measured", 1)
class VolumeMeasured(Fact):
    """How large something was found to be, for a charge that depends on it."""

    charge: str
    name: str
    bytes: int


@fact("credit-applied", 1)
class CreditApplied(Fact):
    """A granted credit is taken off the invoice of the period in which this happens, before tax."""

    credit: str
    amount: Money
    claim: str = ""


@fact("end-requested", 1)
class EndRequested(Fact):
    """A side wants the contract to end at an instant; without one, as soon as it can."""

    by: str
    ends_at: Instant | None = None
