"""Every kind of figure has one writing for people and one exact writing for machines."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.spans import at, span
from upheld.core.explain import Count, Level, Share, show, show_span, to_json
from upheld.core.money import Money
from upheld.core.timeline import HOUR, MINUTE, SECOND, ZERO, Duration


class TestShow:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (SECOND * 13_393, "223 min 13 s"),
            (HOUR * 24 * 31, "44,640 min"),
            (SECOND * 59, "59 s"),
            (Level(Fraction(5, 2), "latency in ms"), "2.5 latency in ms"),
            (Level(Fraction(-20_000, 3), "heat in C"), "−6,666.6666 heat in C"),
            (Level(Fraction(30), "heat in C"), "30 heat in C"),
            (Duration(1_500_000), "1 s"),
            (Duration(500_000), "0.5 s"),
            (MINUTE + Duration(1), "1 min"),
            (Duration(1), "0.000001 s"),
            (ZERO - MINUTE, "−1 min"),
            (ZERO, "0 min"),
            (Share(Fraction(41_552, 41_760)), "99.5019 %"),
            (Share(Fraction(1)), "100.0000 %"),
            (Share(Fraction(2, 3), 0), "66 %"),
            (Share(Fraction(-1, 3)), "−33.3334 %"),
            (Money.parse("EUR 7440.00"), "EUR 7,440.00"),
            (Money.parse("EUR -0.50"), "EUR −0.50"),
            (Money(Fraction(10, 3), "EUR"), "EUR 3.3333…"),
            (Money(Fraction(-10, 3), "EUR"), "EUR −3.3333…"),
            (Money(Fraction(1, 3), "EUR"), "EUR 0.3333…"),
            (Money(Fraction(-1, 3), "EUR"), "EUR −0.3333…"),
            (Count(1200, "full hours"), "1,200 full hours"),
            (at("2024-02-14T10:00Z"), "Wed 14 Feb 2024 10:00 UTC"),
            (at("2024-02-14T10:00:05Z"), "Wed 14 Feb 2024 10:00:05 UTC"),
            (at("2024-02-14T10:00:05.25Z"), "Wed 14 Feb 2024 10:00:05 UTC"),
            ("undefined", "undefined"),
        ],
    )
    def test_writes_for_people(self, value, shown):
        """Minutes, per cent, amounts, instants: as the contracts write them."""
        assert shown == show(value)

    @given(st.fractions(0, 2), st.integers(0, 6))
    def test_never_shows_a_share_above_what_it_is(self, exact, decimals):
        """A figure just under its target is never shown as the target: it is cut, not rounded."""
        figure = Fraction(show(Share(exact, decimals)).removesuffix(" %")) / 100

        assert figure <= exact < figure + Fraction(1, 100 * 10**decimals)

    def test_writes_a_span_with_as_few_dates_as_it_needs(self):
        """One date within a day; both across midnight."""
        assert "Sat 15 Mar 2025 20:00–23:00 UTC" == show_span(span("2025-03-15T20:00Z", "2025-03-15T23:00Z"))
        assert "Sat 15 Mar 2025 20:00 – Sun 16 Mar 2025 01:00 UTC" == show_span(
            span("2025-03-15T20:00Z", "2025-03-16T01:00Z")
        )


class TestToJson:
    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (MINUTE, {"micros": 60_000_000}),
            (Share(Fraction(2, 4)), {"share": "1/2"}),
            (Money.parse("EUR 1.50"), {"money": "EUR 1.50"}),
            (Money(Fraction(1, 3), "EUR"), {"money": "EUR 1/3"}),
            (Count(3, "full hours"), {"count": 3, "of": "full hours"}),
            (Level(Fraction(5, 2), "latency in ms"), {"level": "5/2", "of": "latency in ms"}),
            (at("2024-02-14T10:00Z"), {"instant": "2024-02-14T10:00:00.000000Z"}),
            ("undefined", {"words": "undefined"}),
        ],
    )
    def test_writes_exactly(self, value, written):
        """Nothing is rounded and nothing is a float."""
        assert written == to_json(value)
