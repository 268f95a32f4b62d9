"""Time down that counts: long enough, in whole minutes, from the report on."""

import pytest

from tests.core.availability.made import down, finding, promised, reported
from upheld.core.explain import show, tell


def counted(facts, **keys) -> str:
    return show(finding(promised(**keys), facts).quantity("down"))


class TestShortest:
    @pytest.mark.parametrize(
        ("end", "wanted", "length"),
        [
            ("10:05", "more than 5 minutes", "0 min"),
            ("10:05:01", "more than 5 minutes", "5 min 1 s"),
            ("10:04", "at least 4 minutes", "4 min"),
            ("10:03:59", "at least 4 minutes", "0 min"),
        ],
    )
    def test_drops_what_is_shorter(self, end, wanted, length):
        """Exactly five minutes are not more than five; exactly four are at least four."""
        assert length == counted(down("2026-04-10T10:00Z", f"2026-04-10T{end}Z"), shortest_outage=wanted)

    def test_records_that_touch_are_one_run(self):
        """Two records of three minutes, one after the other, are six minutes without service."""
        facts = [*down("2026-04-10T10:00Z", "2026-04-10T10:03Z"), *down("2026-04-10T10:03Z", "2026-04-10T10:06Z")]

        assert "6 min" == counted(facts, shortest_outage="more than 5 minutes")

    def test_a_run_over_the_edge_has_its_whole_length(self):
        """Four minutes in March and two in April are six: the two count in April."""
        assert "2 min" == counted(down("2026-03-31T23:56Z", "2026-04-01T00:02Z"), shortest_outage="more than 5 minutes")

    def test_says_what_was_dropped(self):
        """A reader sees the outage and why it does not count."""
        found = finding(promised(shortest_outage="more than 5 minutes"), down("2026-04-10T10:00Z", "2026-04-10T10:03Z"))

        assert any("3 min is too short to count; asked is more than 5 minutes" in line for line in tell(found.why))
        assert "100.0000 %" == found.shown


class TestTold:
    @pytest.mark.parametrize(
        ("keys", "report"),
        [
            ({"whole_minutes": True}, ""),
            ({"from_report": True}, "2026-04-10T10:00Z"),
            ({"from_report": True}, "2026-04-10T09:50Z"),
        ],
    )
    def test_nothing_is_told_of_a_run_that_counts_whole(self, keys, report):
        """Three minutes of the clock, or reported from the start on: no step says that something was taken off."""
        facts = down("2026-04-10T10:00Z", "2026-04-10T10:03Z")
        told = [reported(facts, report)] if report else []

        assert "3 min" == counted([*facts, *told], **keys)
        assert not [line for line in tell(finding(promised(**keys), [*facts, *told]).why) if "not counted" in line]


class TestWholeMinutes:
    @pytest.mark.parametrize(
        ("start", "end", "length"),
        [("10:00:30", "10:03:30", "2 min"), ("10:00", "10:03", "3 min"), ("10:00:01", "10:01:59", "0 min")],
    )
    def test_are_those_of_the_clock(self, start, end, length):
        """Only a minute that was down from its first to its last second counts."""
        assert length == counted(down(f"2026-04-10T{start}Z", f"2026-04-10T{end}Z"), whole_minutes=True)

    def test_are_cut_before_the_length_is_tested(self):
        """Five minutes and a half hold four whole ones."""
        facts = down("2026-04-10T10:00:30Z", "2026-04-10T10:05:59Z")

        assert "0 min" == counted(facts, whole_minutes=True, shortest_outage="more than 4 minutes")
        assert "4 min" == counted(facts, whole_minutes=True)

    def test_the_part_that_lies_in_the_month_is_told(self):
        """Down over the end of March, half a minute dropped on either side: April tells of its own half."""
        found = finding(promised(whole_minutes=True), down("2026-03-31T23:58:30Z", "2026-04-01T00:02:30Z"))
        (told,) = (step for step in found.why.walk() if "not counted" in step.words)

        assert ("30 s", ["only whole minutes of the clock count"]) == (
            show(told.value), [step.words.rpartition(": ")[2] for step in told.because]
        )  # fmt: skip


class TestFromReport:
    def test_what_came_before_does_not_count(self):
        """Down at ten, reported at half past, back at eleven: half an hour."""
        hour = down("2026-04-10T10:00Z", "2026-04-10T11:00Z")

        assert "30 min" == counted([*hour, reported(hour, "2026-04-10T10:30Z")], from_report=True)
        assert "60 min" == counted([*hour, reported(hour, "2026-04-10T09:30Z")], from_report=True)
        assert "0 min" == counted([*hour, reported(hour, "2026-04-10T11:30Z")], from_report=True)

    def test_without_a_report_of_the_customer_nothing_counts(self):
        """A ticket of the provider's own staff is no report."""
        hour = down("2026-04-10T10:00Z", "2026-04-10T11:00Z")

        assert "0 min" == counted(hour, from_report=True)
        assert "0 min" == counted([*hour, reported(hour, "2026-04-10T10:30Z", by="staff")], from_report=True)

    def test_whole_minutes_begin_with_the_report(self):
        """Reported at 10:30:20: the first whole minute is 10:31."""
        hour = down("2026-04-10T10:00Z", "2026-04-10T11:00Z")
        facts = [*hour, reported(hour, "2026-04-10T10:30:20Z")]

        assert "29 min" == counted(facts, from_report=True, whole_minutes=True)
