"""
Published agreements, written in the same words as any other, without code of their own: each worked case is an example that
comes out, and the exact figures, credits, deadlines and verdicts are those of an independent list.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from upheld.core.explain import Count, Finding, Share, Verdict
from upheld.core.money import Money
from upheld.core.statement import Statement
from upheld.core.timeline import Instant
from upheld.language import Checked, Example, check, run_example, stand_in_parameters, with_zones
from upheld.language.examples.running import judge

HERE = Path(__file__).parent
AS_OF = Instant.parse("2026-09-01T00:00Z")
EXPECTED: dict[str, dict[str, dict[str, list[object]]]] = json.loads((HERE / "expected.json").read_text("utf-8"))
CASES = [(name, case) for name, cases in EXPECTED.items() for case in cases]


@cache
def read(name: str) -> Checked:
    return check((HERE / f"{name}.md").read_text("utf-8"), as_of=AS_OF)


def examples_of(name: str, case: str) -> list[Example]:
    """A case may be several examples, one for each history that it tells: `01-c`, `01-c/216`."""
    return [one for one in read(name).examples if one.case.split("/")[0] == case]


def statements_of(name: str, case: str) -> Iterator[Statement]:
    checked = read(name)
    assert checked.document is not None
    for example in examples_of(name, case):
        parameters = stand_in_parameters(checked.document, example.parameters)
        calendars = with_zones(checked.document, checked.calendars, example.parameters)
        yield judge(checked.document, calendars, example, parameters)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_file_has_no_problem_and_every_clause_is_judged(name: str) -> None:
    errors = [str(problem) for problem in read(name).problems if problem.severity == "error"]
    assert (errors, read(name).not_yet_judged) == ([], ())


@pytest.mark.parametrize(("name", "case"), CASES, ids=[case for _, case in CASES])
def test_case(name: str, case: str) -> None:
    assert examples_of(name, case), f"no example of {name} bears the id {case}"
    assert [str(line) for one in examples_of(name, case) for line in run_example(read(name), one)] == []
    expected, statements = EXPECTED[name][case], list(statements_of(name, case))
    for key in expected:
        found = [value for statement in statements for value in COMPARED[key](statement)]
        wanted = [Instant.parse(str(one)) if key == "due" else one for one in expected[key]]
        assert [one for one in wanted if one not in found] == [], f"{key}: computed {found}"


def figures(statement: Statement) -> Iterator[object]:
    for finding in statement.findings:
        values = (finding.value, *(value for _, value in finding.quantities))
        for value in values:
            if isinstance(value, Share):
                exact = Fraction(value.exact)
                yield f"{exact.numerator}/{exact.denominator}"


def credits(statement: Statement) -> Iterator[object]:
    for finding in statement.findings:
        for value in (finding.value, *(value for _, value in finding.quantities)):
            if isinstance(value, Money):
                yield f"{value.amount.numerator / value.amount.denominator:.2f}"


def due(statement: Statement) -> Iterator[object]:
    for finding in statement.findings:
        for _, value in finding.quantities:
            if isinstance(value, Instant):
                yield value


def claims(statement: Statement) -> Iterator[object]:
    yield from (claim.checked.accepted for claim in statement.judged.claims)


def deadlines(statement: Statement) -> Iterator[object]:
    """The last day on which a claim is in time, on the dates of the statement's zone."""
    zone = statement.judged.terms.statement_period.zone
    for claim in statement.judged.claims:
        if claim.checked.deadline_at:
            yield zone.date_at(Instant(claim.checked.deadline_at.micros - 1)).isoformat()


def missed(statement: Statement) -> Iterator[object]:
    judged = (Verdict.MET, Verdict.MISSED)
    yield from (finding.verdict is Verdict.MISSED for finding in statement.findings if finding.verdict in judged)


def may(statement: Statement) -> Iterator[object]:
    """Whether a side may use a right."""
    yield from (standing.may for standing in statement.judged.rights)


def days(statement: Statement) -> Iterator[object]:
    """Days of service that are given, as days or as their price."""
    yield from named(statement, "days")


def months(statement: Statement) -> Iterator[object]:
    yield from (one.value.number for one in credits_of(statement) if isinstance(one.value, Count))


def ends(statement: Statement) -> Iterator[object]:
    """The date that given time puts off."""
    yield from named(statement, "ends")


def named(statement: Statement, name: str) -> Iterator[object]:
    """A result of every credit that has it."""
    told = (value for one in credits_of(statement) for key, value in one.quantities if key == name)
    yield from (value.number if isinstance(value, Count) else value for value in told)


def credits_of(statement: Statement) -> Iterator[Finding]:
    yield from (one for one in statement.findings if one.rule.startswith("credits/"))


COMPARED = {
    "figures": figures, "credits": credits, "due": due, "claims": claims, "deadlines": deadlines, "missed": missed,
    "may": may, "days": days, "months": months, "ends": ends,
}  # fmt: skip
