"""What a maintenance window was judged to be."""

from upheld.core.statement import Statement
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.values import compare_instant, compare_value, differs


def compare_window(statement: Statement, expected: Expectation) -> str | None:
    judged = next((one for one in statement.judged.windows if one.window.kind == expected.rule), None)
    if judged is None:
        return "no window of that kind"
    if expected.result == "judged as":
        return differs(judged.kind.name, expected.wanted)
    if expected.result == "earliest":
        return compare_instant(judged.earliest_at, expected.wanted)
    if expected.result == "out of base":
        return compare_value(judged.excused.total, expected.wanted)
    return "not a result of maintenance"
