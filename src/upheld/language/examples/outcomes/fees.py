"""What came of charges, of the invoice that they make, and of the wish to end the contract."""

from upheld.core.explain import Finding
from upheld.core.statement import Statement
from upheld.core.terms.charges import parse_rate
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.values import compare_flag, compare_instant, compare_value, differs, last_finding


def compare_charge(statement: Statement, expected: Expectation) -> str | None:
    """The invoice where all `charges` are named, else one charge; one without a line may not be charged."""
    name = "money/invoice" if expected.rule == "charges" else f"charges/{expected.rule}"
    found = last_finding(statement, name)
    if found is None:
        return differs(False, expected.wanted) if expected.result == "may" else "nothing is charged"
    if expected.result == "may":
        return compare_flag(found.quantity("may"), expected.wanted)
    if expected.result == "price":
        return compare_price(str(found.quantity("price")), str(expected.wanted))
    value = found.value if expected.result == "value" else dict(found.quantities).get(expected.result)
    return "not a result of charges" if value is None else compare_value(value, expected.wanted)


def compare_price(computed: str, wanted: str) -> str | None:
    try:
        return None if parse_rate(computed) == parse_rate(wanted) else computed
    except ValueError:
        return differs(computed, wanted)


def compare_end(statement: Statement, expected: Expectation) -> str | None:
    found = last_finding(statement, "term/end")
    if found is None:
        return "nobody asked for an end"
    return compare_end_of(found, expected)


def compare_end_of(found: Finding, expected: Expectation) -> str | None:
    value = dict(found.quantities).get(expected.result)
    if value is None:
        return found.shown if expected.result in ("accepted", "earliest", "ends") else "not a result of the term"
    if expected.result == "accepted":
        return compare_flag(value, expected.wanted)
    if expected.result == "earliest":
        return compare_instant(value, expected.wanted)
    return differs(value, str(expected.wanted))
