"""Charges that depend on how large something is: shown as what may be charged, since their price is by quote."""

from collections.abc import Iterator
from fractions import Fraction

from upheld.core.explain import Step
from upheld.core.facts import BackupTaken, VolumeMeasured, of_kind
from upheld.core.fees.lines import FLAGGED, UNDECIDED, Billing, Line, rule_of
from upheld.core.terms.charges import QUOTE, Charge
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import Instant

VOLUME = "volume"


def flag_volumes(billing: Billing) -> Iterator[Line]:
    """A line for each volume of the period at which a charge by quote may be asked; it costs nothing by itself."""
    asking = [name for name, cases in billing.terms.fees.charges.items() if any(asks(case.rule) for case in cases.each)]
    if not asking:
        return
    for name in asking:
        for what, size, at, fact in list_volumes(billing, name):
            ruled = rule_of(billing.terms, name, {VOLUME: size, "at": at})
            if ruled.may is False:
                continue
            state, words = FLAGGED, f"{what} is so large that it may be charged, by quote"
            if ruled.may is None:
                state, words = UNDECIDED, f"{what}: it is not known whether its volume may be charged"
            clauses = ruled.charge.price.clauses if ruled.charge else ()
            step = Step(state, words, clauses, facts=(fact,), because=ruled.because)
            yield Line(name, state, None, step, ruled.charge)


def asks(charge: Charge) -> bool:
    return charge.price.value == QUOTE and charge.when is not None and any(t.fact == VOLUME for t in tests_of(charge.when))


def list_volumes(billing: Billing, charge: str) -> Iterator[tuple[str, Fraction, Instant, str]]:
    """The last measured size of each thing in the period: of what was measured for the charge, and of each backup."""
    last: dict[str, tuple[str, Fraction, Instant, str]] = {}
    for measured in of_kind(billing.facts, VolumeMeasured):
        if measured.charge == charge and billing.period.contains(measured.occurred_at):
            last[measured.name] = (measured.name, Fraction(measured.bytes), measured.occurred_at, measured.id)
    for backup in of_kind(billing.facts, BackupTaken):
        if backup.bytes and billing.period.contains(backup.occurred_at):
            last[backup.backup] = (f"backup {backup.backup}", Fraction(backup.bytes), backup.occurred_at, backup.id)
    yield from last.values()
