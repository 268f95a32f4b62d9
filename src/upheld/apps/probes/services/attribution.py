"""Saying why an outage happened, and taking back what was recorded wrongly: both are facts with a name under them."""

import logging
from collections.abc import Iterator
from contextlib import suppress

from django.db import transaction

from upheld.apps.agreements.facts import APPROVED
from upheld.apps.ledger.queries import NotRecorded, fact_of, facts_of
from upheld.apps.ledger.services import record
from upheld.apps.probes.models import Outage
from upheld.apps.probes.queries import causes_of
from upheld.core.facts import (
    AgreementSigned,
    CauseApproved,
    CauseAssigned,
    Fact,
    FactCorrected,
    OutageOpened,
    ParameterSet,
    of_kind,
)
from upheld.core.timeline import Instant, Span

log = logging.getLogger("upheld.probes")


class CannotAssign(ValueError):
    """A cause, a piece of evidence or a span that does not fit the outage or its agreement."""


class CannotCorrect(ValueError):
    """A correction that nobody else approved, or that says nothing."""


def assign_cause(
    *,
    outage: Outage,
    span: Span,
    cause: str,
    evidence: str,
    by: str,
    at: Instant,
    note: str = "",
    software: str = "",
    supplier: str = "",
) -> CauseAssigned:
    """
    Put a cause on a span of an outage, with the evidence for it; the latest assignment of a second holds.

    The cause is one of the agreement's, the evidence one that the cause asks for, `by` the name under which the ledger knows
    the person. `software` and `supplier` name what failed, where the agreement asks which it was. Raises CannotAssign.
    """
    check_cause(outage, span, cause, evidence, at)
    key = outage.service.agreement
    with transaction.atomic():
        fact = CauseAssigned(
            id=f"{outage.name}-cause-{at.micros}",
            agreement=key,
            occurred_at=at,
            recorded_at=at,
            source=by,
            outage=outage.name,
            from_at=span.start,
            to_at=span.end,
            cause=cause,
            evidence=evidence,
            by=by,
            note=note,
            software=software,
            supplier=supplier,
        )
        record(facts=[fact])
    log.info("cause assigned", extra={"outage": outage.name, "cause": cause, "by": by})
    return fact


def check_cause(outage: Outage, span: Span, cause: str, evidence: str, at: Instant) -> None:
    """Raise CannotAssign where the agreement does not know the cause or its evidence, or the outage did not last so."""
    key = outage.service.agreement
    known = causes_of(key, at)
    if cause not in known:
        raise CannotAssign(f"{key} knows no cause {cause!r}; it knows {', '.join(known)}")
    asked = known[cause].evidence
    if asked and evidence not in asked:
        raise CannotAssign(f"the cause {cause} is shown by {' or '.join(asked)}; came {evidence or 'no evidence'!r}")
    whole = Span(outage.began_at, max(outage.began_at, outage.ended_at or at))
    if not span.start < span.end or span.start < whole.start or span.end > whole.end:
        raise CannotAssign(
            f"{outage.name} lasted {whole.start} to {whole.end}; a cause is put on a part of that, came {span}"
        )


def approve_cause(*, agreement: str, assignment: str, by: str, at: Instant) -> CauseApproved:
    """
    Approve, as a second person, a cause whose agreement asks for that; from then on it holds.

    `assignment` is the id of the fact that put the cause. Raises CannotAssign, NotRecorded for a fact that is not there.
    """
    with transaction.atomic():
        assigned = fact_of(agreement, assignment).fact
        if not isinstance(assigned, CauseAssigned):
            raise CannotAssign(f"{assignment} is no cause put on an outage; only those are approved here")
        if assigned.by == by:
            raise CannotAssign(f"a cause is approved by a second person; {by} put this one on {assigned.outage}")
        fact = CauseApproved(
            id=f"{assignment}-approved-{at.micros}"[:200],
            agreement=agreement,
            occurred_at=at,
            recorded_at=at,
            source=by,
            assignment=assignment,
            by=by,
        )
        record(facts=[fact])
    log.info("cause approved", extra={"outage": assigned.outage, "cause": assigned.cause, "by": by})
    return fact


def correct_fact(*, agreement: str, fact_id: str, because: str, by: str, approved_by: str, at: Instant) -> FactCorrected:
    """
    Say that a fact no longer holds. It stays where it is; figures leave it out from now on.

    A second person approves it. Raises CannotCorrect, NotRecorded for a fact that is not there.
    """
    if not because.strip():
        raise CannotCorrect("say why the fact does not hold: whoever reads the ledger later has only these words")
    if not approved_by or approved_by == by:
        raise CannotCorrect(f"a correction is approved by a second person; {by} cannot approve their own")
    with transaction.atomic():
        wrong = fact_of(agreement, fact_id).fact
        if isinstance(wrong, AgreementSigned):
            raise CannotCorrect(f"{fact_id} is what was signed and stays so; bind the customer by a further version")
        gone = [wrong, *list_twins(wrong)]
        fact, *others = (
            FactCorrected(
                id=f"correction-{at.micros}-{one.id}"[:200],
                agreement=agreement,
                occurred_at=at,
                recorded_at=at,
                source=by,
                corrects=one.id,
                because=because.strip(),
                by=by,
                approved_by=approved_by,
            )
            for one in gone
        )
        record(facts=[fact, *others])
        numbers = [int(one.outage.removeprefix("O-")) for one in of_kind(gone, OutageOpened)]
        Outage.objects.filter(number__in=numbers).update(is_void=True)
    log.info("fact corrected", extra={"agreement": agreement, "fact": fact_id, "by": by})
    return fact


def list_twins(wrong: Fact) -> Iterator[Fact]:
    """
    Of a value that two persons agreed, the other one's fact says the same: neither holds alone. And what was put besides an
    outage lies within it: without the outage there is nothing that it could be within.
    """
    if isinstance(wrong, OutageOpened):
        for fact in of_kind(facts_of(wrong.agreement), OutageOpened):
            if fact.because.startswith(f"besides {wrong.outage},"):
                yield fact
    if isinstance(wrong, ParameterSet):
        first = wrong.id.removesuffix(APPROVED)
        for name in {first, f"{first}{APPROVED}"} - {wrong.id}:
            with suppress(NotRecorded):
                yield fact_of(wrong.agreement, name).fact
