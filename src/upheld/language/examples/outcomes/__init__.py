"""What came out, held against what an example expects: one comparison for each block of rules."""

from collections.abc import Callable, Mapping
from typing import Any

from upheld.core.statement import Statement
from upheld.language.examples.example import Expectation
from upheld.language.examples.outcomes.besides import (
    compare_access,
    compare_agreement,
    compare_check,
    compare_duty,
    compare_instruction,
    compare_notice,
    compare_plan,
    compare_right,
)
from upheld.language.examples.outcomes.claims import compare_claim
from upheld.language.examples.outcomes.desk import compare_backup, compare_call, compare_clock
from upheld.language.examples.outcomes.fees import compare_charge, compare_end
from upheld.language.examples.outcomes.findings import compare_rule
from upheld.language.examples.outcomes.maintenance import compare_window

OUTCOMES: Mapping[str, Callable[[Statement, Expectation], str | None]] = {
    "availability": compare_rule,
    "measures": compare_rule,
    "credits": compare_rule,
    "caps": compare_rule,
    "claims": compare_claim,
    "clocks": compare_clock,
    "telephone": compare_call,
    "recovery": compare_clock,
    "backups": compare_backup,
    "maintenance": compare_window,
    "charges": compare_charge,
    "plans": compare_plan,
    "duties": compare_duty,
    "notices": compare_notice,
    "rights": compare_right,
    "services/checks": compare_check,
    "access": compare_access,
    "instructions": compare_instruction,
    "term": compare_end,
    "agreement": compare_agreement,
}
"""Each block whose results can be expected, in the order in which a name is looked for; a block may be named itself."""


def names_in(block: str, blocks: Mapping[str, Any]) -> set[str]:
    """The names of a block's rules; of a map inside a block, those of all its rules."""
    outer, _, inner = block.partition("/")
    rules = blocks.get(outer, {})
    named = rules if isinstance(rules, dict) else {}
    if not inner:
        return set(named)
    return {name for rule in named.values() if isinstance(rule, dict) for name in rule.get(inner, {})}


def block_of(name: str, blocks: Mapping[str, Any]) -> str:
    """The block in which an expectation's name stands, or which it names; empty where there is none."""
    return next((block for block in OUTCOMES if name in names_in(block, blocks)), name if name in OUTCOMES else "")


def compare(statement: Statement, expected: Expectation) -> str | None:
    """None where the result is as expected; else what it is."""
    block = block_of(expected.rule, statement.document.blocks)
    return OUTCOMES[block](statement, expected) if block else "nothing"
