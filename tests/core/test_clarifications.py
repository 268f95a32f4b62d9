"""
The published clarifications of the tenfold agreement, each as it is judged.

The sample agreement carries the same rules under its own names; the figures are the clarification's own.
"""

from dataclasses import replace

import pytest

from tests.core.sample import claim, outage, state, ticket, window
from upheld.core.facts import CauseAssigned
from upheld.core.money import Money
from upheld.core.timeline import HOUR, MINUTE

JUNE = "2025-06"


def quantities(facts, period=JUNE, **readings):
    finding = state(period, facts, **readings).findings[0]
    return {name: finding.quantity(name) for name in ("down", "out of base", "up by exclusion")}


class TestTheHourlyPrice:
    def test_is_kept_exact_and_the_credit_rounded_once(self):
        """TP-47: in a month of 31 days an hour of EUR 720.00 is 30/31; seven full hours x 10 are 67.7419…, so 67.74."""
        facts = outage("o1", "2025-05-13T06:00Z", "2025-05-13T13:00Z", "own")
        credit = state("2025-05", facts).judged.credits[0]

        assert credit.unit_price
        assert Money.parse("EUR 300.00") == credit.unit_price * 31
        assert "EUR 67.74" == credit.finding.shown


class TestExcusedWork:
    @pytest.mark.parametrize("cause", ["own", "storm"])
    def test_a_down_second_in_it_is_maintenance_whatever_its_cause(self, cause):
        """TP-11, TP-12: an own fault that begins in the regular window: 30 minutes are M, 90 count or are excluded."""
        facts = [
            *outage("o1", "2025-05-06T18:00Z", "2025-05-06T20:00Z", cause),
            *window("r1", "regular", "2025-05-06T18:00Z", "2025-05-06T18:30Z"),
        ]
        found = quantities(facts, "2025-05")

        assert MINUTE * 30 == found["out of base"]
        assert MINUTE * 90 == found["down" if cause == "own" else "up by exclusion"]

    def test_own_cause_wins_only_elsewhere(self):
        """TP-12: own and storm at once count as down; inside excused work neither does."""
        facts = [
            *outage("o1", "2025-05-07T17:00Z", "2025-05-07T19:00Z", "own"),
            *outage("o2", "2025-05-07T18:00Z", "2025-05-07T20:00Z", "storm"),
            *window("r1", "regular", "2025-05-07T18:30Z", "2025-05-07T19:30Z"),
        ]

        assert {"down": MINUTE * 90, "out of base": HOUR, "up by exclusion": MINUTE * 30} == quantities(facts, "2025-05")

    def test_stays_in_the_base_where_the_reading_leaves_regular_work_there(self):
        """TP-42, the other sense: regular work is not downtime, but only scheduled work leaves the base."""
        facts = [
            *outage("o1", "2025-05-06T18:00Z", "2025-05-06T20:00Z", "own"),
            *window("r1", "regular", "2025-05-06T18:00Z", "2025-05-06T18:30Z"),
        ]
        statement = state("2025-05", facts, M_includes_regular="scheduled")

        assert "99.7983 %" == statement.findings[0].shown
        assert MINUTE * 30 == statement.findings[0].quantity("up by exclusion")


class TestTheVendorsNotice:
    @pytest.mark.parametrize(("vendor", "kind"), [("2025-06-05T09:00Z", "scheduled"), ("2025-06-02T09:00Z", "emergency")])
    def test_waives_ours_only_where_it_came_too_late_itself(self, vendor, kind):
        """TP-28: told by the vendor with less than five business days to go, we need not tell five ahead; else we must."""
        facts = window("w1", "scheduled", "2025-06-10T20:00Z", "2025-06-10T22:00Z", "2025-06-06T09:00Z", vendor)

        assert kind == state(JUNE, facts).judged.windows[0].kind.name


