"""One computed value beside the one that is written; None where they are the same, else what was computed."""

from fractions import Fraction
from typing import Any

from upheld.core.explain import Count, Finding, Level, Share, Value, show
from upheld.core.money import Money, NotMoney
from upheld.core.statement import Statement
from upheld.core.terms.quantities import NotAQuantity, parse_length, parse_percent
from upheld.core.timeline import Duration, Instant, NotAnInstant


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
        if isinstance(value, Share):
            return compare_percent(value, str(wanted))
        if isinstance(value, Level):
            return None if value.exact == Fraction(str(wanted)) else show(value)
        if isinstance(value, Count):
            return None if Fraction(value.number) == Fraction(str(wanted)) else str(value.number)
    except (NotAQuantity, NotMoney, ValueError) as problem:
        return f"{show(value)} ({problem})"
    return differs(show(value), wanted)


def compare_instant(computed: Value | None, wanted: Any) -> str | None:
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


def compare_flag(value: Value, wanted: Any) -> str | None:
    """A figure that says yes or no, beside true or false."""
    return differs({"yes": True, "no": False}.get(str(value), str(value)), wanted)


def last_finding(statement: Statement, rule: str) -> Finding | None:
    """The last finding of a rule, or of the many that stand under it."""
    found = [one for one in statement.findings if one.rule == rule or one.rule.startswith(f"{rule}/")]
    return found[-1] if found else None
