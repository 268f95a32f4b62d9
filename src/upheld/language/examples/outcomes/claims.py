"""What came of a claim."""

from upheld.core.statement import Statement
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.values import compare_instant, differs, shown


def compare_claim(statement: Statement, expected: Expectation) -> str | None:
    credits = statement.document.blocks["claims"][expected.rule]["for"]
    claim = next((one for one in statement.judged.claims if one.filed.credit in credits), None)
    if claim is None:
        return "no claim"
    checked = claim.checked
    if expected.result == "accepted":
        return None if checked.accepted is expected.wanted else shown(checked.accepted)
    if expected.result == "refused":
        wanted = expected.wanted if isinstance(expected.wanted, list) else [expected.wanted]
        return None if list(checked.refused_for) == wanted else shown(list(checked.refused_for))
    if expected.result == "deadline":
        return compare_instant(checked.deadline_at, expected.wanted)
    if expected.result == "units":
        return differs(str(claim.units), expected.wanted)
    return "not a result of a claim"
