"""What came out, held against what an example expects: one comparison for each block of rules."""

from collections.abc import Callable, Mapping

from upheld.core.statement import Statement
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.claims import compare_claim
from upheld.language.examples.outcomes.findings import compare_rule
from upheld.language.examples.outcomes.maintenance import compare_window

OUTCOMES: Mapping[str, Callable[[Statement, Expectation], str | None]] = {
    "availability": compare_rule,
    "credits": compare_rule,
    "claims": compare_claim,
    "maintenance": compare_window,
}
"""Each block whose results can be expected, in the order in which a name is looked for."""


def compare(statement: Statement, expected: Expectation) -> str | None:
    """None where the result is as expected; else what it is."""
    blocks = statement.document.blocks
    block = next((name for name in OUTCOMES if expected.rule in blocks.get(name, {})), None)
    return "nothing" if block is None else OUTCOMES[block](statement, expected)
