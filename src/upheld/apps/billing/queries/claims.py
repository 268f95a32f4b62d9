"""Claims as they are on record, and what the judge says of them."""

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Claim
from upheld.apps.findings.queries import period_at, state_of
from upheld.apps.probes.queries import outage
from upheld.core.statement import ClaimJudged
from upheld.core.timeline import Instant


class UnknownClaim(LookupError):
    """A claim that is not on record."""


def claim(name: str) -> Claim:
    """The claim `C-7`; raises UnknownClaim."""
    number = name.removeprefix("C-")
    known = name.startswith("C-") and number.isascii() and number.isdigit() and len(number) < 10
    found = Claim.objects.select_related("agreement__customer").filter(number=int(number)).first() if known else None
    if found is None:
        raise UnknownClaim(f"no claim is called {name!r}; they are called C-1, C-2 and so on")
    return found


def list_claims(agreement: Agreement | None = None) -> list[Claim]:
    """Claims, those first that wait for a person, then the latest."""
    rows = Claim.objects.select_related("agreement__customer")
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    return sorted(rows, key=lambda row: (row.granted is not None, -row.number))


def judge_claim(claim: Claim, as_of: Instant) -> ClaimJudged | None:
    """
    What the agreement says of a claim, as of an instant: each condition met or not, with its clause.

    None where it does not say anything: the outage is not there, or no credit of the agreement is for it.
    """
    period = period_at(claim.agreement, outage(claim.outage).began_at)
    judged = state_of(claim.agreement, period, as_of).judged.claims
    return next((found for found in judged if found.filed.claim == claim.name), None)
