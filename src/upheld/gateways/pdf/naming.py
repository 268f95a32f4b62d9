"""How a statement's figures are called where people read them; JSON, CSV and bundle keep the agreement's names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from upheld.core.statement import outline

Told = Mapping[str, Any]
INNER_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
"""As in `first-response`; that of `T-1` is none."""


def say_rule(rule: str) -> str:
    """
    A rule with the agreement's own name for it as people say it; tickets, outages and numbers behind it stay.

    >>> say_rule("clocks/first-response/T-1/2")
    'clocks/first response/T-1/2'
    """
    family, *names = rule.split("/")
    return "/".join([family, *(INNER_HYPHEN.sub(" ", name) for name in names[:1]), *names[1:]])


def name_finding(finding: Told) -> str:
    """
    The figure's name as a heading.

    >>> name_finding({"rule": "clocks/first-response/T-1/2"})
    'Clock: first response, T-1, 2'
    """
    return outline.name_finding({"rule": say_rule(finding["rule"])})


def name_short(finding: Told) -> str:
    """The name of a figure within a sentence: `tenfold`, `first response, T-1`."""
    return outline.name_short({"rule": say_rule(finding["rule"])})


def tell_senses(findings: Sequence[Told], reading: Told) -> tuple[str, list[str]]:
    """Our sense of a reading with the figures that it decides, and each other sense with what it would make of them."""
    return outline.tell_senses([{**finding, "rule": say_rule(finding["rule"])} for finding in findings], reading)
