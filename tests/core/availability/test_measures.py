"""Figures other than availability: taken from levels, tasks and outages."""

from fractions import Fraction
from typing import ClassVar

import pytest

from tests.core.availability.made import down, level, promised, stated, task
from tests.core.sample import outage
from tests.core.spans import span
from tests.core.sums import find_wrong_sums
from upheld.core.availability.levels import Reading, average_each, is_level, percentile_of
from upheld.core.availability.measures import MOST_STEPS
from upheld.core.explain import Level, Share, show, tell
from upheld.core.timeline import HOUR

MEASURE = {
    "of": "shop", "figure": "latency in ms", "taken as": "mean", "strength": "promise", "period": "month",
    "target": "at most 3", "evidence": ["probes"],
}  # fmt: skip


def judged(facts, as_of="2030-01-01T00:00Z", periods=None, **keys):
    blocks = promised(measures__speed=MEASURE | {name.replace("_", " "): value for name, value in keys.items()})
    blocks["periods"] |= periods or {}
    found = stated(blocks, facts, as_of=as_of).judged.measured
    assert [] == find_wrong_sums(found)
    return found


def one(facts, **keys):
    (found,) = judged(facts, **keys)
    return found


def day(number: int, value: str, hours: int = 24):
    start = f"2026-04-{number:02d}T00:00Z"
    end = f"2026-04-{number + 1:02d}T00:00Z" if hours == 24 else f"2026-04-{number:02d}T{hours:02d}:00Z"
    return level(start, end, "latency in ms", value)


