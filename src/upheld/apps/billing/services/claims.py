"""Writing about claims: each step is a row and a fact in one transaction."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts.claims import decided_fact, filed_fact, supported_fact
from upheld.apps.billing.models import Claim
from upheld.apps.billing.queries.claims import judge_claim, periods_about
from upheld.apps.billing.services.credits import propose_credits
from upheld.apps.findings.queries import CannotJudge, period_at, terms_of
from upheld.apps.ledger.queries import NotRecorded, fact_of
from upheld.apps.ledger.services import record
from upheld.apps.oncall.services import announce
from upheld.apps.parties.services import take_turn
from upheld.apps.probes.queries import UnknownOutage, outage
from upheld.core.proof import leaf_hash
from upheld.core.statement import ClaimJudged
from upheld.core.timeline import MICRO, Instant, Span

log = logging.getLogger("upheld.billing")


class CannotFile(ValueError):
    """A claim for a credit or an outage that the agreement does not know."""


class CannotDecide(ValueError):
    """A decision without a reason, a second decision, or one that the agreement does not bear."""


def file_claim(
    *,
    agreement: Agreement,
    credit: str,
    outage_name: str,
    channel: str,
    details: Sequence[str],
    filed_at: Instant,
    by: str,
    at: Instant,
    ticket: str = "",
    period_from_at: Instant | None = None,
    evidence: Sequence[str] = (),
) -> Claim:
    """
    Record a customer's claim. One that lacks something is recorded all the same: `queries.judge_claim` says what.

    Without an outage it is for the period that begins at `period_from_at` (None: the last one that was over). `evidence` are
    ids of facts of the agreement's ledger. Raises CannotFile for what this agreement does not have.
    """
    known = terms_of(agreement, at).credits
    if credit not in known:
        raise CannotFile(f"{agreement.key} promises no credit {credit!r}; it promises {', '.join(known) or 'none'}")
    if outage_name:
        refuse_foreign(agreement, outage_name)
        period_from_at = None
    else:
        period_from_at = find_period(agreement, period_from_at, filed_at).start
    kept = find_evidence(agreement, evidence)
    with transaction.atomic():
        take_turn()
        claim = Claim.objects.create(
            number=(Claim.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            agreement=agreement,
            credit=credit,
            outage=outage_name,
            channel=channel,
            details=list(details),
            ticket=ticket,
            filed_at=filed_at.utc(),
            period_from_at=period_from_at.utc() if period_from_at else None,
            evidence=kept,
        )
        record(facts=[filed_fact(claim, by=by, at=at), *([supported_fact(claim, by=by, at=at)] if kept else [])])
        follow_claim(claim, at)
        tell_claim("claim.filed", claim, "a claim was filed", at)
    log.info("claim filed", extra={"claim": claim.name, "agreement": agreement.key, "outage": outage_name})
    return claim


def tell_claim(event: str, claim: Claim, words: str, at: Instant, **more: Any) -> None:
    """Tell recipients of a claim, in the transaction of its fact."""
    about = claim.outage or claim.ticket or "a period"
    told = {"claim": claim.name, "credit": claim.credit, "outage": claim.outage or None, **more}
    announce(
        event, claim.agreement, claim.name, words=f"{words}, {claim.credit} for {about}", path=f"/claims/{claim.name}",
        key=f"{claim.name}-{event}{'-on-appeal' if claim.appeal_granted is not None else ''}", at=at, **told,
    )  # fmt: skip


def refuse_foreign(agreement: Agreement, outage_name: str) -> None:
    try:
        found = outage(outage_name)
    except UnknownOutage as problem:
        raise CannotFile(str(problem)) from None
    if found.service.agreement != agreement.key:
        raise CannotFile(f"{outage_name} is an outage of another agreement, not of {agreement.key}")


def find_period(agreement: Agreement, named: Instant | None, filed_at: Instant) -> Span:
    """The period that a claim without an outage is for; raises CannotFile for one that has not begun."""
    period = period_at(agreement, named or period_at(agreement, filed_at).start.before(MICRO))
    if named is not None and named > filed_at:
        raise CannotFile(f"the period that begins at {named} has not begun when the claim is filed, {filed_at}")
    return period


def find_evidence(agreement: Agreement, ids: Sequence[str]) -> list[list[str]]:
    """Pairs of a fact's id and the digest of its leaf; raises CannotFile for what the ledger does not have."""
    try:
        return [[name, leaf_hash(fact_of(agreement.key, name).leaf).hex()] for name in dict.fromkeys(ids)]
    except NotRecorded as problem:
        raise CannotFile(str(problem)) from None


def follow_claim(claim: Claim, at: Instant) -> None:
    """
    Bring the credits of the periods that a claim is about in step with it.

    A claim is recorded and decided also where the agreement cannot be judged; its credits follow once it can.
    """
    with suppress(CannotJudge):
        for period in periods_about(claim, at):
            propose_credits(agreement=claim.agreement, period=period, at=at)


def decide_claim(
    *, claim: Claim, granted: bool, because: str, by: str, at: Instant, against_the_judge: bool = False
) -> Claim:
    """
    A person grants or refuses a claim, once.

    What the agreement says decides; whoever decides otherwise says so (`against_the_judge`), and the fact names what was set
    aside. Raises CannotDecide.
    """
    because = because.strip()
    if not because:
        raise CannotDecide("say why: the customer reads this reason")
    judged = judge_claim(claim, at)
    accepted = judged.checked.accepted if judged else None
    if accepted is not granted:
        if not against_the_judge:
            does = "grant" if granted else "refuse"
            raise CannotDecide(f"{told(claim, judged)}; {does} it against that only by saying so, with the reason")
        because = name_set_aside(claim, judged, because)
    with transaction.atomic():
        decided = Claim.objects.filter(pk=claim.pk, granted__isnull=True).update(
            granted=granted, decided_by=by, decided_at=at.utc(), because=because
        )
        claim.refresh_from_db()
        if not decided:
            raise CannotDecide(
                f"{claim.name} was {'granted' if claim.granted else 'refused'} by {claim.decided_by}; a decision stands; "
                "the customer may appeal, and somebody else then decides"
            )
        record(facts=[decided_fact(claim, at=at)])
        follow_claim(claim, at)
        tell_claim("claim.decided", claim, f"it was {'granted' if granted else 'refused'}", at, granted=granted)
    log.info("claim decided", extra={"claim": claim.name, "granted": granted, "by": by})
    return claim


def name_set_aside(claim: Claim, judged: ClaimJudged | None, because: str) -> str:
    """The reason of a decision that differs from the agreement's own, with what that is."""
    return f"{because} (against the agreement: {told(claim, judged)})"


def told(claim: Claim, judged: ClaimJudged | None) -> str:
    if judged is None or judged.checked.accepted is None:
        return f"the agreement does not decide {claim.name} yet"
    verdict = "to be granted" if judged.checked.accepted else f"refused for {', '.join(judged.checked.refused_for)}"
    return f"by the agreement {claim.name} is {verdict}"
