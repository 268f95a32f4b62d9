"""Appeals: the customer does not accept a refusal, once; somebody else than the first decides anew."""

import logging

from django.db import transaction

from upheld.apps.billing.facts.claims import appeal_decided_fact, appealed_fact
from upheld.apps.billing.models import Claim
from upheld.apps.billing.queries.claims import judge_claim
from upheld.apps.billing.services.claims import CannotDecide, follow_claim, name_set_aside, tell_claim
from upheld.apps.ledger.services import record
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")


class CannotAppeal(ValueError):
    """An appeal against what was not refused, a second one, or one without a reason."""


def appeal_claim(*, claim: Claim, because: str, by: str, at: Instant) -> Claim:
    """Record that the customer does not accept a refusal, once. Raises CannotAppeal."""
    because = because.strip()
    if not because:
        raise CannotAppeal("say why: whoever decides anew reads this reason")
    if claim.granted is not False:
        raise CannotAppeal(f"{claim.name} was not refused; an appeal is against a refusal")
    with transaction.atomic():
        done = Claim.objects.filter(pk=claim.pk, granted=False, appealed_at__isnull=True).update(
            appealed_by=by, appealed_at=at.utc(), appeal_because=because
        )
        claim.refresh_from_db()
        if not done:
            raise CannotAppeal(f"an appeal against the decision on {claim.name} came before; there is one")
        record(facts=[appealed_fact(claim, at=at)])
        tell_claim("claim.appealed", claim, "the customer does not accept the refusal", at)
    log.info("claim appealed", extra={"claim": claim.name})
    return claim


def decide_appeal(*, claim: Claim, granted: bool, because: str, by: str, at: Instant) -> Claim:
    """
    Decide an appeal, once, as somebody else than who refused the claim; its credits follow. Raises CannotDecide.

    The first decision stays on record beside it. Where the agreement says otherwise, the fact names what was set aside.
    """
    because = because.strip()
    if not because:
        raise CannotDecide("say why: the customer reads this reason")
    if claim.appealed_at is None:
        raise CannotDecide(f"nobody appealed against the decision on {claim.name}")
    if by == claim.decided_by:
        raise CannotDecide(f"{by} refused {claim.name}; somebody else decides the appeal")
    judged = judge_claim(claim, at)
    if judged and judged.checked.accepted is not granted:
        because = name_set_aside(claim, judged, because)
    with transaction.atomic():
        done = Claim.objects.filter(pk=claim.pk, appealed_at__isnull=False, appeal_granted__isnull=True).update(
            appeal_granted=granted, appeal_decided_by=by, appeal_decided_at=at.utc(), appeal_answer=because
        )
        claim.refresh_from_db()
        if not done:
            raise CannotDecide(f"the appeal on {claim.name} was decided by {claim.appeal_decided_by}; a decision stands")
        record(facts=[appeal_decided_fact(claim, at=at)])
        follow_claim(claim, at)
        tell_claim("claim.decided", claim, f"on appeal it was {'granted' if granted else 'refused'}", at, granted=granted)
    log.info("appeal decided", extra={"claim": claim.name, "granted": granted, "by": by})
    return claim
