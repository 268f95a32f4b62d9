"""Periods anchored off their examples: an example that names a month in which none begins."""

import re
from collections.abc import Iterable

from upheld.core.terms.quantities import MONTHS, Months, NotAQuantity, parse_length
from upheld.language.examples import Example
from upheld.language.merge import Merged
from upheld.language.problem import Problems

MONTH_NAMED = re.compile(r"\d{1,4}-(\d{1,2})")


def check_anchors(merged: Merged, examples: Iterable[Example], problems: Problems) -> None:
    """Where a file has one kind of period, of several months: whoever writes of a quarter names one that there is."""
    rules = merged.below("periods")
    if len(rules) != 1 or (beginnings := months_of(merged, rules[0].path)) is None:
        return
    words = ", ".join(MONTHS[month - 1] for month in sorted(beginnings))
    figures = {*merged.names("availability"), *merged.names("measures")}
    for example in examples:
        found = MONTH_NAMED.fullmatch(example.period)
        asks = any(one.rule in figures for one in example.expectations)
        if asks and found and int(found[1]) not in beginnings:
            problems.warn(
                example.spot,
                f"this example speaks of {example.period}, in which no {rules[0].path[1]} begins: they begin in {words}",
                "name a month in which one begins, or correct where they start", next(iter(example.clauses), ""),
            )  # fmt: skip


def months_of(merged: Merged, path: tuple[str, ...]) -> set[int] | None:
    """The months in which a period of several months begins; None for shorter, sliding and other ones."""
    try:
        length = parse_length(merged.text(*path, "length"))
    except NotAQuantity:
        return None
    anchor = merged.text(*path, "starts").partition(" ")[2]
    if not isinstance(length, Months) or length.number < 2 or anchor not in MONTHS or (*path, "sliding") in merged.said:
        return None
    first = MONTHS.index(anchor)
    return {(first + step) % 12 + 1 for step in range(0, 12, length.number)}
