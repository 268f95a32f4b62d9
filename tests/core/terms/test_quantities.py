"""The grammar of quantities: each text has one meaning, and what could have two is refused with what to write."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.money import Money
from upheld.core.terms.quantities import (
    Comparison,
    Days,
    Deadline,
    Frequency,
    Months,
    NotAQuantity,
    OpenTime,
    Percent,
    compare,
    measure_of,
    parse_comparison,
    parse_date,
    parse_deadline,
    parse_frequency,
    parse_length,
    parse_percent,
    parse_quantity,
    parse_times,
    parse_yearly,
)
from upheld.core.timeline import DAY, HOUR, MICRO, MINUTE, SECOND


class TestParseLength:
    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("15 minutes", MINUTE * 15),
            ("1 week", DAY * 7),
            ("0.5 hours", MINUTE * 30),
            ("0.000001 seconds", MICRO),
            ("5 elapsed days", DAY * 5),
            ("30 calendar days", Days(30)),
            ("5 business days", Days(5, "business")),
            ("5 whole business days", Days(5, "business", "whole")),
            ("1 open working day", Days(1, "working", "open hours")),
            ("2 closing business days", Days(2, "business", "closing")),
            ("3 months", Months(3)),
            ("1 quarter", Months(3)),
            ("2 years", Months(24)),
            ("8 business hours", OpenTime(HOUR * 8, "business")),
            ("90 support-hours minutes", OpenTime(MINUTE * 90, "support-hours")),
        ],
    )
    def test_reads(self, text, length):
        """Elapsed time, days of five kinds, months, open time."""
        assert length == parse_length(text)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("5 days", "does not say which days"),
            ("soon", "is not a length of time"),
            ("0.0000001 seconds", "is finer than a microsecond"),
            ("5 Business Days", "is not a length of time"),
            ("-5 minutes", "is not a length of time"),
        ],
    )
    def test_refuses(self, text, words):
        """A bare day has five meanings; a length finer than a microsecond has none here."""
        with pytest.raises(NotAQuantity, match=words):
            parse_length(text)

    def test_says_itself_in_words(self):
        """As a reason shows it."""
        said = [
            str(parse_length(text)) for text in ("5 business days", "1 open working day", "30 calendar days", "1 quarter")
        ]

        assert ["5 business days", "1 open working day", "30 calendar days", "3 months"] == said
        assert "5 whole business days" == str(Days(5, "business", "whole"))
        assert "480 open minutes of business" == str(OpenTime(HOUR * 8, "business"))


class TestParsePercent:
    @given(st.integers(0, 10**6), st.integers(0, 6))
    def test_reads_back_what_it_shows(self, digits, decimals):
        """Exact, with the decimals that were written."""
        percent = Percent(Fraction(digits, 10**decimals * 100), decimals)

        assert percent == parse_percent(str(percent))

    @pytest.mark.parametrize("text", ["99,5%", "99,5 %"])
    def test_shows_how_to_write_a_comma(self, text):
        """The text of a contract may have 99,5%: the file has 99.5 %."""
        with pytest.raises(NotAQuantity, match=r"has a comma; write 99\.5 %$"):
            parse_percent(text)

    def test_wants_a_space(self):
        """One writing only."""
        with pytest.raises(NotAQuantity, match="with a space before the sign"):
            parse_percent("99.5%")


class TestComparison:
    @pytest.mark.parametrize(
        ("text", "inside", "outside"),
        [
            ("at least 99.5 %", "995/1000", "9949999/10000000"),
            ("more than 0", "1/100", "0"),
            ("under 99.5 %", "0", "995/1000"),
            ("at most 5", "5", "501/100"),
            ("exactly 5", "5", "4"),
            ("at least 99.0 % and under 99.5 %", "99/100", "995/1000"),
        ],
    )
    def test_is_decided_on_the_exact_figure(self, text, inside, outside):
        """TP-39: at the edge is met; one second over is missed, however it is shown."""
        comparison = parse_comparison(text)

        assert comparison.holds(Fraction(inside))
        assert not comparison.holds(Fraction(outside))
        assert text == str(comparison)

    def test_compares_lengths_with_lengths(self):
        """Five minutes are at most ten."""
        assert parse_comparison("at most 10 minutes").holds(MINUTE * 5)

    @pytest.mark.parametrize(
        ("figure", "edge"), [(Fraction(5), MINUTE), (MINUTE, Fraction(5)), (MINUTE, Days(5, "business"))]
    )
    def test_compares_nothing_with_another_kind(self, figure, edge):
        """Five of what?"""
        with pytest.raises(NotAQuantity, match="cannot be compared"):
            compare(figure, ">=", edge)

    def test_wants_a_word_before_the_figure(self):
        """`99.5 %` alone does not say on which side."""
        with pytest.raises(NotAQuantity, match="says no comparison; put one of at least"):
            parse_comparison("99.5 %")

    def test_measures_amounts_and_numbers_by_their_figure(self):
        """Money and numbers are bare figures here; a month has none."""
        assert Fraction(5) == measure_of(Money.parse("EUR 5.00")) == measure_of(Fraction(5))
        assert Fraction(1, 100) == measure_of(parse_percent("1 %"))
        assert Fraction(SECOND.micros) == measure_of(SECOND)
        with pytest.raises(NotAQuantity, match="depends on a calendar"):
            measure_of(Months(1))

    def test_holds_quantities_of_every_kind(self):
        """Per cent, number, money, length."""
        kinds = [parse_quantity(text) for text in ("5 %", "5", "EUR 5.00", "5 minutes")]

        assert [Percent(Fraction(1, 20), 0), Fraction(5), Money.parse("EUR 5.00"), MINUTE * 5] == kinds
        assert Comparison((("<", Fraction(5)),), "under 5") == parse_comparison("under 5")


class TestOthers:
    def test_deadlines(self):
        """A length after an event, told in its own words."""
        assert Deadline(Days(5, "business"), "outage end") == parse_deadline("5 business days after outage end")
        assert "5 business days after outage end" == str(parse_deadline("5 business days after outage end"))
        assert "2,880 min after outage end" == str(parse_deadline("48 hours after outage end"))
        with pytest.raises(NotAQuantity, match="is not a deadline"):
            parse_deadline("5 business days")

    def test_frequencies(self):
        """How much in each period: a number or an elapsed time."""
        assert Frequency(Fraction(1), "week") == parse_frequency("1 per week")
        assert Frequency(HOUR * 10, "year") == parse_frequency("10 hours per year")
        with pytest.raises(NotAQuantity, match="is not a frequency; write"):
            parse_frequency("weekly")
        with pytest.raises(NotAQuantity, match="its amount is a number or an elapsed time"):
            parse_frequency("3 months per year")

    def test_multiples(self):
        """TP-45: ten times."""
        assert Fraction(10) == parse_times("10 x")
        with pytest.raises(NotAQuantity, match="is not a multiple"):
            parse_times("ten times")

    def test_dates(self):
        """Year-month-day, and days of each year."""
        assert "2023-01-13" == parse_date("2023-01-13").isoformat()
        assert (12, 25) == parse_yearly("every 25 December") == parse_yearly("25 December")
        with pytest.raises(NotAQuantity, match="is not a date"):
            parse_date("13 January 2023")
        with pytest.raises(NotAQuantity, match="is not a day of the year"):
            parse_yearly("25.12.")
        with pytest.raises(NotAQuantity, match="names a day that February does not have"):
            parse_yearly("30 February")
