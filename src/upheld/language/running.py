"""Running an example: its history judged by core, what came out held against what it says must come out."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from upheld.core.explain import Count, Finding, Share, Value, show
from upheld.core.maintenance import Judgement
from upheld.core.money import Money, NotMoney
from upheld.core.statement import ClaimJudged, Statement, TermsDoNotBind, bind_case, build, gather, read_period
from upheld.core.terms import Document
from upheld.core.terms.quantities import NotAQuantity, parse_length, parse_percent
from upheld.core.timeline import Duration, Instant, NotAnInstant
from upheld.language.examples import Example, Expectation
from upheld.language.histories import last_instant, make_facts
from upheld.language.standins import stand_in_parameters


@dataclass(frozen=True, slots=True)
class Difference:
    """What an example expects, and what came out instead."""

    example: str
    line: int
    column: int
    rule: str
    result: str
    expected: str
    computed: str

    def __str__(self) -> str:
        said = f"{self.rule} {self.result}".strip()
        wanted = f"{said} should be {self.expected}, and is {self.computed}"
        return f"{self.line}:{self.column}: example {self.example!r}: {wanted}"


def run_example(document: Document, calendars: Mapping[str, Any], example: Example) -> list[Difference]:
    """Every expectation that does not come true. Parameters that the example does not give have stand-in values."""
    parameters = stand_in_parameters(document, example.parameters)
    try:
        statement = judge(document, calendars, example, parameters)
    except TermsDoNotBind:
        why = "none, since the terms cannot be judged as they stand"
        return [Difference(example.title, example.spot.line, example.spot.column, "", "its judgement", "one", why)]
    except ValueError as problem:
        return [Difference(example.title, example.spot.line, example.spot.column, "", "its judgement", "one", str(problem))]
    return [
        Difference(
            example.title, expected.spot.line, expected.spot.column, expected.rule, expected.result,
            shown(expected.wanted), computed,
        )
        for expected in example.expectations
        if (computed := compare(statement, expected)) is not None
    ]


def judge(
    document: Document, calendars: Mapping[str, Any], example: Example, parameters: Mapping[str, str]
) -> Statement:
    early = example.as_of or Instant.parse("9000-01-01T00:00Z")
    terms = bind_case(gather(document, calendars, [], early, example.readings), early, parameters)
    period = read_period(terms, example.period)
    as_of = example.as_of or max(period.end, last_instant(example) or period.end)
    facts = make_facts(document, example, period, as_of)
    return build(
        document, calendars, facts, period, as_of, readings=example.readings, parameters=parameters, others=False
    )


def compare(statement: Statement, expected: Expectation) -> str | None:
    """None where the result is as expected; else what it is."""
    for finding in statement.findings:
        if finding.rule in (f"availability/{expected.rule}", f"credits/{expected.rule}"):
            return compare_finding(finding, expected)
    blocks = statement.document.blocks
    if expected.rule in blocks.get("claims", {}):
        credits = blocks["claims"][expected.rule]["for"]
        claim = next((one for one in statement.judged.claims if one.filed.credit in credits), None)
        return "no claim" if claim is None else compare_claim(claim, expected)
    if expected.rule in blocks.get("maintenance", {}):
        window = next((one for one in statement.judged.windows if one.window.kind == expected.rule), None)
        return "no window of that kind" if window is None else compare_window(window, expected)
    return "nothing"


def compare_finding(finding: Finding, expected: Expectation) -> str | None:
    if expected.result == "met":
        return differs(finding.verdict.value, "met" if expected.wanted is True else "missed")
    if expected.result == "verdict":
        return differs(finding.verdict.value, expected.wanted)
    if expected.result == "percent":
        return compare_percent(finding.value, str(expected.wanted))
    quantities = dict(finding.quantities)
    all_time, leaves = quantities.get("all time"), quantities.get("out of base")
    if expected.result == "base" and isinstance(all_time, Duration) and isinstance(leaves, Duration):
        return compare_value(all_time - leaves, expected.wanted)
    if expected.result == "over price":
        return differs(quantities.get("over price"), "yes" if expected.wanted is True else "no")
    value = finding.value if expected.result in ("value", "credit") else quantities.get(expected.result)
    return "not a result of this rule" if value is None else compare_value(value, expected.wanted)


def compare_percent(value: Value, wanted: str) -> str | None:
    """Compared at the decimals written, floored."""
    if not isinstance(value, Share):
        return show(value)
    try:
        percent = parse_percent(wanted)
    except NotAQuantity as problem:
        return str(problem)
    scale: int = 100 * 10**percent.decimals
    return None if value.exact * scale // 1 == percent.exact * scale else show(Share(value.exact, percent.decimals))


def compare_value(value: Value, wanted: Any) -> str | None:
    try:
        if isinstance(value, Duration):
            return None if value == parse_length(str(wanted)) else show(value)
        if isinstance(value, Money):
            return None if value == Money.parse(str(wanted)) else str(value)
        if isinstance(value, Count):
            return None if Fraction(value.number) == Fraction(str(wanted)) else str(value.number)
    except (NotAQuantity, NotMoney, ValueError) as problem:
        return f"{show(value)} ({problem})"
    return differs(show(value), wanted)


def compare_claim(claim: ClaimJudged, expected: Expectation) -> str | None:
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


def compare_window(judged: Judgement, expected: Expectation) -> str | None:
    if expected.result == "judged as":
        return differs(judged.kind.name, expected.wanted)
    if expected.result == "earliest":
        return compare_instant(judged.earliest_at, expected.wanted)
    if expected.result == "out of base":
        return compare_value(judged.excused.total, expected.wanted)
    return "not a result of maintenance"


def compare_instant(computed: Instant | None, wanted: Any) -> str | None:
    try:
        same = computed is not None and computed == Instant.parse(str(wanted))
    except NotAnInstant as problem:
        return str(problem)
    return None if same or (computed is None and wanted == "none") else str(computed or "none")


def differs(computed: object, wanted: object) -> str | None:
    return None if computed == wanted else shown(computed)


def shown(wanted: Any) -> str:
    if isinstance(wanted, bool):
        return str(wanted).lower()
    return f"[{', '.join(map(str, wanted))}]" if isinstance(wanted, list) else str(wanted)
