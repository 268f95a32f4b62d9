"""What the agreement would say of a claim that nobody filed yet: the judge asked about a ledger in which it was."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import CannotJudge, calendars_of, document_of
from upheld.apps.findings.queries.standing import state_of
from upheld.apps.ledger.queries import live_facts
from upheld.core.availability import Outage
from upheld.core.facts import ClaimFiled, Fact, of_kind
from upheld.core.statement import ClaimJudged, Statement, TermsDoNotBind, build
from upheld.core.terms.claiming import Claim
from upheld.core.timeline import MINUTE, Instant, Span

SUPPOSED = "a claim that could be filed"
MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Claimable:
    """An outage that a credit counts and nobody claimed yet, with the agreement's answer to a claim with every detail."""

    credit: str
    outage: Outage
    rule: Claim
    judged: ClaimJudged


_kept: "OrderedDict[tuple[str, bytes, str, int], tuple[Instant, tuple[Claimable, ...]]]" = OrderedDict()
_lock = threading.Lock()


def list_claimable(agreement: Agreement, period: Span, as_of: Instant) -> list[Claimable]:
    """
    What could be claimed of a period, as of an instant. Raises CannotJudge.

    Asked for again within a minute, with no new fact, the same answer is given: a first page asks every minute.
    """
    head, facts = live_facts(agreement.key, as_of)
    key = (agreement.key, head.root if head else b"", str(period), as_of.micros // MINUTE.micros)
    with _lock:
        kept = _kept.get(key)
    if kept is not None and kept[0] <= as_of:
        return list(kept[1])
    found = suppose_all(agreement, period, as_of, facts)
    with _lock:
        _kept[key] = (as_of, tuple(found))
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def suppose_all(agreement: Agreement, period: Span, as_of: Instant, facts: Sequence[Fact]) -> list[Claimable]:
    """The judge asked once, about a ledger in which everything that can be claimed was."""
    now = state_of(agreement, period, as_of)
    known = [fact for fact in facts if fact.recorded_at <= as_of]
    claimed = {(fact.credit, name) for fact in of_kind(known, ClaimFiled) for name in (fact.outage, *fact.outages)}
    wanted = [found for found in list_counted(now) if (found[0], found[1].id) not in claimed]
    if not wanted:
        return []
    supposed = [suppose(agreement.key, number, *found, as_of) for number, found in enumerate(wanted)]
    try:
        document, calendars = document_of(agreement, period.start), calendars_of(agreement, period.start)
        then = build(document, calendars, [*known, *supposed], period, as_of, others=False)
    except TermsDoNotBind as problem:
        raise CannotJudge(f"{agreement.key} cannot be judged: {problem}") from None
    judged = {claim.filed.claim: claim for claim in then.judged.claims}
    return [
        Claimable(credit, outage, rule, judged[fact.claim])
        for (credit, outage, rule), fact in zip(wanted, supposed, strict=True)
        if fact.claim in judged
    ]


def list_counted(statement: Statement) -> Iterator[tuple[str, Outage, Claim]]:
    """Each outage with the credits that count it and are given on a claim; none twice."""
    seen = set[tuple[str, str]]()
    rules: Sequence[Claim] = tuple(statement.judged.terms.claims.values())
    for assessment in statement.judged.credits:
        rule = next((rule for rule in rules if assessment.credit.name in rule.credits), None)
        for outage in (one for part in assessment.interruptions for one in part.outages) if rule else ():
            key = (assessment.credit.name, outage.id)
            if rule is not None and key not in seen:
                seen.add(key)
                yield assessment.credit.name, outage, rule


def suppose(key: str, number: int, credit: str, outage: Outage, rule: Claim, as_of: Instant) -> ClaimFiled:
    """A claim as it could be filed now: by the first way that is taken, with every detail that is asked."""
    return ClaimFiled(
        id=f"if-claimed-{number}", agreement=key, occurred_at=as_of, recorded_at=as_of, source=SUPPOSED,
        claim=f"if-claimed-{number}", credit=credit, outage=outage.id, channel=next(iter(rule.channels.value), ""),
        details=rule.details,
    )  # fmt: skip
