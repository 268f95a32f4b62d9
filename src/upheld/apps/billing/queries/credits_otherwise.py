"""What a credit would be under each other sense of a reading that it used."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Credit
from upheld.apps.findings.queries import state_of
from upheld.core.explain import Finding, Value
from upheld.core.timeline import Instant, Span


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Another sense of a reading, and what the credit of the whole period would then come to."""

    reading: str
    question: str
    sense: str
    value: Value


def finding_of(row: Credit, as_of: Instant) -> Finding | None:
    """The judge's finding for a credit's period: all its subjects together, with their reasons. Raises CannotJudge."""
    return find_rule(state_of(row.agreement, row.period, as_of).findings, row.rule)


def worth_otherwise(agreement: Agreement, period: Span, rule: str, as_of: Instant) -> list[Otherwise]:
    """Each other sense under which the credit differs from ours, in the order of the readings. Raises CannotJudge."""
    statement = state_of(agreement, period, as_of, others=True)
    ours = find_rule(statement.findings, rule)
    readings = statement.document.blocks.get("readings", {})
    found = []
    for other in statement.others:
        theirs = find_rule(other.findings, rule)
        if theirs is not None and (ours is None or theirs.shown != ours.shown):
            question = str(readings[other.reading]["question"])
            found.append(Otherwise(other.reading, question, other.sense, theirs.value))
    return found


def find_rule(findings: tuple[Finding, ...], rule: str) -> Finding | None:
    return next((one for one in findings if one.rule == rule), None)
