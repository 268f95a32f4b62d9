"""The figure by the printed formula, what is borne, and the verdict."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.terms.changed import terms
from upheld.core.availability.figure import Sums, borne, evaluate, judge, share_of
from upheld.core.explain import Verdict
from upheld.core.terms import Availability
from upheld.core.timeline import DAY, HOUR, MINUTE, ZERO, Duration

MONTH = DAY * 30


def promise(**places) -> Availability:
    return terms(**{f"availability__uptime__{key}": value for key, value in places.items()}).availability["uptime"]


UPTIME = promise()


class TestBorne:
    @given(st.integers(0, MONTH.micros - 1), st.sampled_from(["at least 99.5 %", "at least 99.9 %", "at least 0 %"]))
    def test_is_the_most_that_still_meets_the_target(self, maintained, target):
        """So much down time meets it, a microsecond more does not."""
        asked = promise(target=target)
        sums = Sums(MONTH, ZERO, ZERO, Duration(maintained))
        most = borne(asked, sums)
        assert most is not None
        figures = [evaluate(asked, sums.with_down(down)) for down in (most, Duration(most.micros + 1))]

        assert [Verdict.MET, Verdict.MISSED] == [judge(asked, figure, figure, is_over=True) for figure in figures]

    @pytest.mark.parametrize(
        "places",
        [
            {"target": "none"},
            {"target": "under 5 %"},
            {"formula": "T / D"},
            {"formula": "D / T * D / T"}, {"formula": "T / T"},
            {"formula": "(T - D) / (M - M)"},
        ],
    )  # fmt: skip
    def test_is_not_known_where_down_time_does_not_bear_on_it_evenly(self, places):
        """No target, none from below, or a formula that is not linear in the down time."""
        assert borne(promise(**places), Sums(MONTH, MINUTE, ZERO, ZERO)) is None

    def test_is_never_less_than_nothing(self):
        """A target that even a perfect month misses bears nothing."""
        assert ZERO == borne(promise(formula="(T - M - D) / (T + T)"), Sums(MONTH, ZERO, ZERO, ZERO))


class TestJudge:
    @pytest.mark.parametrize(
        ("places", "figure", "worst", "is_over", "verdict"),
        [
            ({}, "995/1000", "995/1000", True, Verdict.MET),
            ({}, "9949999/10000000", "9949999/10000000", True, Verdict.MISSED),
            ({}, "1", "1", False, Verdict.NOT_YET_KNOWN),
            ({}, "99/100", "99/100", False, Verdict.MISSED),
            ({}, "1", "99/100", True, Verdict.UNDECIDED),
            ({}, "98/100", "97/100", True, Verdict.MISSED),
            ({"unmeasured": "up"}, "1", "99/100", True, Verdict.MET),
            ({"target": "none"}, "0", "0", True, Verdict.NOT_APPLICABLE),
            ({"strength": "goal"}, "0", "0", True, Verdict.NOT_REACHED),
            ({"strength": "goal"}, "1", "1", True, Verdict.REACHED),
        ],
    )
    def test_by_the_exact_figure(self, places, figure, worst, is_over, verdict):
        """TP-39: compared exact; a running month is missed once it cannot be met; a goal is reached or not."""
        assert verdict == judge(promise(**places), Fraction(figure), Fraction(worst), is_over)

    def test_of_nothing_is_undefined(self):
        """A month that was all maintenance."""
        assert Verdict.UNDEFINED == judge(UPTIME, None, None, is_over=True)


class TestShareOf:
    def test_shows_two_decimals_more_than_the_target(self):
        """Four at least: 99.5 % in four, 99.999 % in five."""
        assert 4 == share_of(UPTIME, Fraction(1)).decimals == share_of(promise(target="none"), Fraction(1)).decimals
        assert 5 == share_of(promise(target="at least 99.999 %"), Fraction(1)).decimals

    def test_adds_up_in_names(self):
        """Down and excluded together have a name of their own for formulas."""
        assert HOUR * 3 == Sums(MONTH, HOUR, HOUR * 2, ZERO).named()["down and excluded"]
