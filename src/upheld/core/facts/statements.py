"""What a customer was told of a period."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("statement-issued", 1)
class StatementIssued(Fact):
    """What the customer was told of a period. A later number replaces nothing; it names what it follows."""

    statement: str
    period_from_at: Instant
    period_to_at: Instant
    as_of: Instant
    digest: str
    follows: str = ""
