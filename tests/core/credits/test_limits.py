"""What rounding, the least and the most leave of a credit."""

from fractions import Fraction

import pytest

from tests.core.credits.owed import down, owed, state_credits
from tests.core.sample import header
from tests.core.sums import find_wrong_sums
from upheld.core.credits.limits import Settled
from upheld.core.facts import CreditApplied
from upheld.core.money import Money

PER_OUTAGE = {
    "per": "outage", "pays": "5 %", "for each": "full hour", "counted": "per outage", "touching": "apart",
}  # fmt: skip
CAPPED = {**PER_OUTAGE, "cap": {"at most": "20 %", "of": "monthly price", "per": "period"}}


class TestLimits:
    @pytest.mark.parametrize(
        ("least", "shown"), [("none", "EUR 1.00"), ("more than EUR 1", "EUR 0.00"), ("at least EUR 1", "EUR 1.00")]
    )
    def test_what_is_too_little_is_not_paid(self, least, shown):
        """A credit of exactly 1.00 is not more than 1.00."""
        found = owed({"pays": "EUR 1", "least": least}, *down(300))

        assert shown == found.finding.shown
        assert (shown == "EUR 0.00") == (
            "is not more than EUR 1, so it is not paid" in [s.words for s in found.finding.why.because]
        )

    @pytest.mark.parametrize(
        ("cap", "shown"),
        [
            ({"at most": "20 %", "of": "monthly price", "per": "period"}, "EUR 144.00"),
            ({"at most": "EUR 100", "per": "invoice"}, "EUR 100.00"),
            ({"at most": "50 %", "of": "EUR 300", "per": "period"}, "EUR 150.00"),
            ({"at most": "10 %", "of": "parameter monthly-price", "per": "outage"}, "EUR 144.00"),
            ({"at most": "1 credit", "per": "period"}, "EUR 180.00"),
            ({"at most": "3 elapsed days of service", "per": "period"}, "EUR 72.00"),
        ],
    )
    def test_each_kind_of_cap(self, cap, shown):
        """Two outages of five hours, 5 % an hour: 360 without a cap."""
        found = owed({**PER_OUTAGE, "cap": cap, "day is worth": "of / 30"}, *down(300, 2), *down(300, 3))

        assert shown == found.finding.shown
        assert [] == find_wrong_sums([found.finding])

    def test_what_is_above_is_lost(self):
        """The finding says how much, and where it went."""
        found = owed({**CAPPED, "above cap": "lost"}, *down(300))

        assert "EUR 36.00" == str(found.finding.quantity("above"))
        assert "is above the most that is paid for each period, and is lost" == found.finding.why.because[-1].words

    def test_or_is_carried_forward(self):
        """May leaves 36 behind; June, in which nothing happened, pays them."""
        credit = {**CAPPED, "above cap": "carried forward"}
        may = owed(credit, *down(300, month="2025-05"), month="2025-05")
        june = owed(credit, *down(300, month="2025-05"), month="2025-06")

        assert ["EUR 144.00", "EUR 36.00"] == [may.finding.shown, june.finding.shown]
        assert ("due", "carried forward from before") == (june.state, june.finding.why.because[-1].words)

    def test_and_carried_over_many_years(self):
        """Two hundred months lie between, each taking over what the one before it left: the last 36 were paid long ago."""
        credit = {**CAPPED, "above cap": "carried forward"}
        long_after = owed(credit, *down(300, month="2008-05"), month="2025-06")

        assert "EUR 0.00" == long_after.finding.shown

    def test_a_rolling_cap_remembers(self):
        """At most 200 in three months: April gave 144, May the rest, June nothing."""
        periods = {
            "trailing": {"length": "3 months", "starts": "1", "zone": "UTC", "counts as": "elapsed time", "sliding": True}
        }
        credit = {**PER_OUTAGE, "cap": {"at most": "EUR 200", "per": "trailing"}}
        outages = [fact for month in ("2025-03", "2025-04", "2025-05", "2025-06") for fact in down(240, month=month)]
        shown = [
            owed(
                credit, *outages, month=month, **{f"periods__{name}": period for name, period in periods.items()}
            ).finding.shown
            for month in ("2025-03", "2025-04", "2025-05", "2025-06")
        ]

        assert ["EUR 144.00", "EUR 56.00", "EUR 0.00", "EUR 144.00"] == shown

    def test_a_cap_counts_its_own_credit_alone(self):
        """Five hours of May gave 10 of one credit and 36 of the other: in June each has its own rest of 50 left."""
        quarter = {"length": "3 months", "starts": "1 April", "zone": "UTC", "counts as": "elapsed time"}
        capped = {"cap": {"at most": "EUR 50", "per": "quarter"}}
        credits = {"one": {**capped, "pays": "EUR 10"}, "two": {**capped, "pays": "EUR 36"}}
        outages = [*down(300, month="2025-05"), *down(300, month="2025-06")]
        june = state_credits(credits, *outages, periods__quarter=quarter).judged.credits

        assert [("one", "EUR 10.00"), ("two", "EUR 14.00")] == [(one.credit.name, one.finding.shown) for one in june]

    def test_a_rolling_cap_knows_what_was_credited_before_anything_was_recorded(self):
        """199 were taken off invoices earlier: of 200 one is left."""
        earlier = CreditApplied(**header("applied", "2025-04-01T00:00Z"), credit="one", amount=Money.parse("EUR 199"))
        periods = {"length": "12 months", "starts": "1", "zone": "UTC", "counts as": "elapsed time", "sliding": True}
        credit = {**PER_OUTAGE, "cap": {"at most": "EUR 200", "per": "trailing"}}

        assert "EUR 1.00" == owed(credit, earlier, *down(240), periods__trailing=periods).finding.shown

    def test_so_many_credits_in_a_quarter(self):
        """One credit in three months: the second month gets none."""
        periods = {"length": "3 months", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}
        credit = {"pays": "EUR 5", "cap": {"at most": "1 credit", "per": "quarter"}}
        outages = [*down(300, month="2025-05"), *down(300, month="2025-06")]
        shown = [
            owed(credit, *outages, month=month, periods__quarter=periods).finding.shown for month in ("2025-05", "2025-06")
        ]

        assert ["EUR 5.00", "EUR 0.00"] == shown

    def test_each_month_that_paid_is_one_of_the_number(self):
        """Two credits in three months: the second month still gets one, the third none."""
        periods = {"length": "3 months", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}
        credit = {"pays": "EUR 5", "cap": {"at most": "2 credits", "per": "quarter"}}
        months = ("2025-04", "2025-05", "2025-06")
        outages = [fact for month in months for fact in down(300, month=month)]
        shown = [owed(credit, *outages, month=month, periods__quarter=periods).finding.shown for month in months]

        assert ["EUR 5.00", "EUR 5.00", "EUR 0.00"] == shown

    def test_time_is_never_rounded(self):
        """A day for each nine hours: seven of them are 7/9 of a day, whatever the agreement says of cents."""
        credit = {"pays": "1 elapsed day of service", "for each": "exact 9 hours", "as": "term extension"}
        found = owed(credit, *down(420))

        assert found.credit.rounding is not None
        assert Fraction(7, 9) == found.settle(found.lines).amount == found.settle(found.lines).rounded

    def test_an_undefined_line_leaves_the_whole_undefined(self):
        """Nothing is added to what nobody can say."""
        credit = {**PER_OUTAGE, "pays": "10 %", "of period": "period before"}
        found = state_credits({"one": {**credit, "beyond": "the target", "when": {"responsible": "provider"}}}, *down(300),
                              availability__uptime__target="none")  # fmt: skip

        (one,) = found.judged.credits
        assert "undefined" == one.finding.shown
        assert Settled(Fraction(0), Fraction(0), None) == one.settle(one.lines)
