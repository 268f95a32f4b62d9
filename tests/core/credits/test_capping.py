"""What a cap over several credits leaves of each, and what the statement says of it."""

from dataclasses import replace

import pytest

from tests.core.credits.owed import down, state_credits
from tests.core.sample import header
from tests.core.sums import find_wrong_sums
from upheld.core.credits import cap_grants, grant
from upheld.core.explain import Finding
from upheld.core.facts import ClaimFiled
from upheld.core.statement import Statement

TEN, FOUR = {"pays": "EUR 10"}, {"pays": "EUR 4"}
CLAIM = {"for": ["first", "second"], "by": ["letter"], "decided within": "none", "details": []}
YEAR = {"length": "1 year", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}
MONTH = {"length": "1 month", "starts": "1 January", "zone": "UTC", "counts as": "1440 minutes per day"}
DAYS = {"pays": "10 elapsed days of service", "as": "term extension"}


def cap(**said: str) -> dict[str, dict[str, object]]:
    return {"both": {"for": ["first", "second"], "at most": "EUR 12", "per": "period", "above cap": "lost", **said}}


def claim(credit: str) -> ClaimFiled:
    return ClaimFiled(**header(f"c-{credit}", "2025-07-02T10:00Z"), claim=f"C-{credit}", credit=credit, outage="",
                      channel="letter")  # fmt: skip


def finding_of(statement: Statement, rule: str) -> Finding:
    assert [] == find_wrong_sums(statement.findings)
    return next(one for one in statement.findings if one.rule == rule)


def granted(statement: Statement) -> list[str]:
    return [entry["granted"] for entry in statement.to_json()["credits"]]


class TestOneCap:
    def test_the_credits_are_paid_in_their_order_until_it_is_reached(self):
        """10 and 4 come to 14: the first is paid whole, of the second only 2, and 2 are lost."""
        statement = state_credits({"first": TEN, "second": FOUR}, *down(300), caps=cap())
        found = finding_of(statement, "caps/both")

        assert ["EUR 10.00", "EUR 2.00"] == granted(statement)
        assert ("EUR 12.00", "not applicable") == (found.shown, found.verdict.value)
        assert {"together": "EUR 14.00", "most": "EUR 12.00", "above": "EUR 2.00", "granted": "EUR 12.00"} == {
            name: str(value) for name, value in found.quantities
        }
        assert "together at most EUR 12.00 for each period; EUR 2.00 above it is lost" == found.why.words
        assert ["first: EUR 10.00", "second: EUR 4.00, EUR 2.00 of it above the cap"] == [
            step.words for step in found.why.because
        ]

    def test_the_order_is_the_one_of_the_cap(self):
        """Named the other way round, the second is paid whole."""
        rules = {"first": TEN, "second": FOUR}
        other = {"both": {**cap()["both"], "for": ["second", "first"]}}

        assert ["EUR 8.00", "EUR 4.00"] == granted(state_credits(rules, *down(300), caps=other))

    def test_the_sum_of_the_period_is_what_it_leaves(self):
        """The sum names the cap at the credit that lost by it."""
        statement = state_credits({"first": TEN, "second": FOUR, "third": {"pays": "EUR 1"}}, *down(300), caps=cap())
        found = finding_of(statement, "together/credits")

        assert ("EUR 13.00", "EUR 13.00") == (found.shown, str(found.quantity("granted")))
        assert ["first: due", "second: due; what lies above both is lost", "third: due"] == [
            step.words for step in found.why.because
        ]

    @pytest.mark.parametrize("most", ["EUR 14", "EUR 100"])
    def test_that_is_not_passed_takes_nothing(self, most):
        """At exactly 14 nothing lies above."""
        statement = state_credits({"first": TEN, "second": FOUR}, *down(300), caps=cap(**{"at most": most}))

        assert ["EUR 10.00", "EUR 4.00"] == granted(statement)
        assert "EUR 0.00" == str(finding_of(statement, "caps/both").quantity("above"))

    def test_a_share_is_one_of_its_price_rounded_as_money_is(self):
        """1.1115 % of 720 is 8.0028, so 8.00."""
        said = {"at most": "1.1115 %", "of": "parameter monthly-price"}

        assert ["EUR 8.00", "EUR 0.00"] == granted(
            state_credits({"first": TEN, "second": FOUR}, *down(300), caps=cap(**said))
        )

    def test_only_what_is_claimed_uses_it_up(self):
        """The first was not asked for: of the second nothing is lost. What both would come to is capped all the same."""
        rules = {"first": {**TEN, "claim": "needed"}, "second": {**FOUR, "claim": "needed"}}
        statement = state_credits(rules, *down(300), claim("second"), claims={"ask": CLAIM}, caps=cap())
        found = finding_of(statement, "caps/both")

        assert ["EUR 0.00", "EUR 4.00"] == granted(statement)
        assert ("EUR 12.00", "EUR 4.00") == (found.shown, str(found.quantity("granted")))

    def test_time_is_capped_as_time(self):
        """Two extensions of ten days come to fifteen; days are no money, so the sum does not speak of them."""
        statement = state_credits(
            {"first": DAYS, "second": DAYS}, *down(300), caps=cap(**{"at most": "15 elapsed days of service"})
        )

        assert ["10 days", "5 days"] == granted(statement)
        assert "15 days" == finding_of(statement, "caps/both").shown
        assert "together/credits" not in [one.rule for one in statement.findings]


