"""How large things were found to be, and what the agreement charges for that."""

from dataclasses import dataclass
from fractions import Fraction

from upheld.apps.agreements.models import Agreement
from upheld.apps.findings.queries import terms_of
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import FactCorrected, VolumeMeasured, known_at, of_kind
from upheld.core.fees.lines import rule_of
from upheld.core.fees.volumes import VOLUME, asks
from upheld.core.terms import Terms
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Volume:
    """
    One size as it was measured, in bytes.

    `may` says whether the charge may be asked for it; None where that is not known. `because` are the reasons in words.
    """

    charge: str
    name: str
    size: int
    measured_at: Instant
    fact: str
    may: bool | None
    because: tuple[str, ...]
    clauses: tuple[str, ...]


def list_volume_charges(agreement: Agreement, at: Instant) -> list[str]:
    """The charges that ask how large something is. Raises CannotJudge."""
    charges = terms_of(agreement, at).fees.charges
    return [name for name, cases in charges.items() if any(asks(case.rule) for case in cases.each)]


def list_volumes(agreement: Agreement, as_of: Instant) -> list[Volume]:
    """Everything that was measured, the latest first, each judged by the terms of its time. Raises CannotJudge."""
    known = known_at(facts_of(agreement.key, as_of=as_of, kinds=(VolumeMeasured, FactCorrected)), as_of)
    found = sorted(of_kind(known, VolumeMeasured), key=lambda fact: (-fact.occurred_at.micros, fact.name))
    return [judge_volume(terms_of(agreement, fact.occurred_at), fact) for fact in found]


def judge_volume(terms: Terms, fact: VolumeMeasured) -> Volume:
    """What a size is charged with: the same rule that puts it on the invoice."""
    may, because, clauses = None, tuple[str, ...](), tuple[str, ...]()
    if fact.charge in terms.fees.charges:
        ruled = rule_of(terms, fact.charge, {VOLUME: Fraction(fact.bytes), "at": fact.occurred_at})
        may, because = ruled.may, tuple(step.words for step in ruled.because)
        cited = [*(ruled.charge.price.clauses if ruled.charge else ()), *(c for step in ruled.because for c in step.clauses)]
        clauses = tuple(dict.fromkeys(cited))
    return Volume(fact.charge, fact.name, fact.bytes, fact.occurred_at, fact.id, may, because, clauses)
