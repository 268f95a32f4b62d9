"""The agreement of a bundle: text, terms and calendars are, byte for byte, those that were signed for the period."""

from collections.abc import Sequence
from hashlib import sha256

from upheld.core.facts import AgreementSigned, Fact, known_at, of_kind
from upheld.core.timeline import Instant
from upheld.verify.bundle import AGREEMENT, CALENDARS, TERMS
from upheld.verify.report import Check

AGREEMENT_CHECK = "agreement"


def find_signing(facts: Sequence[Fact], period_start_at: Instant, as_of: Instant) -> AgreementSigned | None:
    """
    The signing that binds for a period, of the facts in the ledger before its statement, as known at `as_of`.

    It is the latest that was in force when the period began; for a period in which the agreement began, the first. So an
    amendment signed in March judges no February. Of two in force from the same instant the later recorded one holds.
    """
    signed = of_kind(known_at(facts, as_of), AgreementSigned)
    in_force = [fact for fact in signed if fact.occurred_at <= period_start_at]
    if in_force:
        return in_force[-1]
    started = [fact for fact in signed if fact.occurred_at == signed[0].occurred_at]
    return started[-1] if started else None


def check_agreement(entries: dict[str, bytes], signing: AgreementSigned | None) -> Check:
    """The digests in the signed fact are those of the three files."""
    if signing is None:
        return Check.of(AGREEMENT_CHECK, ["no fact before the statement says that the agreement was signed"], "")
    signed = {AGREEMENT: signing.source_digest, TERMS: signing.terms_digest, CALENDARS: signing.calendars_digest}
    problems = [
        f"{name} is not what was signed ({signing.id}): its SHA-256 is {came}, signed was {digest or 'none'}"
        for name, digest in signed.items()
        if (came := sha256(entries[name]).hexdigest()) != digest
    ]
    told = f"text, terms and calendars are those of version {signing.version}, signed for {signing.occurred_at}"
    return Check.of(AGREEMENT_CHECK, problems, told)
