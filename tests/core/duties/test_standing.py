"""Duties: asked and done, asked and late, waiting, and those that come again."""

from typing import Any

import pytest

from tests.core.orchard import JUNE, bound, told
from upheld.core.duties import judge_duties, state_of
from upheld.core.explain import Finding, Verdict, tell
from upheld.core.timeline import Instant

SIGNED = Instant.parse("2025-05-20T00:00Z")
LATE = Instant.parse("2025-08-01T00:00Z")


def asked(duty: str, at: str, due: str = "", name: str = "R-1"):
    return told("duty-asked", at, f"asked-{name}", request=name, duty=duty, because="needed", due_at=due or None)


def done(duty: str, at: str, name: str = ""):
    return told("duty-done", at, f"done-{at}-{name}", duty=duty, request=name)


def stands(duty: str, at: str, *facts, signed_at: Instant | None = None, **places: Any):
    terms = bound(**places)
    return state_of(terms, terms.besides.duties[duty], facts, signed_at, Instant.parse(at))


class TestState:
    @pytest.mark.parametrize(
        ("at", "state"),
        [("2025-06-01T00:00Z", "standing"), ("2025-06-02T12:00Z", "due"), ("2025-06-03T00:00Z", "due"),
         ("2025-06-03T00:01Z", "overdue"), ("2025-06-04T00:00Z", "done")],
    )  # fmt: skip
    def test_of_a_request_with_a_day(self, at, state):
        """Due until its instant, overdue after it, done once it is done; before it was asked it only stands."""
        facts = [asked("copies", "2025-06-02T00:00Z", "2025-06-03T00:00Z"), done("copies", "2025-06-04T00:00Z")]
        assert state == stands("copies", at, *facts).state

    @pytest.mark.parametrize(
        ("due", "told_of"),
        [
            ("2025-06-03T00:00Z", ["due", "done", "done"]),
            ("2025-06-02T12:00Z", ["overdue"] * 3),
            ("", ["waiting", "done", "done"]),
        ],
    )
    def test_of_what_was_done_is_told_from_the_instant_of_the_deed(self, due, told_of):
        """A microsecond before it is still open; at the deed and after it is done, or was late."""
        facts = [asked("copies", "2025-06-02T00:00Z", due), done("copies", "2025-06-03T00:00Z")]
        times = ("2025-06-02T23:59:59.999999Z", "2025-06-03T00:00Z", "2025-06-04T00:00Z")
        found = [stands("copies", at, *facts) for at in times]
        assert told_of == [one.why.because[0].value for one in found]
        assert [True, False, False] == [
            one.asked[0].is_open_at(Instant.parse(at)) for one, at in zip(found, times, strict=True)
        ]

    def test_of_a_request_without_a_day_waits(self):
        """What has no day is never late."""
        assert "waiting" == stands("copies", "2029-01-01T00:00Z", asked("copies", "2025-06-02T00:00Z")).state

    def test_is_the_worst_of_what_is_open(self):
        """Of one that waits, one that is due and one that is late, the late one."""
        facts = [
            asked("copies", "2025-06-02T00:00Z", name="A"),
            asked("copies", "2025-06-02T00:00Z", "2025-07-01T00:00Z", "B"),
            asked("copies", "2025-06-02T00:00Z", "2025-06-03T00:00Z", "C"),
        ]
        assert ["waiting", "due", "overdue"] == [
            stands("copies", "2025-06-05T00:00Z", *facts[:number]).state for number in (1, 2, 3)
        ]

    def test_a_deed_answers_the_request_that_it_names(self):
        """Or, naming none, whatever was asked before it."""
        request = asked("copies", "2025-06-02T00:00Z", name="A")
        states = [
            stands("copies", "2025-06-05T00:00Z", request, deed).state
            for deed in (
                done("copies", "2025-06-03T00:00Z", "A"), done("copies", "2025-06-03T00:00Z", "B"),
                done("copies", "2025-06-03T00:00Z"), done("copies", "2025-06-01T00:00Z"),
                done("anti-virus", "2025-06-03T00:00Z"),
            )
        ]  # fmt: skip
        assert ["done", "waiting", "done", "waiting", "waiting"] == states

    def test_a_ticket_of_its_topic_asks_for_it(self):
        """A ticket on another matter does not."""
        tickets = [
            told("ticket-opened", "2025-06-02T00:00Z", f"T-{topic}", ticket=f"T-{topic}", channel="web", topic=topic)
            for topic in ("copy", "other")
        ]
        found = stands("copies", "2025-06-05T00:00Z", *tickets)
        assert ("waiting", ["T-copy"]) == (found.state, [one.name for one in found.asked])

    def test_is_not_owed_where_its_condition_does_not_hold(self):
        """A duty of self-hosted customers is none of hosted ones."""
        assert "not owed" == stands("elsewhere", "2025-06-05T00:00Z", asked("elsewhere", "2025-06-02T00:00Z")).state
        owed = stands("elsewhere", "2025-06-05T00:00Z", parameters={"deployment": "self-hosted"})
        assert ("standing", "elsewhere, owed by both sides: meet") == (owed.state, owed.why.words)

    def test_says_what_cannot_be_proven(self):
        """A duty without evidence is shown as such."""
        assert stands("anti-virus", "2025-06-05T00:00Z").why.words.endswith("so it cannot be proven")