class TestTouchingInterruptions:
    OWN_THEN_STORM = (
        *outage("o1", "2025-06-11T06:00Z", "2025-06-11T10:30Z", "own"),
        *outage("o2", "2025-06-11T10:30Z", "2025-06-11T14:00Z", "storm"),
        *outage("o3", "2025-06-11T13:00Z", "2025-06-11T14:30Z", "own"),
    )

    def test_are_one_and_its_own_time_counts(self):
        """TP-45, TP-46: 4 h 30 min and 1 h 30 min of own time in one interruption are six full hours."""
        credit = state(JUNE, list(self.OWN_THEN_STORM)).judged.credits[0]

        assert [("o1+o2+o3", HOUR * 6)] == [(one.id, one.counted.total) for one in credit.interruptions]
        assert 6 == credit.units

    def test_or_apart_where_that_is_read(self):
        """The named reading: each record for itself; four and, of what o3 counts after o2, no full hour more."""
        credit = state(JUNE, list(self.OWN_THEN_STORM), touching_outages="apart").judged.credits[0]

        assert [MINUTE * 270, HOUR, MINUTE * 30] == [one.counted.total for one in credit.interruptions]

    def test_so_are_the_spans_of_one_record(self):
        """Two causes on one outage: one interruption, of which the own part counts."""
        facts = outage("o1", "2025-06-11T06:00Z", "2025-06-11T14:00Z", "storm")
        assert isinstance(facts[2], CauseAssigned)
        own = replace(
            facts[2], id="own", cause="own", to_at=facts[2].from_at + HOUR * 5, recorded_at=facts[2].recorded_at + HOUR
        )

        assert 5 == state(JUNE, [*facts, own]).judged.credits[0].units


class TestTheWeeklySlot:
    MONDAY = window("r1", "regular", "2025-06-09T18:00Z", "2025-06-09T19:00Z")
    WEDNESDAY = window("r2", "regular", "2025-06-11T18:00Z", "2025-06-11T19:00Z")

    def kinds(self, *facts):
        return {judged.window.id: judged.kind.name for judged in state(JUNE, list(facts)).judged.windows}

    def test_is_not_used_by_a_window_without_down_time(self):
        """TP-21: Monday's work took nothing down, so Wednesday's is the week's."""
        down = outage("o1", "2025-06-11T18:00Z", "2025-06-11T19:00Z")

        assert {"r1": "regular", "r2": "regular"} == self.kinds(*self.MONDAY, *self.WEDNESDAY, *down)

    def test_is_used_by_one_that_lies_partly_in_business_hours(self):
        """TP-21: Monday 16:00 to 18:00 takes the week's turn, and its hour after 17:00 is excused."""
        monday = window("r1", "regular", "2025-06-09T16:00Z", "2025-06-09T18:00Z")
        down = [
            *outage("o1", "2025-06-09T16:00Z", "2025-06-09T18:00Z"),
            *outage("o2", "2025-06-11T18:00Z", "2025-06-11T19:00Z"),
        ]

        assert {"r1": "regular", "r2": "emergency"} == self.kinds(*monday, *self.WEDNESDAY, *down)
        assert HOUR == quantities([*monday, *self.WEDNESDAY, *down])["out of base"]

    def test_belongs_to_the_week_of_the_start(self):
        """TP-21: begun on Sunday at 23:00, it is the old week's, though most of it lies in the new one."""
        sunday = window("r1", "regular", "2025-06-08T23:00Z", "2025-06-09T03:00Z")
        down = [
            *outage("o1", "2025-06-08T23:00Z", "2025-06-09T03:00Z"),
            *outage("o2", "2025-06-11T18:00Z", "2025-06-11T19:00Z"),
        ]

        assert {"r1": "regular", "r2": "regular"} == self.kinds(*sunday, *self.WEDNESDAY, *down)


class TestExclusiveDeadlines:
    def test_at_the_midnight_is_late(self):
        """Claims: the deadline is the end of a day, exclusive."""
        facts = [*outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own"), ticket("2025-06-11T14:00Z", "o1")]
        last, late = (
            state(JUNE, [*facts, claim(when, "o1")]).judged.claims[0].checked
            for when in ("2025-06-18T23:59:59.999999Z", "2025-06-19T00:00Z")
        )

        assert (True, False) == (last.accepted, late.accepted)
