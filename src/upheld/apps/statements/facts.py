"""Statements and their facts."""

from upheld.core.facts import StatementIssued
from upheld.core.statement import Statement
from upheld.core.timeline import Instant


def issued_fact(statement: Statement, digest: str, *, by: str, at: Instant) -> StatementIssued:
    return StatementIssued(
        id=f"issued-{statement.id}"[:200],
        agreement=statement.agreement,
        occurred_at=at,
        recorded_at=at,
        source=by,
        statement=statement.id,
        period_from_at=statement.period.start,
        period_to_at=statement.period.end,
        as_of=statement.as_of,
        digest=digest,
        follows=statement.follows,
    )
