"""Backups: night by night, or by age."""

from typing import Any

import pytest

from tests.core.clocks.agreement import at, bound, changed
from tests.core.sample import header
from upheld.core.explain import Count, Verdict
from upheld.core.facts import BackupTaken, BackupTested, Fact
from upheld.core.recovery import BackupJudged, judge_backups
from upheld.core.statement.gathering import ALWAYS
from upheld.core.timeline import HOUR, Instant, Span

DUTY = {"of": "shop", "every": "night", "must be": ["encrypted", "off-site"], "evidence": ["tickets"]}
WEEK = Span(at("2026-02-02T00:00Z"), at("2026-02-06T00:00Z"))


def copied(when: str, *properties: str, is_good: bool = True, kind: str = "cloud") -> Fact:
    name = f"copy/{when}"
    return BackupTaken(**header(name, when), backup=name, kind=kind, properties=properties, is_good=is_good)


def judge(
    facts: list[Fact], as_of: str = "2026-02-10T00:00Z", span: Span = WEEK, signed_at: Instant = ALWAYS, **keys: Any
) -> BackupJudged:
    duty = {**DUTY, **{key.replace("_", " "): value for key, value in keys.items()}}
    terms = bound(changed(backups={"cloud": duty}, parameters={"edition": {"kind": "choice", "usual": "small"}}))
    (found,) = judge_backups(terms, facts, span, signed_at, at(as_of))
    return found


WHOLE = ("encrypted", "off-site")
FULL = [copied(f"2026-02-0{day}T22:00Z", *WHOLE) for day in (2, 3, 4, 5)]


class TestNights:
    def test_every_night_has_its_copy(self):
        """Four nights, four copies."""
        found = judge(FULL)

        assert ((), Verdict.MET) == (found.missed, found.finding.verdict)
        assert Count(0, "nights missed") == found.finding.value

    def test_says_what_was_counted(self):
        """Nights of a calendar, or times in which the newest copy was too old; and what each copy must be."""
        nights, lapses = judge(FULL).finding.why.words, judge(FULL, every="24 hours").finding.why.words

        assert "of 4 nights of cloud, each encrypted and off-site" == nights
        assert "in which cloud was too old, each encrypted and off-site" == lapses

    def test_names_the_nights_without_one(self):
        """A copy that lacks something is none; the night is called by its evening's date, and says what was lacking."""
        found = judge([FULL[0], copied("2026-02-03T22:00Z", "off-site"), FULL[3]])

        assert ("2026-02-03", "2026-02-04") == found.missed
        assert "2026-02-03, 2026-02-04" == found.finding.quantity("missed")
        assert ["2026-02-03: not encrypted", "2026-02-04: no copy was taken"] == [
            step.words.partition(" (")[0] for step in found.finding.why.because
        ]

    @pytest.mark.parametrize(
        ("when", "missed"), [("2026-02-03T08:00Z", False), ("2026-02-03T08:00:01Z", True), ("2026-02-02T17:59Z", True)]
    )
    def test_a_night_reaches_into_the_morning(self, when: str, missed: bool):
        """At eight it is still the night before, a second later it is not."""
        assert missed == ("2026-02-02" in judge([copied(when, *WHOLE)]).missed)

    def test_the_best_copy_of_a_night_counts(self):
        """A plain one first, a whole one after it."""
        assert () == judge([copied("2026-02-02T20:00Z"), *FULL]).missed

    def test_a_copy_from_which_nothing_comes_back_is_none(self):
        """As told when it was taken, or as a later test found."""
        head = header("test", "2026-02-06T10:00Z")
        tested = BackupTested(**head, backup="copy/2026-02-04T22:00Z", is_good=False, by="Mara")
        bad = copied("2026-02-02T22:00Z", *WHOLE, is_good=False)

        assert ("2026-02-02", "2026-02-04") == judge([bad, *FULL[1:], tested]).missed

    def test_copies_of_another_duty_do_not_count(self):
        """Each duty has its own."""
        assert 4 == len(judge([copied("2026-02-02T22:00Z", *WHOLE, kind="mysql")]).missed)

    def test_a_night_that_is_not_over_is_open(self):
        """In the middle of the last night nothing is missed yet; nights to come are not told."""
        found = judge(FULL[:3], "2026-02-05T23:00Z")

        assert ((), Verdict.NOT_YET_KNOWN) == (found.missed, found.finding.verdict)
        assert 4 == len(found.turns)
        assert 1 == len(judge(FULL[:1], "2026-02-03T09:00Z").turns)
        assert Verdict.NOT_YET_KNOWN is judge(FULL[:1], "2026-02-03T09:00Z").finding.verdict

    def test_a_night_begins_and_ends_at_its_instants(self):
        """At 18:00 it is not told of yet, a second later it is open; at 08:00 it is over and missed."""
        first = [judge([], as_of) for as_of in ("2026-02-02T18:00Z", "2026-02-02T18:00:01Z", "2026-02-03T08:00Z")]

        assert [0, 1, 1] == [len(found.turns) for found in first]
        assert [(), (), ("2026-02-02",)] == [found.missed for found in first]

    def test_a_copy_of_this_very_instant_is_known(self):
        """Taken at 22:00, and told at 22:00."""
        (night,) = judge([FULL[0]], "2026-02-02T22:00Z").turns

        assert ("", False) == (night.missed_for, night.is_open)

    def test_the_last_night_may_end_after_its_period(self):
        """The night of the last evening is the period's, and open until its morning."""
        assert Verdict.NOT_YET_KNOWN is judge(FULL[:3], "2026-02-06T02:00Z").finding.verdict

    def test_nobody_owes_copies_before_he_signed(self):
        """Signed on the fourth: two nights are left."""
        assert ("2026-02-04", "2026-02-05") == judge([], signed_at=at("2026-02-04T00:00Z")).missed
        assert () == judge([], signed_at=at("2026-03-04T00:00Z")).missed

    def test_a_duty_that_is_not_this_customers(self):
        """Owed in another edition alone."""
        found = judge([], when={"edition": "large"})

        assert ("not owed", Verdict.NOT_APPLICABLE) == (found.finding.value, found.finding.verdict)

    def test_a_duty_on_what_his_values_do_not_say_is_owed(self):
        """What is not known takes nothing away."""
        assert 4 == len(judge([], when={"line": "mysql"}).missed)


