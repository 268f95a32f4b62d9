"""Figures of a text in one form, so that prose and rules can be compared."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.terms.formula import parse_formula
from upheld.language.agreement_of_figures import same_function, split_formulas
from upheld.language.figures import Figure, find_figures


def only(text: str) -> Figure:
    [figure] = [figure for figure in find_figures(text) if figure.must]
    return figure


class TestReading:
    @pytest.mark.parametrize(
        ("prose", "value"),
        [
            ("99.5 % of the month", "at least 99.5 %"),
            ("99,5% of the month", "99.5 %"),
            ("Standard SSD 99.5 %", "99.5 %"),
            ("5 Business Days", "at least 5 business days"),
            ("five business days", "5 business days"),
            ("within 8 hours", "8 hours"),
            ("8 hours", "480 minutes"),
            ("1,440 minutes", "1440 minutes per day"),
            ("from 7 am", "mon-fri 07:00"),
            ("until 5 pm UTC", "17:00"),
            ("25 December", "every 25 December"),
            ("13 January 2023", "2023-01-13"),
            ("a tenfold of 10x", "10 x"),
            ("ten times the price", "10 x"),
            ("GBP 250", "GBP 250.00"),
            ("£250", "GBP 250"),
            ("once a day at most, that is every day", "24 hours"),
        ],
    )
    def test_finds_the_same_figure(self, prose: str, value: str):
        """What people write and what the terms write is the same figure."""
        assert any(only(value).fits(figure) for figure in find_figures(prose))

    @pytest.mark.parametrize(
        ("one", "other"),
        [("99.5 %", "99.4 %"), ("5 days", "5 hours"), ("8 hours", "8 minutes"), ("07:00", "17:00"), ("5 %", "5"),
         ("GBP 5", "EUR 5"), ("25 December", "26 December"), ("13 January 2023", "2024-01-13")],
    )  # fmt: skip
    def test_keeps_different_figures_apart(self, one: str, other: str):
        """Another amount, unit, currency or day is another figure."""
        assert not only(one).fits(only(other))

    @pytest.mark.parametrize("prose", ["see section 4.5", "clause 12", "HTTP/2", "IPv4", "`(T - M) / 2`", "TP-39"])
    def test_passes_over_what_is_no_figure(self, prose: str):
        """Numbers of sections, clauses and protocols promise nothing."""
        assert [] == find_figures(split_formulas(prose)[0])

    def test_lets_parentheses_illustrate(self):
        """A figure in parentheses need not stand in a rule."""
        assert [(True, "7 hours"), (False, "70 hours")] == [
            (figure.must, figure.written) for figure in find_figures("7 hours (70 hours)")
        ]

    @given(st.text(max_size=300))
    def test_reads_any_text(self, text: str):
        """No text makes it stumble."""
        for figure in find_figures(text):
            assert figure.fits(figure)

    @given(st.integers(min_value=0, max_value=10**12), st.sampled_from(["minutes", "hours", "%", "x", ""]))
    def test_keeps_the_amount(self, number: int, unit: str):
        """A whole number comes back as it was written."""
        assert Fraction(number) == only(f"{number} {unit}".strip()).amount


class TestFormulas:
    @pytest.mark.parametrize(
        ("one", "other"),
        [("(T - M - D) / (T - M)", "1 - D / (T - M)"), ("(A - B + C) / A", "1 - (B - C) / A"), ("T * 2", "T + T")],
    )
    def test_knows_the_same_function(self, one: str, other: str):
        """Formulas are compared by what they say, not by how they are printed."""
        assert same_function(parse_formula(one), parse_formula(other))

    @pytest.mark.parametrize(
        ("one", "other"), [("(T - D) / T", "(T - M - D) / (T - M)"), ("T / D", "D / T"), ("T - D", "T + D")]
    )
    def test_knows_another_function(self, one: str, other: str):
        """Another function is another promise."""
        assert not same_function(parse_formula(one), parse_formula(other))
