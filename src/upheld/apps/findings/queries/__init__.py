"""Findings of an agreement: how a period stands, what it can still bear, when money is owed next. Never by SQL."""

from upheld.apps.agreements.queries import CannotJudge, terms_of
from upheld.apps.findings.queries.prospects import Budget, Owed, Prospect, budgets_of, look_ahead
from upheld.apps.findings.queries.reached import (
    counted_of,
    credit_of,
    down_of,
    down_step,
    left_of,
    main_account,
    tell_counted,
    tell_left,
)
from upheld.apps.findings.queries.standing import period_at, periods_between, state_of
from upheld.apps.findings.queries.works import Cost, cost_of_work
from upheld.apps.ledger.queries import known_facts

__all__ = [
    "Budget",
    "CannotJudge",
    "Cost",
    "Owed",
    "Prospect",
    "budgets_of",
    "cost_of_work",
    "counted_of",
    "credit_of",
    "down_of",
    "down_step",
    "known_facts",
    "left_of",
    "look_ahead",
    "main_account",
    "period_at",
    "periods_between",
    "state_of",
    "tell_counted",
    "tell_left",
    "terms_of",
]