class TestSeveralCaps:
    def test_what_one_took_is_gone_for_the_next(self):
        """Of 14 the first cap leaves 12 (10 and 2); the second lets only 1 of those 2 pass, with the third's 3."""
        rules = {"first": TEN, "second": FOUR, "third": {"pays": "EUR 3"}}
        more = {"rest": {"for": ["third", "second"], "at most": "EUR 4", "per": "period", "above cap": "lost"}}

        assert ["EUR 10.00", "EUR 1.00", "EUR 3.00"] == granted(state_credits(rules, *down(300), caps={**cap(), **more}))


class TestLongerSpans:
    def test_earlier_periods_used_it_up(self):
        """May took 14 of the year's 20: June has 6 left, all of them for the first."""
        statement = state_credits(
            {"first": TEN, "second": FOUR}, *down(300, month="2025-05"), *down(300),
            caps=cap(**{"at most": "EUR 20", "per": "year"}), periods={"month": MONTH, "year": YEAR},
        )  # fmt: skip

        assert ["EUR 6.00", "EUR 0.00"] == granted(statement)
        assert "of which earlier periods took EUR 14.00" in finding_of(statement, "caps/both").why.words


class TestWhatIsNotKnown:
    @pytest.mark.parametrize(
        ("credit", "minutes", "as_of", "verdict"),
        [
            (FOUR, 30, "2025-06-12T00:00Z", "not known yet"),
            ({"bands": [{"uptime": "under 99.6 %", "pays": "1 %"}, {"uptime": "under 99.7 %", "pays": "2 %"}]}, 300,
             "2030-01-01T00:00Z", "undefined"),
        ],
    )  # fmt: skip
    def test_a_cap_over_it_is_not_known_either(self, credit, minutes, as_of, verdict):
        """While a credit is open, so is what the cap leaves; what is undefined stays so."""
        statement = state_credits({"first": TEN, "second": credit}, *down(minutes), caps=cap(), as_of=as_of)

        assert verdict == finding_of(statement, "caps/both").verdict.value

    def test_without_earlier_periods_all_of_it_is_left(self):
        """Whoever judges one period by itself has no other that used the cap up."""
        judged = state_credits({"first": TEN, "second": FOUR}, *down(300), caps=cap(per="month")).judged
        alone = replace(judged.setting, before=None)
        left = cap_grants(alone, judged.credits, grant(judged.credits, []))

        assert [10, 2] == [left["credits/first"].amount, left["credits/second"].amount]
