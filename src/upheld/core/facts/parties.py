"""Who is bound by what, and a customer's own values."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("agreement-signed", 1)
class AgreementSigned(Fact):
    """Who is bound by which version from `occurred_at`, with the digests of what was signed and the ledger's key."""

    document: str
    version: str
    customer: str
    source_digest: str
    terms_digest: str
    calendars_digest: str
    verifier_key: str


@fact("parameter-set", 1)
class ParameterSet(Fact):
    """A customer's own value for a parameter, from an instant."""

    name: str
    value: str
    from_at: Instant
