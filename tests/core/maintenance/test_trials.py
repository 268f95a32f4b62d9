"""The tests of a window: each with its sentence and its clauses."""

import pytest

from tests.core.spans import at, span
from tests.core.terms.changed import bind_blocks, changed, terms
from upheld.core.maintenance import Window, earliest_start
from upheld.core.maintenance.trials import Surroundings, run_trials, zone_of
from upheld.core.maintenance.turns import Turn, turns_of
from upheld.core.terms import Terms
from upheld.core.timeline import Timeline


def plan(kind: str, start: str, end: str, notice: str = "", vendor: str = "", name: str = "w1") -> Window:
    whole = span(start, end)
    return Window(name, kind, whole, whole, at(notice) if notice else None, at(vendor) if vendor else None, False, ())


NONE = Timeline()


def around(down=NONE, down_of=None, earlier=(), kept=NONE, alike=NONE):
    turns = [Turn(window, Timeline.of([window.span])) for window in earlier]
    return Surroundings(down, down_of or {}, turns, kept, alike)


def tried(window, earlier=(), kept=NONE, **places):
    bound = terms(**places)
    return run_trials(bound, bound.maintenance[window.kind], window, around(earlier=earlier, kept=kept))


class TestNotice:
    @pytest.mark.parametrize(
        ("notice", "start", "passed"),
        [
            ("2025-06-02T09:00Z", "2025-06-10T00:00Z", True),
            ("2025-12-22T09:00Z", "2025-12-30T20:00Z", False),
            ("2025-06-07T09:00Z", "2025-06-14T00:00Z", True),
            ("2025-06-07T09:00Z", "2025-06-13T23:59:59Z", False),
        ],
    )
    def test_is_counted_in_whole_business_days(self, notice, start, passed):
        """TP-27: the day of notice does not count; a start at the midnight that ends the fifth day is in time."""
        assert passed is tried(plan("scheduled", start, "2026-01-01T00:00Z", notice))[0].passed

    def test_says_what_was_asked_and_what_would_have_been_in_time(self):
        """Both instants, the earliest start, and the reading that decides what a day is."""
        found = tried(plan("scheduled", "2025-06-09T20:00Z", "2025-06-09T23:00Z", "2025-06-02T09:00Z"))[0]

        assert (
            "notice Mon 2 Jun 2025 09:00 UTC, asked is at least 5 business days: the earliest start is Tue 10 Jun"
            in found.words
        )
        assert ("whole-days",) == found.readings

    def test_none_is_told_as_none(self):
        """No notice was given: nothing can be in time."""
        found = tried(plan("scheduled", "2025-06-09T20:00Z", "2025-06-09T23:00Z"))[0]

        assert ("no notice was given; asked is at least 5 business days", False) == (found.words, found.passed)

    @pytest.mark.parametrize(("vendor", "passed"), [("2025-06-06T09:00Z", True), ("2025-06-02T09:00Z", False)])
    def test_is_waived_where_the_vendors_own_came_too_late(self, vendor, passed):
        """TP-28: only where the vendor's own notice came less than five business days before the start."""
        found = tried(plan("scheduled", "2025-06-11T20:00Z", "2025-06-11T23:00Z", "2025-06-06T10:00Z", vendor))[0]

        assert passed is found.passed
        assert found.words.endswith("the notice is waived" if passed else "the notice is not waived")

    def test_may_be_asked_in_elapsed_time(self):
        """48 hours have no calendar, so no reading; a share is no length, so nothing is earliest."""
        window = plan("scheduled", "2025-06-11T20:00Z", "2025-06-11T23:00Z", "2025-06-09T20:00Z")
        found = tried(window, maintenance__scheduled__notice="at least 48 hours")[0]

        assert (True, ()) == (found.passed, found.readings)

    def test_needs_no_reading_where_the_calendar_is_plain(self):
        """A calendar that says itself what its day is."""
        window = plan("scheduled", "2025-06-11T20:00Z", "2025-06-11T23:00Z", "2025-06-02T20:00Z")

        assert () == tried(window, calendars__business__day="whole")[0].readings


class TestEarliestStart:
    def test_is_none_without_a_duty_or_without_a_notice(self):
        """Regular work needs no notice; and where none was given no start is permitted."""
        bound = terms()
        window = plan("regular", "2025-06-11T20:00Z", "2025-06-11T23:00Z", "2025-06-02T20:00Z")
        silent = plan("scheduled", "2025-06-11T20:00Z", "2025-06-11T23:00Z")

        assert earliest_start(bound, bound.maintenance["regular"], window) is None
        assert earliest_start(bound, bound.maintenance["scheduled"], silent) is None


