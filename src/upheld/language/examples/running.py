"""Running an example: its history judged by core, what came out held against what it says must come out."""

from collections.abc import Mapping
from typing import Any

from upheld.core.statement import Statement, TermsDoNotBind, bind_case, build, gather, read_period
from upheld.core.terms import Document
from upheld.core.timeline import Instant
from upheld.language.calendars import with_zones
from upheld.language.examples.example import Difference, Example
from upheld.language.examples.histories import last_instant, make_facts
from upheld.language.examples.outcomes import compare
from upheld.language.examples.outcomes.values import shown
from upheld.language.standins import stand_in_parameters


def run_example(document: Document, calendars: Mapping[str, Any], example: Example) -> list[Difference]:
    """Every expectation that does not come true. Parameters that the example does not give have stand-in values."""
    parameters = stand_in_parameters(document, example.parameters)
    try:
        statement = judge(document, with_zones(document, calendars, example.parameters), example, parameters)
    except TermsDoNotBind as refusal:
        if is_expected(refusal, example):
            return []
        why = "none, since the terms cannot be judged as they stand"
        return [Difference(example.title, example.spot.line, example.spot.column, "", "its judgement", "one", why)]
    except ValueError as problem:
        return [Difference(example.title, example.spot.line, example.spot.column, "", "its judgement", "one", str(problem))]
    return [
        Difference(
            example.title,
            expected.spot.line,
            expected.spot.column,
            expected.rule,
            expected.result,
            shown(expected.wanted),
            computed,
        )
        for expected in example.expectations
        if (computed := compare(statement, expected)) is not None
    ]


def is_expected(refusal: TermsDoNotBind, example: Example) -> bool:
    """Whether the example says that nothing is valid for a customer's values, and only those values are at fault."""
    wanted = all(one.result == "valid" and one.wanted is False for one in example.expectations)
    return bool(example.expectations) and wanted and all(found.path[:1] == ("parameters",) for found in refusal.problems)


def judge(document: Document, calendars: Mapping[str, Any], example: Example, parameters: Mapping[str, str]) -> Statement:
    early = example.as_of or Instant.parse("9000-01-01T00:00Z")
    terms = bind_case(gather(document, calendars, [], early, example.readings), early, parameters)
    period = read_period(terms, example.period)
    as_of = example.as_of or max(period.end, last_instant(example) or period.end)
    facts = make_facts(document, example, period, as_of)
    return build(document, calendars, facts, period, as_of, readings=example.readings, parameters=parameters, others=False)