class TestLevels:
    def test_a_mean_weighs_by_time(self):
        """One day at 2 and six hours at 7: (48 + 42) / 30 = 3."""
        found = one([day(1, "2"), day(2, "7", 6)])

        assert (Level(Fraction(3), "latency in ms"), "met", "3 latency in ms") == (
            found.value,
            found.verdict.value,
            found.shown,
        )

    @pytest.mark.parametrize(("as_of", "verdict"), [("2026-04-30T23:59:59Z", "not known yet"), ("2026-05-01T00:00Z", "met")])
    def test_of_a_month_is_known_at_its_end(self, as_of, verdict):
        """A second before it more may be measured; the one figure of a month is called by its measure alone."""
        found = one([day(1, "2")], as_of=as_of)

        assert ("measures/speed", verdict) == (found.rule, found.verdict.value)

    def test_moments_weigh_alike(self):
        """Two readings without a length: the plain mean."""
        facts = [level("2026-04-01T00:00Z", "2026-04-01T00:00Z", "latency in ms", value) for value in ("2", "4.5")]

        assert (Fraction(13, 4), "missed") == (one(facts).value.exact, one(facts).verdict.value)

    def test_the_worst_is_the_highest_or_the_lowest(self):
        """At most: the highest; at least: the lowest."""
        facts = [day(1, "2"), day(2, "7")]

        assert (7, "missed") == (one(facts, taken_as="worst").value.exact, one(facts, taken_as="worst").verdict.value)
        low = one(facts, taken_as="worst", target="at least 2")
        assert (2, "met") == (low.value.exact, low.verdict.value)

    def test_of_each_interval_the_mean_may_be_taken_first(self):
        """Two readings of one day are one, then the worst of the days."""
        facts = [
            level("2026-04-01T00:00Z", "2026-04-01T12:00Z", "latency in ms", "1"),
            level("2026-04-01T12:00Z", "2026-04-02T00:00Z", "latency in ms", "4"),
        ]
        found = one([*facts, day(2, "2")], taken_as="worst", each="24 hours")

        assert (Fraction(5, 2), "met") == (found.value.exact, found.verdict.value)

    def test_intervals_begin_with_the_period(self):
        """Of seven hours each, from the first of April on: two readings fall into the first, one into the second."""
        april = span("2026-04-01T00:00Z", "2026-05-01T00:00Z")
        hours = [("00", "03", 1), ("03", "06", 3), ("08", "09", 5)]
        found = [
            Reading(span(f"2026-04-01T{start}:00Z", f"2026-04-01T{end}:00Z"), Fraction(value), (f"f{value}",))
            for start, end, value in hours
        ]

        assert [
            Reading(span("2026-04-01T00:00Z", "2026-04-01T07:00Z"), Fraction(2), ("f1", "f3")),
            Reading(span("2026-04-01T07:00Z", "2026-04-01T14:00Z"), Fraction(5), ("f5",)),
        ] == average_each(found, april, HOUR * 7)

    def test_a_percentile_is_the_nearest_rank(self):
        """The 95th of twenty is the nineteenth; of one it is that one."""
        readings = [Reading(span("2026-04-01T00:00Z", "2026-04-02T00:00Z"), Fraction(value), ()) for value in range(1, 21)]

        assert 19 == percentile_of(readings, Fraction(95, 100))
        assert 1 == percentile_of(readings[:1], Fraction(95, 100))
        assert 2 == one([day(1, "2")], taken_as="95th percentile").value.exact

    def test_levels_may_be_per_cent(self):
        """Packet loss of 2 against at most 1 %."""
        found = one([day(1, "2")], target="at most 1 %")

        assert (2, "missed") == (found.value.exact, found.verdict.value)

    def test_only_what_lasts_breaks_it(self):
        """Beyond the limit for twelve hours, where more than a day is asked; two touching days are one stretch."""
        lasting = {"taken_as": "worst", "lasting": "more than 24 hours"}

        assert "met" == one([day(1, "7", 12), day(2, "2")], **lasting).verdict.value
        found = one([day(1, "7"), day(2, "9"), day(4, "7", 12)], **lasting)
        assert ("missed", "1 time", "2,880 min") == (
            found.verdict.value, show(found.quantity("times beyond")), show(found.quantity("longest beyond")),
        )  # fmt: skip

    def test_the_time_beyond_is_told(self):
        """Two days and twelve hours at more than 3; where only what lasts counts, the twelve hours do not."""
        facts = [day(1, "7"), day(2, "9"), day(3, "2"), day(4, "7", 12)]

        assert ["3,600 min", "2,880 min"] == [
            show(one(facts, taken_as="worst", **lasting).quantity("time beyond"))
            for lasting in ({}, {"lasting": "more than 24 hours"})
        ]

    def test_a_count_is_how_often_it_was_read(self):
        """Three readings in the month."""
        found = one([day(1, "2"), day(2, "2"), day(3, "2")], taken_as="count")

        assert ("3 readings", "met") == (found.shown, found.verdict.value)

    def test_nothing_measured_is_undecided(self):
        """Nobody can say; what is no number, of another part or another month, is nothing."""
        facts = [
            day(1, "fast"),
            level("2026-03-01T00:00Z", "2026-03-02T00:00Z", "latency in ms", "1"),
            level("2026-04-01T00:00Z", "2026-04-02T00:00Z", "latency in ms", "1", "mail"),
            level("2026-04-01T00:00Z", "2026-04-02T00:00Z", "heat", "1"),
        ]

        assert ("nothing was measured", "undecided") == (one(facts).shown, one(facts).verdict.value)

    @pytest.mark.parametrize(
        ("written", "answer"), [("2", True), ("-2.5", True), ("2.", False), ("", False), ("1e3", False), ("٣", False)]
    )
    def test_a_level_is_a_decimal_number(self, written, answer):
        """Digits, one point, a sign."""
        assert answer is is_level(written)


class TestVerdicts:
    def test_what_is_no_promise_is_reached_or_not(self):
        """Best effort is shown."""
        assert "reached" == one([day(1, "2")], strength="best effort").verdict.value
        assert "not reached" == one([day(1, "4")], strength="goal").verdict.value

    def test_a_month_that_runs_is_not_known_yet(self):
        """Whatever was measured so far."""
        assert "not known yet" == one([day(1, "2")], as_of="2026-04-10T00:00Z").verdict.value

    def test_without_a_target_nothing_is_judged(self):
        """The figure stands there, also where it must last."""
        found = one([day(1, "2")], target="none", lasting="more than 1 hour")

        assert ("2 latency in ms", "not applicable") == (found.shown, found.verdict.value)

    def test_two_cases_at_once_decide_nothing(self):
        """Both are named."""
        cases = {"one": {"when": {"currency": "EUR"}}, "two": {"when": {"currency": "EUR"}, "target": "at most 5"}}
        found = one([day(1, "2")], cases=cases)

        assert "undecided" == found.verdict.value
        assert any("the cases one and two hold at once" in line for line in tell(found.why))

    def test_weeks_have_a_finding_each(self):
        """Four weeks end in April."""
        weeks = {"week": {"length": "1 week", "starts": "monday", "zone": "UTC", "counts as": "elapsed time"}}
        found = judged([day(1, "2")], periods=weeks, period="week")

        assert ["measures/speed/2026-03-30", "measures/speed/2026-04-06"] == [each.rule for each in found[:2]]

    def test_a_sliding_one_ends_with_the_statement(self):
        """The thirty days before the end of April."""
        rolling = {
            "rolling": {
                "length": "30 elapsed days",
                "starts": "1 January",
                "zone": "UTC",
                "counts as": "elapsed time",
                "sliding": True,
                "ends": "period end",
            }
        }

        assert span("2026-04-01T00:00Z", "2026-05-01T00:00Z") == one([], periods=rolling, period="rolling").period


