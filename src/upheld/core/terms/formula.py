"""The one kind of expression an agreement may hold: a formula that its text prints, over named quantities."""

import operator
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
NEGATED = "±"
TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]{1,3})|(.))", re.ASCII)


class NotAFormula(ValueError):
    """A text that the grammar of formulas does not know."""


@dataclass(frozen=True, slots=True)
class Formula:
    """
    `expr = term (("+"|"-") term)*`, `term = unit (("*"|"/") unit)*`, `unit = number | letter | "(" expr ")" | "-" unit`.

    Kept in postfix order; evaluated in exact fractions.
    """

    written: str
    postfix: tuple[str, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for part in self.postfix if part.isalpha()))

    def evaluate(self, values: Mapping[str, Fraction]) -> Fraction | None:
        """The exact value, or None where it divides by nothing: the figure is then undefined."""
        stack: list[Fraction] = []
        for part in self.postfix:
            if part == NEGATED:
                stack.append(-stack.pop())
            elif part in "+-*/":
                right, left = stack.pop(), stack.pop()
                if part == "/" and right == 0:
                    return None
                stack.append(OPERATIONS[part](left, right))
            else:
                stack.append(values[part] if part.isalpha() else Fraction(part))
        return stack.pop()

    def filled(self, shown: Mapping[str, str]) -> str:
        """The formula with figures in the place of its letters."""
        return re.sub(r"[A-Za-z]{1,3}", lambda letter: shown[letter[0]], self.written).replace("-", "−")


def parse_formula(text: str) -> Formula:
    """
    >>> parse_formula("(T - M - D) / (T - M)").evaluate({"T": Fraction(10), "M": Fraction(0), "D": Fraction(1)})
    Fraction(9, 10)
    """
    tokens = [number or letter or sign for number, letter, sign in TOKEN.findall(text.strip())]
    postfix: list[str] = []
    rest = expression(tokens, postfix, 0)
    if rest:
        raise NotAFormula(f"{text!r}: {rest[0]!r} is not expected there")
    return Formula(text, tuple(postfix))


def expression(tokens: list[str], out: list[str], depth: int) -> list[str]:
    tokens = term(tokens, out, depth)
    while tokens and tokens[0] in "+-":
        sign = tokens[0]
        tokens = term(tokens[1:], out, depth)
        out.append(sign)
    return tokens


def term(tokens: list[str], out: list[str], depth: int) -> list[str]:
    tokens = unit(tokens, out, depth)
    while tokens and tokens[0] in "*/":
        sign = tokens[0]
        tokens = unit(tokens[1:], out, depth)
        out.append(sign)
    return tokens


def unit(tokens: list[str], out: list[str], depth: int) -> list[str]:
    if not tokens:
        raise NotAFormula("the formula breaks off; a number, a letter or a parenthesis is expected")
    if depth > 20:
        raise NotAFormula("the formula has more than 20 parentheses inside one another")
    first, rest = tokens[0], tokens[1:]
    if first == "(":
        rest = expression(rest, out, depth + 1)
        if not rest or rest[0] != ")":
            raise NotAFormula("a parenthesis of the formula is not closed")
        return rest[1:]
    if first == "-":
        rest = unit(rest, out, depth + 1)
        out.append(NEGATED)
        return rest
    if not (first[0].isascii() and first[0].isalnum()):
        raise NotAFormula(f"{first!r} is not expected; a number, a letter or a parenthesis is")
    out.append(first)
    return rest
