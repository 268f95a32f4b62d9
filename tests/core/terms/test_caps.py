"""Caps over several credits that can be read, and those that cannot be judged, each with what to write instead."""

from fractions import Fraction
from typing import ClassVar

import pytest

from tests.core.credits.owed import BASE
from tests.core.sample import BLOCKS
from tests.core.terms.changed import GONE, problems, terms

CREDITS = {"first": {**BASE, "pays": "EUR 10"}, "second": {**BASE, "pays": "EUR 4"}}
CAP = {"for": ["first", "second"], "at most": "EUR 12", "per": "period", "above cap": "lost"}
DAYS = {**BASE, "pays": "1 elapsed day of service", "as": "term extension"}


def wrong(credits=CREDITS, **said):
    return problems(credits=credits, claims=GONE, caps={"both": {**CAP, **said}})


@pytest.mark.parametrize(
    ("said", "most"),
    [
        ({"at most": "EUR 12.345"}, Fraction("12.345")),
        ({"at most": "50 %", "of": "parameter monthly-price"}, Fraction(360)),
        ({"at most": "50 %", "of": "EUR 0.03"}, Fraction("0.02")),
    ],
)
def test_says_the_most_in_the_money_of_the_agreement(said, most):
    """An amount is taken as it is written; a share of a price is rounded once, half up."""
    found = terms(credits=CREDITS, claims=GONE, caps={"both": {**CAP, **said}}).caps["both"]

    assert (most, "EUR", ("first", "second")) == (found.most.value, found.measure, found.credits)


def test_counts_time_in_days_of_service():
    """Credits that give days are capped in days."""
    said = {**CAP, "at most": "15 elapsed days of service"}
    found = terms(credits={"first": DAYS, "second": DAYS}, claims=GONE, caps={"both": said}).caps["both"]

    assert (Fraction(15), "days") == (found.most.value, found.measure)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"for": ["first", "secnd"]}, "caps/both/for: no credit is called 'secnd'; nearest is 'second'"),
        ({"for": "none"}, "caps/both/for: names no credit; write for: [NAME, NAME]"),
        ({"at most": "2 credits"}, "caps/both/at most: 2 credits are no amount that several come to together"),
        ({"at most": "50 %"}, "caps/both/at most: 50 % is a part of a price; say of which: write of: parameter NAME"),
        ({"at most": "plenty"}, "caps/both/at most: 'plenty' does not say what is paid"),
        ({"of": "USD 3"}, "caps/both/of: the price is in USD, the agreement's money in EUR"),
        ({"at most": "USD 12"}, "first is counted in EUR, and the most that is paid in USD; write the cap in EUR"),
        ({"at most": "3 elapsed days of service"}, "and the most that is paid in days; write the cap in EUR"),
        ({"per": "outage"}, "caps/both/per: a cap for each 'outage' is not judged; it holds for one of period, month"),
        ({"above cap": "carried forward"}, "caps/both/above cap: 'carried forward' is not one of lost"),
    ],
)
def test_names_what_cannot_be_judged(said, what):
    """Each sentence stands at its place and says what to write."""
    found = wrong(**said)

    assert what in "; ".join(found), found


def test_reads_a_share_without_rounding_where_no_money_is_declared():
    """What else is wrong is told as well: nothing crashes while a file is half written."""
    found = problems(credits=CREDITS, claims=GONE, money=GONE, caps={"both": {**CAP, "at most": "50 %", "of": "EUR 3"}})

    assert any("the file has no `money` block" in one for one in found), found


class TestSpans:
    """A cap for a day or a week of a month is refused: it would be taken for one of the whole month."""

    DAY: ClassVar = {"length": "1 elapsed day", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}

    @pytest.mark.parametrize("places", [{"caps": {"both": {**CAP, "per": "day"}}}, {}])
    def test_shorter_ones_are_refused(self, places):
        """Of one credit and of several; the month and what is longer are offered instead."""
        capped = {"cap": {"at most": "EUR 5", "per": "day"}} if not places else {}
        rules = {**CREDITS, "first": {**CREDITS["first"], **capped}}
        found = problems(credits=rules, claims=GONE, periods={**BLOCKS["periods"], "day": self.DAY}, **places)

        assert any("a cap for each 'day' is not judged; it holds for one of period" in one for one in found), found
        assert all(one.endswith(", month") for one in found)

    def test_another_month_is_none_of_them(self):
        """A billing month may have 28 days and the other 31."""
        billing = {"length": "1 month", "starts": "15", "zone": "UTC", "counts as": "elapsed time"}
        caps = {"both": {**CAP, "per": "billing"}}

        assert (
            "billing"
            == terms(credits=CREDITS, claims=GONE, periods={**BLOCKS["periods"], "billing": billing}, caps=caps)
            .caps["both"]
            .per.value
        )