class TestRounds:
    def test_come_from_each_time_that_it_was_done(self):
        """Every thirty days from the signature, since the provider promised and must prove it."""
        facts = [done("try-restore", "2025-06-10T00:00Z")]
        states = {
            day: stands("try-restore", f"{day}T00:00Z", *facts, signed_at=SIGNED).state
            for day in ("2025-05-19", "2025-06-09", "2025-06-10", "2025-07-10", "2025-07-11")
        }
        assert ["standing", "due", "due", "due", "overdue"] == list(states.values())

    def test_of_a_customer_begin_with_the_first_record(self):
        """Nothing is assumed of the customer: without a record the duty stands; after one it is due again."""
        facts = [done("anti-virus", "2025-06-10T00:00Z")]
        assert "standing" == stands("anti-virus", "2025-06-20T00:00Z", signed_at=SIGNED).state
        assert ["due", "overdue"] == [
            stands("anti-virus", at, *facts).state for at in ("2025-06-11T00:00Z", "2025-06-11T00:01Z")
        ]

    def test_count_months_on_dates(self):
        """`every: 1 month` from 10 June ends with the day of 10 July."""
        places: dict[str, Any] = {"duties__anti-virus__every": "1 month"}
        facts = [done("anti-virus", "2025-06-10T09:00Z")]
        assert ["due", "overdue"] == [
            stands("anti-virus", at, *facts, **places).state for at in ("2025-07-11T00:00Z", "2025-07-11T00:01Z")
        ]


class TestStatement:
    @staticmethod
    def judge(*facts, as_of: Instant = LATE, signed_at: Instant | None = None, **places: Any) -> dict[str, Finding]:
        found = judge_duties(bound(**places), facts, JUNE, signed_at, as_of)
        return {one.rule: one for one in found}

    @pytest.mark.parametrize(
        ("done_at", "verdict", "value"),
        [("2025-06-03T00:00Z", Verdict.MET, "0 times late"), ("2025-06-03T00:01Z", Verdict.MISSED, "1 time late"),
         ("", Verdict.MISSED, "1 time late")],
    )  # fmt: skip
    def test_a_promise_is_met_or_missed(self, done_at, verdict, value):
        """Done at the due instant is in time; later, or not at all, is late."""
        deeds = [done("copies", done_at)] if done_at else []
        found = self.judge(asked("copies", "2025-06-02T00:00Z", "2025-06-03T00:00Z"), *deeds)["duties/copies"]
        assert (verdict, value) == (found.verdict, found.shown)

    def test_is_not_known_while_the_month_runs(self):
        """Nothing is late so far, and the month is not over."""
        found = self.judge(asked("copies", "2025-06-02T00:00Z"), as_of=Instant.parse("2025-06-20T00:00Z"))
        assert Verdict.NOT_YET_KNOWN == found["duties/copies"].verdict

    def test_a_customer_misses_no_promise_of_ours(self):
        """What a customer owes, and what is only an objective, is shown without a verdict."""
        found = self.judge(done("anti-virus", "2025-06-02T00:00Z"))["duties/anti-virus"]
        assert (Verdict.NOT_APPLICABLE, "1 time late", "overdue") == (found.verdict, found.shown, found.quantity("state"))
        unproven = self.judge(asked("copies", "2025-06-02T00:00Z", "2025-06-03T00:00Z"), duties__copies__evidence="none")
        assert Verdict.NOT_APPLICABLE == unproven["duties/copies"].verdict

    def test_a_round_that_is_late_in_the_month_is_missed(self):
        """Signed on 20 May, tried on 25 June: six days late, all of them in June."""
        found = self.judge(done("try-restore", "2025-06-25T00:00Z"), signed_at=SIGNED)["duties/try-restore"]
        assert Verdict.MISSED == found.verdict
        assert any("overdue  the next time, from Tue 20 May 2025" in line for line in tell(found.why))

    def test_what_is_due_at_the_very_end_is_not_late_in_the_month(self):
        """Due at the first midnight of July it is July's; due a microsecond before, it is late in June."""
        late = [
            self.judge(asked("copies", "2025-06-02T00:00Z", due))["duties/copies"].shown
            for due in ("2025-07-01T00:00Z", "2025-06-30T23:59:59.999999Z")
        ]
        assert ["0 times late", "1 time late"] == late

    def test_what_was_over_before_the_month_is_not_told(self):
        """Asked and done in May, or asked in July: no finding in June. What was late in May and done in May is May's."""
        before = [asked("copies", "2025-05-02T00:00Z", "2025-05-03T00:00Z"), done("copies", "2025-05-20T00:00Z", "R-1")]
        assert {} == self.judge(*before)
        assert {} == self.judge(asked("copies", "2025-07-02T00:00Z"))

    def test_what_is_asked_at_the_very_end_is_of_the_next_month(self):
        """At the first midnight of July; a microsecond before, it is June's."""
        times = ("2025-07-01T00:00Z", "2025-06-30T23:59:59.999999Z")
        assert [False, True] == [bool(self.judge(asked("copies", at))) for at in times]

    def test_a_deed_of_the_same_instant_answers(self):
        """Asked and done at once; a deed of a second before was for something else."""
        shown = {
            at: self.judge(asked("copies", "2025-06-02T00:00Z"), done("copies", at))["duties/copies"].quantity("state")
            for at in ("2025-06-01T23:59:59Z", "2025-06-02T00:00Z")
        }
        assert ["waiting", "done"] == list(shown.values())

    def test_what_is_done_late_at_the_very_start_is_not_late_in_the_month(self):
        """Done at the first microsecond of June, it was late for no time of June."""
        facts = [asked("copies", "2025-05-02T00:00Z", "2025-05-03T00:00Z"), done("copies", "2025-06-01T00:00Z", "R-1")]
        assert "0 times late" == self.judge(*facts)["duties/copies"].shown