class TestShareInTime:
    KEYS: ClassVar = {"figure": "share in time", "taken_as": "share", "within": "15 minutes", "target": "at least 99 %"}

    def test_is_what_was_done_within_the_time(self):
        """Exactly at its end is in time; a second later, or never, is late."""
        facts = [
            task("speed", "2026-04-01T00:00Z", "2026-04-01T00:15Z"),
            task("speed", "2026-04-02T00:00Z", "2026-04-02T00:15:01Z"),
            task("speed", "2026-04-03T00:00Z", None),
            task("speed", "2026-03-03T00:00Z", None),
            task("other", "2026-04-03T00:00Z", None),
        ]
        found = one(facts, **self.KEYS)

        assert (Share(Fraction(1, 3)), "missed", "2 cases") == (
            found.value,
            found.verdict.value,
            show(found.quantity("late")),
        )

    def test_what_may_still_be_in_time_is_not_counted(self):
        """Ten minutes after it began nobody knows."""
        found = one([task("speed", "2026-04-01T00:00Z", None)], as_of="2026-04-01T00:10Z", **self.KEYS)

        assert ("no case", "not known yet") == (found.shown, found.verdict.value)

    @pytest.mark.parametrize(
        ("as_of", "shown"), [("2026-04-01T00:15Z", "no case"), ("2026-04-01T00:15:00.000001Z", "0.0000 %")]
    )
    def test_what_is_not_done_is_late_after_its_time(self, as_of, shown):
        """At the end of its fifteen minutes it could just be done; a microsecond later it is late."""
        assert shown == one([task("speed", "2026-04-01T00:00Z", None)], as_of=as_of, **self.KEYS).shown

    @pytest.mark.parametrize(("number", "adds"), [(MOST_STEPS, True), (MOST_STEPS + 1, False)])
    def test_all_late_ones_are_told_up_to_a_number(self, number, adds):
        """The steps add up to how many were late as long as each of them is told."""
        found = one([task("speed", "2026-04-01T00:00Z", None) for _ in range(number)], **self.KEYS)
        told = next(step for step in found.why.because if step.words == "of them late")

        assert (number, MOST_STEPS, adds) == (told.value.number, len(told.because), told.adds)

    def test_may_be_counted(self):
        """How many were in time."""
        found = one(
            [task("speed", "2026-04-01T00:00Z", "2026-04-01T00:05Z")],
            **self.KEYS | {"taken_as": "count", "target": "at least 1"},
        )

        assert ("1 case", "met") == (found.shown, found.verdict.value)


class TestOutages:
    KEYS: ClassVar = {"figure": "outages", "taken_as": "count", "target": "at most 1"}

    def test_are_counted_where_their_cause_counts(self):
        """Two of our own and one of a storm, which touch each other in part."""
        facts = [
            *outage("o1", "2026-04-10T10:00Z", "2026-04-10T11:00Z", "own"),
            *outage("o2", "2026-04-10T11:00Z", "2026-04-10T12:00Z", "own"),
            *outage("o3", "2026-04-12T10:00Z", "2026-04-12T11:00Z", "storm"),
            *outage("o4", "2026-03-12T10:00Z", "2026-03-12T11:00Z", "own"),
        ]
        found = one(facts, **self.KEYS)

        assert ("1 outage", "met", "120 min") == (found.shown, found.verdict.value, show(found.quantity("longest")))
        more = one([*facts, *down("2026-04-20T10:00Z", "2026-04-20T11:00Z")], **self.KEYS)
        assert "missed" == more.verdict.value

    def test_the_worst_is_the_longest(self):
        """Two hours against one."""
        facts = outage("o1", "2026-04-10T10:00Z", "2026-04-10T12:00Z", "own")
        found = one(facts, **self.KEYS | {"taken_as": "worst", "target": "at most 1 hour"})

        assert ("120 min", "missed") == (found.shown, found.verdict.value)
        assert "not applicable" == one(facts, **self.KEYS | {"taken_as": "worst", "target": "none"}).verdict.value
