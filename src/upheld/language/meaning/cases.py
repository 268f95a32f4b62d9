"""Cases of a rule: two that can hold at once need an order, or one of them `otherwise`."""

from itertools import combinations
from typing import Any

from upheld.core.terms.quantities import Comparison, NotAQuantity, measure_of, parse_comparison
from upheld.core.timeline import Duration
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said
from upheld.language.vocabulary import BLOCKS

MOST_CASES = 50


def check_cases(subject: Subject) -> None:
    for block in BLOCKS.values():
        if block.cases:
            for rule in subject.rules(block.name):
                check_rule(subject, rule)


def check_rule(subject: Subject, rule: Said) -> None:
    cases = [said for said in subject.merged.below(*rule.path, "cases") if said.node is None]
    if not cases or subject.has(*rule.path, "cases", "order"):
        return
    if len(cases) > MOST_CASES:
        subject.error((*rule.path, "cases"), f"{rule.path[1]} has more than {MOST_CASES} cases", "divide the rule")
        return
    ordered = [case for case in cases if subject.value(*case.path, "otherwise") is not True]
    for one, other in combinations(ordered, 2):
        if can_hold_together(subject.value(*one.path, "when"), subject.value(*other.path, "when")):
            subject.error(
                other.path,
                f"{one.path[-1]} and {other.path[-1]} of {rule.path[1]} can hold together, and nothing orders them",
                f"write order: [{one.path[-1]}, {other.path[-1]}] among the cases, or otherwise: true in one",
                other.spot,
            )


def can_hold_together(one: Any, other: Any) -> bool:
    """False only where some fact that both name cannot have both values."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return True
    return not any(excludes(one[fact], other[fact]) for fact in one if fact in other)


def excludes(one: Any, other: Any) -> bool:
    first, second = comparison_of(one), comparison_of(other)
    if first and second:
        return are_disjoint(first, second)
    if first or second:
        return False
    return not set(names_of(one)) & set(names_of(other))


def names_of(value: Any) -> list[str]:
    return [str(item) for item in (value if isinstance(value, list) else [value])]


def comparison_of(value: Any) -> Comparison | None:
    try:
        return parse_comparison(value) if isinstance(value, str) else None
    except NotAQuantity:
        return None


def are_disjoint(one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons of one kind of figure leave no figure to both."""
    try:
        edges = [(sign, measure_of(edge), isinstance(edge, Duration)) for sign, edge in (*one.edges, *other.edges)]
    except NotAQuantity:
        return False
    if len({kind for _, _, kind in edges}) != 1:
        return False
    lows = [(figure, sign == ">") for sign, figure, _ in edges if sign in (">=", ">", "=")]
    highs = [(figure, sign == "<") for sign, figure, _ in edges if sign in ("<=", "<", "=")]
    return any(
        low > high or (low == high and (open_low or open_high)) for low, open_low in lows for high, open_high in highs
    )
