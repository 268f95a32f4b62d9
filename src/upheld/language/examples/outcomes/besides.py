"""What came of access, instructions, plans, duties, notices, checks, rights, and of the text's editions and reviews."""

from upheld.core.explain import Finding, Value, Verdict, show
from upheld.core.statement import Statement
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.values import compare_flag, compare_value, differs, last_finding

FLAGS = ("allowed", "accepted", "may", "valid", "overdue", "met")


def compare_access(statement: Statement, expected: Expectation) -> str | None:
    """What the last request of the example came to."""
    return compare_quantity(last_finding(statement, "access/asked"), expected)


def compare_instruction(statement: Statement, expected: Expectation) -> str | None:
    """What became of the last instruction of the example."""
    return compare_quantity(last_finding(statement, "instructions"), expected)


def compare_agreement(statement: Statement, expected: Expectation) -> str | None:
    """The edition that binds, by its name or its date; or the state of the reviews."""
    if expected.result == "version":
        found = last_finding(statement, "agreement/version")
        if found is None:
            return differs(statement.document.version, str(expected.wanted))
        named = (str(found.value), str(found.quantity("effective")))
        return None if str(expected.wanted) in named else found.shown
    return compare_quantity(last_finding(statement, "agreement/review"), expected)


def compare_plan(statement: Statement, expected: Expectation) -> str | None:
    """A plan that was not begun because it is not open to the customer is not valid."""
    found = last_finding(statement, f"plans/{expected.rule}")
    if found is None and expected.result == "valid":
        return differs(False, expected.wanted)
    return compare_quantity(found, expected)


def compare_check(statement: Statement, expected: Expectation) -> str | None:
    return compare_quantity(last_finding(statement, f"checks/{expected.rule}"), expected)


def compare_duty(statement: Statement, expected: Expectation) -> str | None:
    return compare_quantity(last_finding(statement, f"duties/{expected.rule}"), expected)


def compare_notice(statement: Statement, expected: Expectation) -> str | None:
    return compare_quantity(last_finding(statement, f"notices/{expected.rule}"), expected)


def compare_right(statement: Statement, expected: Expectation) -> str | None:
    """Whether a side may do what a right lets it do."""
    return compare_quantity(last_finding(statement, f"rights/{expected.rule}"), expected)


def compare_quantity(found: Finding | None, expected: Expectation) -> str | None:
    """A named result of a finding; a flag is written true or false."""
    if found is None:
        return "nothing"
    if expected.result == "verdict":
        return differs(found.verdict.value, expected.wanted)
    value: Value | None = found.value if expected.result == "value" else dict(found.quantities).get(expected.result)
    if value is None and expected.result == "met":
        return differs(found.verdict == Verdict.MET, expected.wanted)
    if value is None:
        return "not a result of this rule"
    if isinstance(expected.wanted, bool) and expected.result in FLAGS:
        return compare_flag(value, expected.wanted)
    if isinstance(value, str):
        return None if show(value) == str(expected.wanted) else show(value)
    return compare_value(value, expected.wanted)
