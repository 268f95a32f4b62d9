"""Findings of an agreement: how a period stands, what it can still bear, when money is owed next. Never by SQL."""

from upheld.apps.findings.queries.known import known_facts
from upheld.apps.findings.queries.prospects import Budget, Owed, Prospect, budgets_of, look_ahead
from upheld.apps.findings.queries.standing import CannotJudge, period_at, periods_between, state_of, terms_of

__all__ = [
    "Budget",
    "CannotJudge",
    "Owed",
    "Prospect",
    "budgets_of",
    "known_facts",
    "look_ahead",
    "period_at",
    "periods_between",
    "state_of",
    "terms_of",
]
