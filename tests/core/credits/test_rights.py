"""What a side may do, after how much and for how long."""

from typing import Any

import pytest

from tests.core.credits.owed import down, state_credits
from tests.core.credits.test_shapes import CLOCK
from tests.core.sample import header
from tests.core.spans import at
from tests.core.terms.changed import terms
from upheld.core.facts import RightUsed, TicketOpened
from upheld.core.terms.answers import answer

RIGHT = {"who": "customer", "to": "terminate", "notice": "none", "use within": "none", "refund": "none"}
TWICE = {"uptime": "missed", "in a row": "at least 2"}
EXTENSION = {"pays": "1 elapsed day of service", "as": "term extension", "for each": "full 30 minutes"}


def right(when, months, month="2025-06", credit=None, used=(), **fields):
    """The right in a month, when those months had five hours without service."""
    facts = [fact for one in months for fact in down(300, month=one)]
    facts += [RightUsed(**header(f"u-{when_used}", when_used), right="leave", by="customer") for when_used in used]
    places: dict[str, Any] = {"rights": {"leave": {**RIGHT, "when": when, **fields}}}
    statement = state_credits({"one": credit or {"pays": "EUR 1"}}, *facts, month=month, **places)
    return next(one for one in statement.findings if one.rule == "rights/leave")


class TestRights:
    @pytest.mark.parametrize(
        ("when", "months", "may"),
        [
            ({"uptime": "under 99.4 %"}, ["2025-06"], "yes"),
            ({"uptime": "under 99 %"}, ["2025-06"], "no"),
            ({"uptime": "more than 4 hours"}, ["2025-06"], "yes"),
            (TWICE, ["2025-06"], "no"),
            (TWICE, ["2025-05", "2025-06"], "yes"),
            (TWICE, ["2025-04", "2025-06"], "no"),
            (TWICE, ["2025-04", "2025-05"], "no"),
            ({"uptime": "missed", "in a row": "at least 3"}, ["2025-04", "2025-05", "2025-06"], "yes"),
            ({"uptime": "missed", "times": "at least 3", "within": "6 months"}, ["2025-01", "2025-03", "2025-06"], "yes"),
            ({"uptime": "missed", "times": "at least 3", "within": "6 months"}, ["2024-12", "2025-03", "2025-06"], "no"),
            (
                {"any": [TWICE, {"one": "earned", "times": "at least 2", "within": "3 months"}]},
                ["2025-04", "2025-06"],
                "yes",
            ),
            ({"cause": "own"}, ["2025-06"], "yes"),
            ({"cause": "own"}, [], "no"),
        ],
    )
    def test_needs_what_the_text_says(self, when, months, may):
        """In a row, so many times within, once badly enough: earlier months are judged again from the facts."""
        assert may == right(when, months).quantity("may")

    @pytest.mark.parametrize(("months", "may"), [(["2025-05", "2025-06"], "yes"), (["2025-06"], "no")])
    def test_counts_the_months_that_earned_something(self, months, may):
        """Two extensions in a row."""
        assert may == right({"one": "earned", "in a row": "at least 2"}, months, credit=EXTENSION).quantity("may")

    def test_says_until_when_it_may_be_used_and_how(self):
        """Thirty days after the month, with seven days' notice; what was paid ahead comes back."""
        found = right({"uptime": "missed"}, ["2025-06"], notice="7 calendar days",
                      refund="unused prepaid fees", **{"use within": "30 calendar days after period end"})  # fmt: skip

        assert at("2025-07-31T00:00Z") == found.quantity("until")
        assert ["it may be used until then: 30 calendar days after period end", "must be told ahead", "is paid back"] == [
            step.words for step in found.why.because[1:]
        ]

    def test_tells_that_it_was_used_in_time(self):
        """On 10 July, to take effect at the end of the 17th; a use in August is too late."""
        within = {"use within": "30 calendar days after period end"}
        early = right({"uptime": "missed"}, ["2025-06"], used=["2025-07-10T12:00Z"], notice="7 calendar days", **within)
        late = right({"uptime": "missed"}, ["2025-06"], used=["2025-08-10T12:00Z"], **within)

        assert at("2025-07-10T12:00Z") == early.quantity("used")
        assert "it was used by customer, and takes effect Fri 18 Jul 2025 00:00 UTC" == early.why.because[-1].words
        assert "used" not in dict(late.quantities)

    @pytest.mark.parametrize(
        ("when_used", "told"),
        [
            ("2025-05-31T23:59:59Z", None), ("2025-06-01T00:00Z", "2025-06-01T00:00Z"),
            ("2025-07-30T23:59:59Z", "2025-07-30T23:59:59Z"), ("2025-07-31T00:00Z", None),
        ],
    )  # fmt: skip
    def test_is_used_from_the_first_instant_of_its_month_to_before_its_end(self, when_used, told):
        """What came before the month is of another month's right; at the end of the thirty days it is too late."""
        within = {"use within": "30 calendar days after period end"}
        found = right({"uptime": "missed"}, ["2025-06"], used=[when_used], **within)

        assert (at(told) if told else None) == dict(found.quantities).get("used")

    def test_is_open_while_the_month_is(self):
        """Nothing is missed yet, nothing is known yet."""
        places: dict[str, Any] = {"rights": {"leave": {**RIGHT, "when": {"uptime": "missed"}, "notice": "2 hours"}}}
        statement = state_credits({"one": {"pays": "EUR 1"}}, *down(30), as_of="2025-06-15T00:00Z", **places)
        found = next(one for one in statement.findings if one.rule == "rights/leave")

        assert ("not known yet", "not known yet") == (found.verdict.value, found.quantity("may"))

    @pytest.mark.parametrize(("least", "may"), [(2, "yes"), (3, "no")])
    def test_counts_every_answer_that_was_late(self, least, may):
        """Two late answers in three months, both in one of them."""
        when = {"respond": "missed", "times": f"at least {least}", "within": "3 months"}
        facts = [
            TicketOpened(**header(f"t{day}", f"2025-05-0{day}T10:00Z"), ticket=f"T-{day}", channel="email") for day in (2, 3)
        ]
        places: dict[str, Any] = {"rights": {"leave": {**RIGHT, "when": when}}, "clocks": {"respond": CLOCK}}
        statement = state_credits({"one": {"pays": "EUR 1"}}, *facts, **places)
        found = next(one for one in statement.findings if one.rule == "rights/leave")

        assert may == found.quantity("may")

    def test_nothing_is_looked_back_for_where_nobody_keeps_the_past(self):
        """A condition asked without earlier periods counts nothing."""
        bound = terms(rights={"leave": {**RIGHT, "when": TWICE}})
        found = answer(bound.rights["leave"].when, bound.circumstances({"uptime": "missed"}))

        assert (False, "uptime: 0 times in a row; asked is at least 2") == (found.holds, found.reasons[0][0])
