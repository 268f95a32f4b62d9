"""Amounts of money: exact until a clause says round, and of one currency."""

import re
from dataclasses import dataclass
from fractions import Fraction

WRITTEN = re.compile(r"([A-Z]{3}) (-?\d+(?:\.\d+)?)", re.ASCII)
LONGEST = 100
"""Letters of a written amount: no sum of this world is longer, and reading digits takes time with their square."""
MOST_DECIMALS = 12
MODES = ("half up", "half even", "up", "down")


class NotMoney(ValueError):
    """A text that is no amount: the ISO code stands first, then the figure with a point."""


class CurrenciesDiffer(ValueError):
    """Two currencies in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount (a fraction until it is rounded) in an ISO 4217 currency."""

    amount: Fraction
    currency: str

    @classmethod
    def parse(cls, text: str) -> "Money":
        """
        >>> Money.parse("EUR 7440.00").amount
        Fraction(7440, 1)
        """
        found = WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
        if not found:
            raise NotMoney(f"{text[:LONGEST]!r} is not money; write the ISO code first, for instance EUR 7440.00")
        return cls(Fraction(found[2]), found[1])

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise CurrenciesDiffer(f"{other.currency} cannot be added to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def __mul__(self, times: Fraction | int) -> "Money":
        return Money(self.amount * times, self.currency)

    def __str__(self) -> str:
        """
        In hundredths at least, with more decimals where it has them; an amount that no decimal can write is a fraction.

        >>> str(Money.parse("EUR 1.005"))
        'EUR 1.005'
        """
        decimals, scaled = 2, self.amount * 100
        while scaled.denominator != 1 and decimals < MOST_DECIMALS:
            decimals, scaled = decimals + 1, scaled * 10
        if scaled.denominator != 1:
            return f"{self.currency} {self.amount}"
        sign, digits = ("-" if scaled < 0 else ""), abs(scaled.numerator)
        return f"{self.currency} {sign}{digits // 10**decimals}.{digits % 10**decimals:0{decimals}d}"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How an amount is rounded: mode and step, as the agreement declares them. There is no default."""

    mode: str
    step: Fraction

    def apply(self, money: Money) -> Money:
        """
        >>> str(Rounding("half up", Fraction(1, 100)).apply(Money(Fraction(1, 3), "EUR")))
        'EUR 0.33'
        """
        steps = abs(money.amount) / self.step
        whole, part = divmod(steps, 1)
        half = Fraction(1, 2)
        grows = {
            "half up": part >= half,
            "half even": part > half or (part == half and whole % 2 == 1),
            "up": part > 0,
            "down": False,
        }[self.mode]
        rounded = (whole + 1 if grows else whole) * self.step
        return Money(-rounded if money.amount < 0 else rounded, money.currency)
