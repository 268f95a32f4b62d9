"""The printed formula: parsed by our own small grammar, evaluated exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.terms.formula import NotAFormula, parse_formula

VALUES = {"T": Fraction(44_640), "M": Fraction(40), "D": Fraction(100)}
leaves = st.sampled_from(["T", "M", "D"]) | st.integers(0, 99).map(str)
formulas = st.recursive(
    leaves,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({' '.join(parts)})")
        | inner.map(lambda part: f"-{part}")
    ),
    max_leaves=8,
)


class TestParseFormula:
    def test_evaluates_the_printed_one(self):
        """TP-41 with the figures of a month of 31 days."""
        assert Fraction(44_500, 44_600) == parse_formula("(T - M - D) / (T - M)").evaluate(VALUES)

    @pytest.mark.parametrize(
        ("text", "value"),
        [("2 - 3 - 4", -5), ("2 - (3 - 4)", 3), ("2 + 3 * 4", 14), ("8 / 2 / 2", 2), ("-2 * -3", 6), ("1.5 * 2", 3)],
    )
    def test_keeps_the_usual_order(self, text, value):
        """From the left, products before sums, parentheses first."""
        assert value == parse_formula(text).evaluate({})

    @given(formulas)
    def test_equals_the_arithmetic_of_the_language(self, text):
        """Any formula gives what Python's own parser gives with exact fractions."""
        fractions = {f"n{number}": Fraction(number) for number in range(100)}
        words = "".join(
            f"n{word}" if word.isdigit() else word
            for word in text.replace("(", " ( ").replace(")", " ) ").replace("-", " - ").split()
        )
        try:
            expected = eval(words, {}, {**VALUES, **fractions})
        except ZeroDivisionError:
            expected = None

        assert expected == parse_formula(text).evaluate(VALUES)

    def test_is_undefined_where_it_divides_by_nothing(self):
        """A month of nothing but maintenance has no availability."""
        assert parse_formula("(T - M - D) / (T - M)").evaluate({**VALUES, "T": Fraction(40)}) is None

    def test_shows_itself_with_figures(self):
        """Its letters filled, a true minus."""
        formula = parse_formula("(T - M - D) / (T - M)")

        assert ("T", "M", "D") == formula.letters
        assert "(44,640 − 40 − 100) / (44,640 − 40)" == formula.filled({"T": "44,640", "M": "40", "D": "100"})

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("(T - M", "is not closed"),
            ("T -", "breaks off"),
            ("T M", "'M' is not expected there"),
            ("T ^ 2", r"'\^' is not expected there"),
            ("* T", r"'\*' is not expected; a number"),
            ("²", "'²' is not expected; a number"),
            ("٣", "'٣' is not expected; a number"),
            ("(" * 22 + "T" + ")" * 22, "more than 20 parentheses"),
            ("", "breaks off"),
        ],
    )
    def test_refuses_what_is_no_formula(self, text, words):
        """Nothing but numbers, letters, four signs and parentheses."""
        with pytest.raises(NotAFormula, match=words):
            parse_formula(text)
