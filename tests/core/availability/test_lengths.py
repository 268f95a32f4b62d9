"""Outages judged one by one."""

from tests.core.availability.made import account, down, promised
from tests.core.sample import covered
from tests.core.sums import find_wrong_sums
from upheld.core.explain import show

KEYS = {"counting": "each outage", "target": "at most 30 minutes"}
SHORT = down("2026-04-10T10:00Z", "2026-04-10T10:20Z")
LONG = down("2026-04-12T10:00Z", "2026-04-12T10:50Z")


def judged(facts, keys=None, **named):
    found = account(promised(**KEYS | (keys or {})), facts, **named)
    assert [] == find_wrong_sums(found.findings)
    return found


def verdict(facts, keys=None, **named) -> str:
    return str(judged(facts, keys, **named).finding.verdict.value)


class TestMeasureLengths:
    def test_each_has_its_own_verdict(self):
        """Twenty minutes are within thirty, fifty are not; the longest stands for the month."""
        found = judged([*SHORT, *LONG])

        assert ("50 min", "missed") == (found.finding.shown, found.finding.verdict.value)
        assert [("20 min", "met"), ("50 min", "missed")] == [(one.shown, one.verdict.value) for one in found.each]
        assert ["availability/uptime", *[one.rule for one in found.each]] == [one.rule for one in found.findings]

    def test_a_month_without_an_outage_is_kept(self):
        """The longest of none is nothing."""
        found = judged([])

        assert ("0 min", "met", ()) == (found.finding.shown, found.finding.verdict.value, found.each)

    def test_an_outage_belongs_to_the_month_in_which_it_ends(self):
        """From the last hour of March to one in April: all of it is judged in April."""
        night = down("2026-03-31T23:30Z", "2026-04-01T00:20Z")

        assert "50 min" == judged(night).finding.shown
        assert () == judged(night, period="2026-03").each

    def test_one_that_ends_at_midnight_belongs_to_the_month_that_ends(self):
        """Its end is the last of March and not the first of April."""
        night = down("2026-03-31T23:10Z", "2026-04-01T00:00Z")

        assert [(), 1] == [judged(night).each, len(judged(night, period="2026-03").each)]

    def test_one_that_runs_is_judged_once_it_is_too_long(self):
        """Ten minutes so far: nobody knows; forty: missed."""
        running = down("2026-04-10T10:00Z", None)

        assert "not known yet" == verdict(running, as_of="2026-04-10T10:10Z")
        assert "missed" == verdict(running, as_of="2026-04-10T10:40Z")
        assert "not known yet" == verdict([], as_of="2026-04-10T10:40Z")

    def test_a_month_is_known_at_its_end(self):
        """A second before it one more may come, at the end of April none."""
        seen = [covered("2026-04-01T00:00Z", "2026-04-30T23:59:59Z"), covered("2026-04-30T23:59:59Z", "2026-05-01T00:00Z")]

        assert "not known yet" == verdict(seen[:1], as_of="2026-04-30T23:59:59Z", seen=False)
        assert "met" == verdict(seen, as_of="2026-05-01T00:00Z", seen=False)

    def test_time_that_nobody_saw_may_hide_one(self):
        """A month unseen could hide an outage of any length."""
        assert "undecided" == verdict([], seen=False)
        assert "met" == verdict([], {"unmeasured": "up"}, seen=False)
        assert "missed" == verdict(LONG, seen=False)

    def test_without_a_target_lengths_are_only_shown(self):
        """Nothing is met or missed."""
        found = judged(LONG, {"target": "none"})

        assert ("50 min", "not applicable") == (found.finding.shown, found.finding.verdict.value)
        assert ["not applicable"] == [one.verdict.value for one in found.each]

    def test_a_goal_is_reached_or_not(self):
        """What is no promise is not missed."""
        assert "not reached" == verdict(LONG, {"strength": "goal"})
        assert "reached" == verdict(SHORT, {"strength": "goal"})

    def test_shows_its_time_beside_its_lengths(self):
        """The sums of time stand with it for whoever asks."""
        assert "70 min" == show(judged([*SHORT, *LONG]).finding.quantity("down"))
