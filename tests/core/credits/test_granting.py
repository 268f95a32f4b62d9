"""Which of several credits is given, and what they come to together."""

import pytest

from tests.core.credits.owed import down, state_credits
from tests.core.sample import header
from tests.core.spans import at
from tests.core.sums import find_wrong_sums
from upheld.core.facts import ClaimFiled

CLAIM = {"for": ["small", "large"], "by": ["letter"], "decided within": "none", "details": []}
SMALL, LARGE = {"pays": "EUR 5"}, {"pays": "EUR 9"}


def claimed(credit: str, day: int, **fields):
    when = f"2025-07-{day:02d}T10:00Z"
    return ClaimFiled(
        **header(f"c-{credit}", when), claim=f"C-{credit}", credit=credit, outage="", channel="letter", **fields
    )


def given(credits, *facts, **places):
    statement = state_credits(credits, *down(300), *facts, **places)
    assert [] == find_wrong_sums(statement.findings)
    return {
        entry["rule"].partition("/")[2]: (entry["granted"], entry["gives_way_to"])
        for entry in statement.to_json()["credits"]
    }


class TestStacking:
    def test_credits_add_up(self):
        """Both are paid, and the statement says what they come to together."""
        statement = state_credits({"small": SMALL, "large": LARGE}, *down(300))
        together = next(one for one in statement.findings if one.rule == "together/credits")

        assert {"small": ("EUR 5.00", ""), "large": ("EUR 9.00", "")} == given({"small": SMALL, "large": LARGE})
        assert ("EUR 14.00", "EUR 14.00") == (together.shown, str(together.quantity("granted")))

    @pytest.mark.parametrize("named", [{}, {"only one of": ["large"]}])
    def test_only_the_highest(self, named):
        """The smaller one gives way; it is told to which."""
        rules = {"small": {**SMALL, "stacking": "highest only", **named}, "large": {**LARGE, "stacking": "highest only"}}

        assert {"small": ("EUR 0.00", "credits/large"), "large": ("EUR 9.00", "")} == given(rules)

    def test_the_customer_chooses_by_claiming(self):
        """What was claimed first is given, though it is less."""
        choice = {"stacking": "one of the customer's choice", "claim": "needed"}
        rules = {
            "small": {**SMALL, **choice, "only one of": ["large"]},
            "large": {**LARGE, **choice, "only one of": ["small"]},
        }
        facts = [claimed("small", 2), claimed("large", 3)]

        assert {"small": ("EUR 5.00", ""), "large": ("EUR 0.00", "credits/small")} == given(
            rules, *facts, claims={"ask": CLAIM}
        )

    def test_a_credit_that_names_others_leaves_the_rest_alone(self):
        """Only the two that name each other are rivals."""
        rules = {
            "small": {**SMALL, "stacking": "highest only", "only one of": ["large"]},
            "large": {**LARGE, "stacking": "highest only", "only one of": ["small"]},
            "third": {"pays": "EUR 1", "stacking": "highest only"},
        }  # fmt: skip

        assert ("EUR 1.00", "") == given(rules)["third"]

    def test_what_is_not_claimed_is_not_given(self):
        """A credit that has to be claimed, and was not, gives nothing and gives way to none."""
        rules = {"small": {**SMALL, "claim": "needed"}, "large": LARGE}

        assert ("EUR 0.00", "") == given(rules, claims={"ask": CLAIM})["small"]

    @pytest.mark.parametrize(
        ("broken", "verdict"),
        [
            ({"bands": [{"uptime": "under 99.6 %", "pays": "1 %"}, {"uptime": "under 99.7 %", "pays": "2 %"}]}, "undefined"),
            ({}, "not known yet"),
        ],
    )
    def test_a_sum_of_what_is_not_known_is_not_known(self, broken, verdict):
        """An undefined part leaves the sum undefined; one that is open leaves it open."""
        rules = {"small": SMALL, "large": broken or LARGE}
        rest = {} if broken else {"as_of": "2025-06-12T00:00Z"}
        facts = down(300) if broken else down(30)
        together = state_credits(rules, *facts, **rest).findings[-1]

        assert ("together/credits", verdict) == (together.rule, together.verdict.value)


class TestClaimsForAPeriod:
    def test_speaks_of_the_last_period_that_was_over(self):
        """Asked in July without a word about when: it is about June."""
        rules = {"small": {**SMALL, "claim": "needed"}, "large": LARGE}

        assert ("EUR 5.00", "") == given(rules, claimed("small", 2), claims={"ask": CLAIM})["small"]

    def test_or_of_the_one_that_it_names(self):
        """A claim for May says nothing of June."""
        rules = {"small": {**SMALL, "claim": "needed"}, "large": LARGE}
        may = claimed("small", 2, period_from_at=at("2025-05-01T00:00Z"))

        assert ("EUR 0.00", "") == given(rules, may, claims={"ask": CLAIM})["small"]

    def test_or_of_several_outages(self):
        """Two of three outages are claimed: two lines are given."""
        rule = {"pays": "EUR 5", "per": "outage", "touching": "as one", "claim": "needed"}
        facts = [*down(300, 2), *down(60, 3), claimed("small", 2, outages=("o-2025-06-2", "o-2025-06-3"))]

        assert ("EUR 10.00", "") == given({"small": rule, "large": LARGE}, *facts, claims={"ask": CLAIM})["small"]
