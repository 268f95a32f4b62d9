"""Wishes to end a contract, and the judge's answer: accepted, or refused with the date from which it is possible."""

from dataclasses import dataclass
from datetime import date

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Termination
from upheld.apps.findings.queries import terms_of
from upheld.core.fees import EndDecision, decide_end
from upheld.core.timeline import Instant


class SaysNothing(LookupError):
    """The agreement does not say how long it runs, or how it ends."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A wish that is on record, with the judge's answer."""

    termination: Termination
    decided: EndDecision


def judge_end(agreement: Agreement, told_at: Instant, wished_on: date | None) -> EndDecision:
    """
    What the agreement says of an end that is told at an instant for a day (None: as soon as it can be). Raises SaysNothing,
    and CannotJudge.
    """
    terms = terms_of(agreement, told_at)
    zone = terms.statement_period.zone
    rule = terms.fees.term
    if rule is None:
        raise SaysNothing(f"{agreement.key} does not say how long it runs; its sides agree on an end between them")
    decided = decide_end(rule, zone.date_at(Instant.of(agreement.signed_at)), zone.date_at(told_at), wished_on)
    if decided is None:
        raise SaysNothing(f"{agreement.key}: it is not known when the contract began")
    return decided


def endings_of(agreement: Agreement, as_of: Instant) -> list[Ending]:
    """Every wish that was told by an instant, the latest first, each as the agreement judges it."""
    rows = agreement.terminations.filter(told_at__lte=as_of.utc()).order_by("-told_at", "-number")
    return [Ending(row, judge_end(agreement, Instant.of(row.told_at), row.wished_on)) for row in rows]


def ends_on(agreement: Agreement, as_of: Instant) -> date | None:
    """The day on which the contract ends by a wish that was accepted; None while none was."""
    accepted = [one.decided.ends_on for one in endings_of(agreement, as_of) if one.decided.is_accepted]
    return min(accepted, default=None)
