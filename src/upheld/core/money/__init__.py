"""Money with its currency, and rounding that is declared, never implied."""

from upheld.core.money.amount import MODES, CurrenciesDiffer, Money, NotMoney, Rounding

__all__ = ["MODES", "CurrenciesDiffer", "Money", "NotMoney", "Rounding"]