class TestAge:
    def test_the_newest_copy_is_never_older(self):
        """Every twenty-four hours: the second copy comes two hours late."""
        taken = ("2026-02-02T10:00Z", "2026-02-03T12:00Z", "2026-02-04T12:00Z", "2026-02-05T12:00Z")
        copies = [copied(when, *WHOLE) for when in taken]
        found = judge(copies, every="24 hours")

        assert ("Tue 3 Feb 2026 10:00 UTC",) == found.missed
        assert HOUR * 2 == found.turns[0].span.length
        assert (Count(1, "lapses"), Verdict.MISSED) == (found.finding.value, found.finding.verdict)

    def test_an_older_copy_counts_into_the_period(self):
        """The one of the evening before is good until the next evening."""
        copies = [copied(f"2026-02-0{day}T20:00Z", *WHOLE) for day in (1, 2, 3, 4, 5)]

        assert () == judge(copies, every="24 hours").missed

    def test_a_copy_at_the_very_start_counts(self):
        """Taken at the first midnight, an hour after another: it is good until the next."""
        times = ("2026-02-01T23:00Z", *(f"2026-02-0{day}T00:00Z" for day in (2, 3, 4, 5)))

        assert () == judge([copied(when, *WHOLE) for when in times], every="24 hours").missed

    def test_a_copy_at_the_very_start_ends_what_was_too_old_before(self):
        """The one before is of a week ago: that was too old in January, and for no time of these days."""
        times = ("2026-01-25T00:00Z", *(f"2026-02-0{day}T00:00Z" for day in (2, 3, 4, 5)))

        assert () == judge([copied(when, *WHOLE) for when in times], every="24 hours").missed

    @pytest.mark.parametrize(
        ("as_of", "verdict"), [("2026-02-05T23:59:59Z", Verdict.NOT_YET_KNOWN), ("2026-02-06T00:00Z", Verdict.MET)]
    )
    def test_is_decided_at_the_end_of_the_days(self, as_of, verdict):
        """A second before, the last copy could still be missed."""
        copies = [copied(f"2026-02-0{day}T00:00Z", *WHOLE) for day in (2, 3, 4, 5)]

        assert verdict == judge(copies, as_of, every="24 hours").finding.verdict

    def test_without_any_copy(self):
        """The first is due so long after the start."""
        (turn,) = judge([], every="24 hours", must_be="none").turns

        assert Span(at("2026-02-03T00:00Z"), WEEK.end) == turn.span
