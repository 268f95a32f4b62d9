"""Asking conditions of what people told: a value of another kind than the rule expects leaves the answer open."""

from fractions import Fraction

from upheld.core.money import Money
from upheld.core.terms.answers import Answer, answer
from upheld.core.terms.circumstances import Circumstances, Known
from upheld.core.terms.conditions import Condition
from upheld.core.terms.quantities import NotAQuantity, Percent, parse_quantity
from upheld.core.terms.sizes import Size
from upheld.core.timeline import Duration


def ask(condition: Condition, at: Circumstances) -> Answer:
    """Whether a condition holds. What cannot be compared is not known; the reason says what was told."""
    try:
        return answer(condition, at)
    except ValueError as problem:
        return Answer(None, ((str(problem), (), ()),))


def read_told(written: str) -> Known:
    """What somebody told, by its kind: a number, a length, a share, an amount, a size in bytes; else the text."""
    try:
        found = parse_quantity(written)
    except NotAQuantity:
        return written
    if isinstance(found, Size):
        return found.bytes
    if isinstance(found, Percent):
        return found.exact
    return found if isinstance(found, Fraction | Duration | Money) else written