class TestOutside:
    INSIDE = plan("scheduled", "2025-06-10T05:00Z", "2025-06-10T08:00Z", "2025-06-02T09:00Z")

    def test_leaves_the_part_inside_business_hours_unexcused(self):
        """TP-29: Tuesday 05:00 to 08:00: the last hour lies in business hours; the rest stands."""
        found = tried(self.INSIDE)[1]

        assert found.passed
        assert Timeline.of([span("2025-06-10T07:00Z", "2025-06-10T08:00Z")]) == found.surplus
        assert (
            "Tue 10 Jun 2025 07:00–08:00 UTC lies inside business hours and is not excused; the rest stands" == found.words
        )

    def test_or_fails_for_all_of_it(self):
        """The other sense: one hour inside, and the window is not excused at all."""
        blocks = bind_blocks(changed(), part_inside="all")
        assert isinstance(blocks, Terms)
        found = run_trials(blocks, blocks.maintenance["scheduled"], self.INSIDE, around())[1]

        assert (False, Timeline()) == (found.passed, found.surplus)
        assert "Tue 10 Jun 2025 07:00–08:00 UTC lies inside business hours" == found.words

    def test_a_window_at_night_stands_outside(self):
        """Nothing to take away."""
        assert "outside business hours" == tried(plan("regular", "2025-06-10T20:00Z", "2025-06-10T23:00Z"))[0].words
        assert "outside business hours" == tried(plan("regular", "2025-06-10T10:00Z", "2025-06-10T10:00Z"))[0].words


class TestNotWithin:
    def test_keeps_away_from_the_weekly_window(self):
        """TP-15: a failover test in the regular window is none."""
        window = plan("failover", "2025-06-10T20:00Z", "2025-06-10T23:00Z", "2025-04-01T09:00Z")
        kept = Timeline.of([span("2025-06-10T22:00Z", "2025-06-11T01:00Z")])

        assert "Tue 10 Jun 2025 22:00–23:00 UTC lies inside a regular window" == tried(window, kept=kept)[1].words
        assert ["apart from every regular window", True] == [tried(window)[1].words, tried(window)[1].passed]


class TestTurn:
    FIRST = plan("regular", "2025-06-09T20:00Z", "2025-06-09T23:00Z", name="w0")

    def test_the_first_of_a_week_takes_it(self):
        """TP-21: once a week, from Monday; the next week has a turn of its own."""
        same, next_week = (plan("regular", day, "2025-07-01T00:00Z") for day in ("2025-06-15T23:59Z", "2025-06-16T00:00Z"))

        assert "a further one with down time in its week; 1 is allowed, used by w0" == tried(same, [self.FIRST])[-1].words
        assert not tried(same, [self.FIRST])[-1].passed
        assert "the first with down time in its week; 1 is allowed" == tried(next_week, [self.FIRST])[-1].words

    @pytest.mark.parametrize(
        ("per", "one", "other", "same"),
        [
            ("day", "2025-06-09T00:00Z", "2025-06-09T23:59Z", True),
            ("day", "2025-06-09T23:59Z", "2025-06-10T00:00Z", False),
            ("week", "2024-12-30T00:00Z", "2025-01-05T23:59Z", True),
            ("week", "2025-01-05T23:59Z", "2025-01-06T00:00Z", False),
            ("month", "2025-06-01T00:00Z", "2025-06-30T23:59Z", True),
            ("month", "2024-06-01T00:00Z", "2025-06-01T00:00Z", False),
            ("quarter", "2025-04-01T00:00Z", "2025-06-30T23:59Z", True),
            ("quarter", "2025-03-31T00:00Z", "2025-04-01T00:00Z", False),
            ("year", "2025-01-01T00:00Z", "2025-12-31T23:59Z", True),
            ("year", "2025-01-01T00:00Z", "2026-01-01T00:00Z", False),
        ],
    )
    def test_a_turn_is_that_of_the_start(self, per, one, other, same):
        """Days, Monday weeks across New Year, months, quarters, years."""
        bound = terms()
        for kind in (bound.maintenance["regular"], bound.maintenance["emergency"]):
            turns = turns_of(per, zone_of(bound, kind))
            assert same is (turns.containing(at(one)) == turns.containing(at(other)))
