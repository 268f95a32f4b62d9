"""Money is exact until a clause says round, and never of two currencies at once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.money import MODES, CurrenciesDiffer, Money, NotMoney, Rounding

CENT = Fraction(1, 100)
amounts = st.fractions(-1000, 1000, max_denominator=997).map(lambda amount: Money(amount, "EUR"))


class TestMoney:
    @pytest.mark.parametrize("written", ["EUR 7440.00", "USD 0.05", "GBP -12.30"])
    def test_reads_back_what_it_writes(self, written):
        """Hundredths are written as such."""
        assert written == str(Money.parse(written))

    @pytest.mark.parametrize(
        "written", ["7440.00 EUR", "EUR 7440,00", "eur 1", "EUR", "EUR 1.", "EUR\u00a01", f"EUR {'9' * 4400}"]
    )
    def test_refuses_what_is_not_money(self, written):
        """The ISO code stands first, and the figure has a point."""
        with pytest.raises(NotMoney, match="write the ISO code first"):
            Money.parse(written)

    def test_reads_a_hundred_letters_and_no_more(self):
        """So long is no sum of this world; a longer text is refused unread."""
        longest = f"EUR {'9' * 96}"

        assert 10**96 - 1 == Money.parse(longest).amount
        with pytest.raises(NotMoney, match="write the ISO code first"):
            Money.parse(f"{longest}9")

    def test_adds_its_own_currency_alone(self):
        """Euros and pounds have no sum."""
        assert Money.parse("EUR 3.00") == Money.parse("EUR 1.00") + Money.parse("EUR 2.00")
        with pytest.raises(CurrenciesDiffer, match="GBP cannot be added to EUR"):
            Money.parse("EUR 1.00") + Money.parse("GBP 1.00")

    def test_keeps_a_third_exact(self):
        """TP-47: the hourly price is kept exact; a third of a euro is a third."""
        third = Money.parse("EUR 1.00") * Fraction(1, 3)

        assert "EUR 1/3" == str(third)
        assert Money.parse("EUR 1.00") == third * 3


class TestRounding:
    @pytest.mark.parametrize(
        ("mode", "written", "expected"),
        [
            ("half up", "EUR 0.005", "EUR 0.01"), ("half up", "EUR -0.005", "EUR -0.01"),
            ("half up", "EUR 0.0049", "EUR 0.00"),
            ("half even", "EUR 0.005", "EUR 0.00"), ("half even", "EUR 0.015", "EUR 0.02"),
            ("half even", "EUR 0.0051", "EUR 0.01"),
            ("up", "EUR 0.001", "EUR 0.01"), ("up", "EUR 0.01", "EUR 0.01"), ("down", "EUR 0.019", "EUR 0.01"),
        ],
    )  # fmt: skip
    def test_rounds_as_declared(self, mode, written, expected):
        """The mode is the agreement's; a half and a loss go the way it says."""
        assert expected == str(Rounding(mode, CENT).apply(Money.parse(written)))

    @given(amounts, st.sampled_from(MODES), st.sampled_from([CENT, Fraction(1), Fraction(1, 20)]))
    def test_lands_on_a_step_less_than_one_away(self, money, mode, step):
        """A rounded amount is a whole number of steps, nearer than one step, and rounding again changes nothing."""
        rounded = Rounding(mode, step).apply(money)

        assert 1 == (rounded.amount / step).denominator
        assert abs(rounded.amount - money.amount) < step
        assert rounded == Rounding(mode, step).apply(rounded)


class TestWriting:
    def test_reads_back_what_it_wrote(self):
        """An invoice in tenths of a cent is a fact like any other: it must be readable for ever."""
        amounts = ["EUR 1.005", "EUR -0.125", "EUR 7440.00", "JPY 12.00"]

        assert amounts == [str(Money.parse(amount)) for amount in amounts]

    @pytest.mark.parametrize(("decimals", "written"), [(12, "EUR 0.000000000001"), (13, "EUR 1/10000000000000")])
    def test_has_twelve_decimals_at_most(self, decimals, written):
        """What needs more is written as the fraction that it is, and never cut."""
        assert written == str(Money(Fraction(1, 10**decimals), "EUR"))
