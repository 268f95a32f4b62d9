"""Interruptions as a customer lives through them."""

from fractions import Fraction
from typing import Any

from tests.core.sample import claim, outage, state, ticket
from upheld.core.timeline import HOUR

FIVE_TO_SEVEN = ("2025-06-11T05:00Z", "2025-06-11T07:00Z")
SEVEN_TO_NINE = ("2025-06-11T07:00Z", "2025-06-11T09:00Z")
SIX_TO_EIGHT = ("2025-06-11T06:00Z", "2025-06-11T08:00Z")
APART: dict[str, Any] = {"touching_outages": "apart", "unmeasured_time": "up"}
STORM_AROUND_OWN = [
    *outage("o0", "2025-06-11T04:00Z", "2025-06-11T11:00Z", "storm"),
    *outage("o1", "2025-06-11T05:00Z", "2025-06-11T10:00Z", "own"),
]


def found(month, *outages, **readings):
    facts = [fact for number, (start, end, cause) in enumerate(outages) for fact in outage(f"o{number}", start, end, cause)]
    return [(one.id, one.counted.total) for one in state(month, facts, **readings).judged.credits[0].interruptions]


class TestFindInterruptions:
    def test_records_that_touch_are_one(self):
        """TP-45: an own outage that runs into an excluded one is one interruption, of which its own part counts."""
        assert [("o0+o1", HOUR * 2)] == found("2025-06", (*FIVE_TO_SEVEN, "own"), (*SEVEN_TO_NINE, "storm"))

    def test_or_two_where_that_is_read(self):
        """Each for itself; time in both counts once, for the one that began first."""
        apart = {"touching_outages": "apart"}

        assert [("o0", HOUR * 2), ("o1", HOUR * 0)] == found(
            "2025-06", (*FIVE_TO_SEVEN, "own"), (*SEVEN_TO_NINE, "storm"), **apart
        )
        assert [("o0", HOUR * 2), ("o1", HOUR)] == found("2025-06", (*FIVE_TO_SEVEN, "own"), (*SIX_TO_EIGHT, "own"), **apart)

    def test_is_cut_at_the_end_of_the_month(self):
        """TP-46: each month's part."""
        across = ("2025-05-31T22:00Z", "2025-06-01T05:00Z", "own")

        assert [[("o0", HOUR * 2)], [("o0", HOUR * 5)]] == [found(month, across) for month in ("2025-05", "2025-06")]

    def test_or_belongs_to_the_month_of_its_start(self):
        """The other sense: all seven hours are May's."""
        across = ("2025-05-31T22:00Z", "2025-06-01T05:00Z", "own")
        months = [found(month, across, split_at_month="period of start") for month in ("2025-05", "2025-06")]

        assert [[("o0", HOUR * 7)], []] == months

    def test_of_another_month_is_none_of_this_one(self):
        """An outage in May is nothing in June."""
        assert [] == found("2025-06", ("2025-05-10T22:00Z", "2025-05-11T05:00Z", "own"))


class TestResponsible:
    def test_is_who_makes_the_time_count(self):
        """Five hours of a storm's record count only because the provider failed in them too: he answers for them."""
        credit = state("2025-06", STORM_AROUND_OWN, **APART).judged.credits[0]

        assert [("o0", HOUR * 5, ("outside", "provider")), ("o1", HOUR * 0, ("provider",))] == [
            (one.id, one.counted.total, one.responsible) for one in credit.interruptions
        ]
        assert (True, Fraction(5)) == (credit.is_owed, credit.units)

    def test_is_the_same_for_the_claim(self):
        """Whoever claims those five hours by the record in which they count is not told that nobody answers for them."""
        told = [ticket("2025-06-11T12:00Z", "o0"), claim("2025-06-12T12:00Z", "o0")]
        (judged,) = state("2025-06", [*STORM_AROUND_OWN, *told], **APART).judged.claims

        assert (True, (), Fraction(5)) == (judged.checked.accepted, judged.checked.refused_for, judged.units)

    def test_without_counted_time_is_that_of_the_whole(self):
        """A storm alone counts nothing: a claim for it is refused, for nobody but the storm answers."""
        facts = [*outage("o0", "2025-06-11T04:00Z", "2025-06-11T11:00Z", "storm"), ticket("2025-06-11T12:00Z", "o0")]
        statement = state("2025-06", [*facts, claim("2025-06-12T12:00Z", "o0")], **APART)

        assert [("outside",)] == [one.responsible for one in statement.judged.credits[0].interruptions]
        assert ("availability-met", "not-responsible") == statement.judged.claims[0].checked.refused_for
