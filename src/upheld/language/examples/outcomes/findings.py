"""What came out of a figure: its verdict, its value, the sums that made it."""

from upheld.core.explain import Finding, Verdict
from upheld.core.statement import Statement
from upheld.core.timeline import Duration
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.values import compare_percent, compare_value, differs


def compare_rule(statement: Statement, expected: Expectation) -> str | None:
    """
    The finding of the rule that is named, whichever block it stands in. Of a credit for each of several promises the first
    that brings anything, or is undefined.
    """
    if expected.result == "case":
        return differs(case_of(statement, expected.rule), expected.wanted)
    found = [one for one in statement.findings if one.rule.partition("/")[2] == expected.rule]
    found = found or [one for one in statement.findings if one.rule.split("/")[1] == expected.rule]
    bringing = [one for one in found if dict(one.quantities).get("state") not in (None, "none", "open")]
    return compare_finding((bringing or found)[0], expected) if found else "nothing"


def case_of(statement: Statement, name: str) -> str:
    """Which case of a rule holds for the customer; `none` where none does, or the rule has no cases."""
    terms = statement.judged.terms
    rule = terms.availability.get(name) or terms.measures.get(name) or terms.credits.get(name)
    return rule.case if rule and rule.case else "none"


def compare_finding(finding: Finding, expected: Expectation) -> str | None:
    if expected.result == "met":
        kept = {Verdict.MET: True, Verdict.REACHED: True, Verdict.MISSED: False, Verdict.NOT_REACHED: False}
        return None if kept.get(finding.verdict) is expected.wanted else finding.verdict.value
    if expected.result == "verdict":
        return differs(finding.verdict.value, expected.wanted)
    if expected.result == "percent":
        return compare_percent(finding.value, str(expected.wanted))
    if expected.result in ("lower", "upper"):
        bound = finding.lower if expected.result == "lower" else finding.upper
        return "no bound" if bound is None else compare_percent(bound, str(expected.wanted))
    quantities = dict(finding.quantities)
    all_time, leaves = quantities.get("all time"), quantities.get("out of base")
    if expected.result == "base" and isinstance(all_time, Duration) and isinstance(leaves, Duration):
        return compare_value(all_time - leaves, expected.wanted)
    if expected.result == "over price":
        return differs(quantities.get("over price"), "yes" if expected.wanted is True else "no")
    value = finding.value if expected.result in ("value", "credit") else quantities.get(expected.result)
    return "not a result of this rule" if value is None else compare_value(value, expected.wanted)
