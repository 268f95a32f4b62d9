"""When a contract can end: least term, notice, renewals, and a February that has no such day."""

from datetime import date

import pytest

from tests.core.orchard import GONE, bound, signed, state, told
from upheld.core.explain import Verdict, tell
from upheld.core.fees import EndDecision, decide_end


def decide(start: str, told_on: str, wish: str | None = None, **places) -> EndDecision:
    rule = bound(**{f"term__{key}": value for key, value in places.items()}).fees.term
    assert rule is not None
    wished_on = date.fromisoformat(wish) if wish else None
    found = decide_end(rule, date.fromisoformat(start), date.fromisoformat(told_on), wished_on)
    assert found is not None
    return found


class TestLeastTerm:
    @pytest.mark.parametrize(
        ("start", "wish", "accepted", "earliest"),
        [
            ("2025-01-15", "2025-10-01", False, "2026-01-15"),
            ("2025-01-15", "2026-01-14", False, "2026-01-15"),
            ("2025-01-15", "2026-01-15", True, "2026-01-15"),
            ("2025-01-15", "2027-03-01", True, "2026-01-15"),
            ("2024-02-29", "2025-02-27", False, "2025-02-28"),
            ("2024-02-29", "2025-02-28", True, "2025-02-28"),
        ],
    )
    def test_refuses_an_earlier_end_with_the_date(self, start, wish, accepted, earliest):
        """Twelve months from a date; 29 February comes back as the 28th."""
        found = decide(start, wish, wish)
        assert (accepted, earliest) == (found.is_accepted, found.earliest_on.isoformat())
        assert (wish if accepted else earliest) == found.ends_on.isoformat()

    @pytest.mark.parametrize(
        ("least", "earliest"),
        [("none", "2025-01-15"), ("2 weeks", "2025-01-29"), ("10 calendar days", "2025-01-25"), ("1 quarter", "2025-04-15")],
    )
    def test_takes_any_length(self, least, earliest):
        """Months, days and weeks, or none at all."""
        assert earliest == decide("2025-01-15", "2025-01-15", least=least).earliest_on.isoformat()

    def test_begins_where_the_agreement_says(self):
        """A date in the agreement is stronger than the signature."""
        found = decide("2025-01-15", "2025-06-01", starts="2025-03-01")
        assert "2026-03-01" == found.earliest_on.isoformat()
        assert ["2025-03-01", "2026-03-01", "2026-03-01"] == [step.value for step in found.why.because]

    def test_is_not_known_without_a_beginning(self):
        """A term that starts with the signature has no end before anybody signed."""
        rule = bound().fees.term
        assert rule is not None
        assert decide_end(rule, None, date(2025, 1, 1)) is None

    def test_accepts_an_early_end_where_the_agreement_does(self):
        """`early end: accepted` ends as wished, and still says what the earliest regular end was."""
        found = decide("2025-01-15", "2025-02-01", "2025-02-01", early_end="accepted")
        assert (True, date(2025, 2, 1), date(2026, 1, 15)) == (found.is_accepted, found.ends_on, found.earliest_on)


class TestNotice:
    def test_lies_before_the_end(self):
        """With three months' notice an end told on 1 December cannot be the end of the term in January."""
        assert date(2026, 3, 1) == decide("2025-01-15", "2025-12-01", notice="3 months").earliest_on
        assert date(2026, 1, 15) == decide("2025-01-15", "2025-10-01", notice="3 months").earliest_on

    def test_of_some_weeks_counts_days(self):
        """Two weeks are fourteen days."""
        found = decide("2024-01-15", "2025-06-01", notice="2 weeks")
        assert date(2025, 6, 15) == found.earliest_on
        assert any("the notice of 20,160 min ends" in words for words in tell(found.why))


class TestRenewal:
    @pytest.mark.parametrize(
        ("renews", "told_on", "earliest"),
        [
            ("1 year", "2025-10-01", "2026-01-15"),
            ("1 year", "2025-12-01", "2027-01-15"),
            ("6 months", "2026-02-01", "2026-07-15"),
            ("30 calendar days", "2026-01-20", "2026-05-15"),
            ("4 weeks", "2026-01-20", "2026-05-07"),
            ("none", "2026-02-01", "2026-01-15"),
        ],
    )
    def test_is_ended_in_time_or_goes_on(self, renews, told_on, earliest):
        """With three months' notice: too late for one end is in time for the next."""
        assert earliest == decide("2025-01-15", told_on, renews=renews, notice="3 months").earliest_on.isoformat()

    def test_may_begin_without_a_least_term(self):
        """From 15 January by a month each time: told on 20 February, it ends on 15 March."""
        found = decide("2025-01-15", "2025-02-20", least="none", renews="1 month")
        assert date(2025, 3, 15) == found.earliest_on

    def test_ends_only_with_a_term(self):
        """A wish between two ends of a contract that renews by a year is refused; one at an end is accepted."""
        assert not decide("2025-01-15", "2025-02-01", "2026-06-01", renews="1 year").is_accepted
        assert decide("2025-01-15", "2025-02-01", "2027-01-15", renews="1 year").is_accepted

    def test_a_short_month_shortens_no_later_one(self):
        """From 31 January by one month: 28 February, and then 31 March."""
        found = decide("2025-01-31", "2025-03-01", least="1 month", renews="1 month")
        assert date(2025, 3, 31) == found.earliest_on


def test_a_far_future_is_no_further_than_the_calendar():
    """A wish for the last day of all is answered at once, also where the contract renews day by day."""
    found = decide("2025-01-15", "9999-12-31", "9999-12-31", renews="1 calendar day", notice="100 years")
    assert (False, date(9100, 1, 1)) == (found.is_accepted, found.earliest_on)


class TestStatement:
    def test_tells_of_every_wish_of_the_period(self):
        """Refused with the date, in the month in which it was told, and in no other."""
        facts = [signed("2025-01-15T00:00Z"), told("end-requested", "2025-06-01T09:00Z", "E", by="customer", ends_at=None)]
        early = told("end-requested", "2025-06-02T09:00Z", "F", by="customer", ends_at="2025-10-01T00:00Z")
        found = {one.rule: one for one in state([*facts, early]).findings if one.rule.startswith("term")}

        assert ["accepted", "refused"] == [found["term/end/E"].value, found["term/end/F"].value]
        assert "2026-01-15T00:00:00.000000Z" == str(found["term/end/F"].quantity("earliest"))
        assert {"OR-10"} <= set(found["term/end/F"].clauses)
        assert [] == [one for one in state(facts, "2025-07").findings if one.rule.startswith("term")]

    def test_says_what_it_does_not_know(self):
        """Unsigned, or without a term, there is no date."""
        wish = told("end-requested", "2025-06-01T09:00Z", "E", by="customer", ends_at=None)
        (unsigned,) = [one for one in state([wish]).findings if one.rule.startswith("term")]
        assert (Verdict.UNDEFINED, "not known") == (unsigned.verdict, unsigned.value)

        assert [] == [one for one in state([wish], term=GONE).findings if one.rule.startswith("term")]
