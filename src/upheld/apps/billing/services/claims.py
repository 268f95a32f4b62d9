"""Writing about claims: each step is a row and a fact in one transaction."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.facts import decided_fact, filed_fact
from upheld.apps.billing.models import Claim
from upheld.apps.billing.queries import judge_claim
from upheld.apps.findings.queries import terms_of
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.apps.probes.queries import UnknownOutage, outage
from upheld.core.timeline import Instant

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
) -> Claim:
    """
    Record a customer's claim. One that lacks something is recorded all the same: `queries.judge_claim` says what.

    Raises CannotFile for a credit or an outage that this agreement does not have.
    """
    known = terms_of(agreement, at).credits
    if credit not in known:
        raise CannotFile(f"{agreement.key} promises no credit {credit!r}; it promises {', '.join(known) or 'none'}")
    try:
        found = outage(outage_name)
    except UnknownOutage as problem:
        raise CannotFile(str(problem)) from None
    if found.service.agreement != agreement.key:
        raise CannotFile(f"{outage_name} is an outage of another agreement, not of {agreement.key}")
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
        )
        record(facts=[filed_fact(claim, by=by, at=at)])
    log.info("claim filed", extra={"claim": claim.name, "agreement": agreement.key, "outage": outage_name})
    return claim


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
        found = told(claim, accepted, judged.checked.refused_for if judged else ())
        if not against_the_judge:
            raise CannotDecide(
                f"{found}; {'grant' if granted else 'refuse'} it against that only by saying so, with the reason"
            )
        because = f"{because} (against the agreement: {found})"
    with transaction.atomic():
        decided = Claim.objects.filter(pk=claim.pk, granted__isnull=True).update(
            granted=granted, decided_by=by, decided_at=at.utc(), because=because
        )
        claim.refresh_from_db()
        if not decided:
            raise CannotDecide(
                f"{claim.name} was {'granted' if claim.granted else 'refused'} by {claim.decided_by}; a decision stands, a "
                "wrong one is corrected by a second person"
            )
        record(facts=[decided_fact(claim, at=at)])
    log.info("claim decided", extra={"claim": claim.name, "granted": granted, "by": by})
    return claim


def told(claim: Claim, accepted: bool | None, refused_for: Sequence[str]) -> str:
    if accepted is None:
        return f"the agreement does not decide {claim.name} yet"
    return f"by the agreement {claim.name} is " + ("to be granted" if accepted else f"refused for {', '.join(refused_for)}")
