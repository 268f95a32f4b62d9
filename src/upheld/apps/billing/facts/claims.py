"""Rows of claims and their facts."""

from upheld.apps.billing.models import Claim
from upheld.core.facts import ClaimDecided, ClaimFiled
from upheld.core.timeline import Instant


def filed_fact(claim: Claim, *, by: str, at: Instant) -> ClaimFiled:
    return ClaimFiled(
        id=f"{claim.name}-filed", agreement=claim.agreement.key, occurred_at=Instant.of(claim.filed_at), recorded_at=at,
        source=by, claim=claim.name, credit=claim.credit, outage=claim.outage, channel=claim.channel,
        details=tuple(claim.details), ticket=claim.ticket,
    )  # fmt: skip


def decided_fact(claim: Claim, *, at: Instant) -> ClaimDecided:
    return ClaimDecided(
        id=f"{claim.name}-decided", agreement=claim.agreement.key, occurred_at=at, recorded_at=at,
        source=claim.decided_by, claim=claim.name, granted=bool(claim.granted), by=claim.decided_by, because=claim.because,
    )  # fmt: skip
