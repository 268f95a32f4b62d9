"""Figures as a person reads them; the writing itself is core's, so that page, JSON and verifier agree."""

from fractions import Fraction

from upheld.core.explain import Share, Value, show
from upheld.core.money import Money
from upheld.core.timeline import Duration
from upheld.pages.words.spaces import keep_together, keep_whole


def say_figure(value: Value) -> str:
    """Any value of core: a length in minutes, a share in per cent, money, a count, an instant, or words."""
    return keep_together(value) if isinstance(value, str) else keep_whole(show(value))


def say_money(amount: Money) -> str:
    """`EUR 1,234.50`: the code first, a true minus."""
    return keep_whole(show(amount))


def say_percent(part: Duration, whole: Duration, decimals: int = 4) -> str:
    """`99.9371 %` of a whole, floored; nothing of nothing is no figure."""
    if not whole:
        return "no time yet"
    return keep_whole(show(Share(Fraction(part.micros, whole.micros), decimals)))


def say_count(number: int, one: str, many: str = "") -> str:
    """
    `1 outage`, `2 outages`, `no outage`.

    >>> say_count(2, "outage").replace("\\u00a0", " ")
    '2 outages'
    """
    if number == 0:
        return f"no {one}"
    return keep_whole(f"{number:,} {one if number == 1 else many or one + 's'}")
