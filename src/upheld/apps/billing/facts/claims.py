"""Rows of claims and their facts."""

from upheld.apps.billing.models import Claim
from upheld.core.facts import ClaimAppealed, ClaimDecided, ClaimFiled, ClaimSupported
from upheld.core.timeline import Instant


def filed_fact(claim: Claim, *, by: str, at: Instant) -> ClaimFiled:
    return ClaimFiled(
        id=f"{claim.name}-filed", agreement=claim.agreement.key, occurred_at=Instant.of(claim.filed_at), recorded_at=at,
        source=by, claim=claim.name, credit=claim.credit, outage=claim.outage, channel=claim.channel,
        details=tuple(claim.details), ticket=claim.ticket,
        period_from_at=Instant.of(claim.period_from_at) if claim.period_from_at else None,
    )  # fmt: skip


def decided_fact(claim: Claim, *, at: Instant) -> ClaimDecided:
    return ClaimDecided(
        id=f"{claim.name}-decided", agreement=claim.agreement.key, occurred_at=at, recorded_at=at,
        source=claim.decided_by, claim=claim.name, granted=bool(claim.granted), by=claim.decided_by, because=claim.because,
    )  # fmt: skip


def supported_fact(claim: Claim, *, by: str, at: Instant) -> ClaimSupported:
    return ClaimSupported(
        id=f"{claim.name}-supported", agreement=claim.agreement.key, occurred_at=at, recorded_at=at, source=by,
        claim=claim.name, facts=tuple(name for name, _ in claim.evidence),
        digests=tuple(digest for _, digest in claim.evidence),
    )  # fmt: skip


def appealed_fact(claim: Claim, *, at: Instant) -> ClaimAppealed:
    return ClaimAppealed(
        id=f"{claim.name}-appealed", agreement=claim.agreement.key, occurred_at=at, recorded_at=at,
        source=claim.appealed_by, claim=claim.name, by=claim.appealed_by, because=claim.appeal_because,
    )  # fmt: skip


def appeal_decided_fact(claim: Claim, *, at: Instant) -> ClaimDecided:
    """The second decision on a claim stands beside the first."""
    return ClaimDecided(
        id=f"{claim.name}-appeal-decided", agreement=claim.agreement.key, occurred_at=at, recorded_at=at,
        source=claim.appeal_decided_by, claim=claim.name, granted=bool(claim.appeal_granted), by=claim.appeal_decided_by,
        because=claim.appeal_answer,
    )  # fmt: skip
