"""Money as it is on record, and what the judge says of a claim."""

from upheld.apps.billing.queries.claims import UnknownClaim, claim, judge_claim, list_claims
from upheld.apps.billing.queries.invoices import invoices_of

__all__ = ["UnknownClaim", "claim", "invoices_of", "judge_claim", "list_claims"]
