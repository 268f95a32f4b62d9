"""A clock in a period: which runs belong to it, the share that was kept, the verdict of the whole."""

from typing import Any

import pytest

from tests.core.clocks.agreement import CLOCK, at, bound, changed, desk, reopened, resolved, said, ticket
from tests.core.sums import find_wrong_sums
from upheld.core.clocks import ClockJudged, judge_clock
from upheld.core.explain import Share, Verdict
from upheld.core.facts import Fact
from upheld.core.timeline import HOUR, Span

FEB = Span(at("2026-02-01T00:00Z"), at("2026-03-01T00:00Z"))


def judge(facts: list[Fact], as_of: str = "2026-06-01T00:00Z", **keys: Any) -> ClockJudged:
    clock = {**CLOCK, "hours": "always", "within": "1 hour", **{key.replace("_", " "): value for key, value in keys.items()}}
    terms = bound(changed(clocks={"respond": clock}))
    state = desk(facts, as_of, terms)
    judged = judge_clock("clocks", terms.desk.clocks["respond"], state.runs["respond"], FEB, at(as_of))
    assert [] == find_wrong_sums(judged.findings)
    return judged


def answered(minutes: int, number: int, day: str = "2026-02-03") -> list[Fact]:
    name = f"T-{number}"
    return [*ticket(f"{day}T10:00Z", name=name), said(f"{day}T{10 + minutes // 60}:{minutes % 60:02d}Z", name=name)]


class TestShare:
    def test_counts_what_was_kept(self):
        """Two of three in time: 66.6666 %, and the promise is missed."""
        judged = judge([*answered(10, 1), *answered(60, 2), *answered(61, 3)])

        assert Share(judged.finding.value.exact) == judged.finding.value  # type: ignore[union-attr]
        assert ("66.6666 %", Verdict.MISSED) == (judged.finding.shown, judged.finding.verdict)
        assert ["clocks/respond", "clocks/respond/T-1", "clocks/respond/T-2", "clocks/respond/T-3"] == [
            finding.rule for finding in judged.findings
        ]

    @pytest.mark.parametrize(("asked", "verdict"), [("at least 60 %", Verdict.MET), ("at least 90 %", Verdict.MISSED)])
    def test_a_share_may_be_promised(self, asked: str, verdict: Verdict):
        """Two of three are enough for six in ten, and not for nine."""
        judged = judge([*answered(10, 1), *answered(60, 2), *answered(61, 3)], reached_by=asked)

        assert verdict is judged.finding.verdict
        assert f"asked is {asked}" in judged.finding.why.words

    def test_while_the_period_runs_a_share_is_open(self):
        """More tickets may come; without a share one miss decides."""
        early = "2026-02-20T00:00Z"

        assert Verdict.NOT_YET_KNOWN is judge(answered(90, 1), early, reached_by="at least 60 %").finding.verdict
        assert Verdict.MISSED is judge(answered(90, 1), early).finding.verdict
        assert Verdict.NOT_YET_KNOWN is judge(answered(10, 1), early).finding.verdict
        assert Verdict.MET is judge(answered(10, 1)).finding.verdict

    def test_without_tickets_there_is_nothing_to_say(self):
        """Neither met nor missed."""
        judged = judge([])

        assert ("nothing to settle", Verdict.NOT_APPLICABLE) == (judged.finding.value, judged.finding.verdict)
        assert Verdict.NOT_YET_KNOWN is judge([], "2026-02-20T00:00Z").finding.verdict

    @pytest.mark.parametrize(
        ("strength", "verdicts"),
        [
            ("goal", (Verdict.REACHED, Verdict.NOT_REACHED)),
            ("objective", (Verdict.REACHED, Verdict.NOT_REACHED)),
            ("best effort", (Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE)),
        ],
    )
    def test_only_a_promise_is_missed(self, strength: str, verdicts: tuple[Verdict, Verdict]):
        """A goal and an objective are reached or not; a best effort has no verdict."""
        kept, late = (judge(answered(minutes, 1), strength=strength) for minutes in (10, 90))

        assert verdicts == (kept.finding.verdict, late.finding.verdict)
        assert verdicts == (kept.runs[0].verdict, late.runs[0].verdict)

    def test_a_ticket_resolved_twice_counts_once(self):
        """As it ended last: taken up again, it took too long."""
        facts = [*ticket("2026-02-03T10:00Z"), resolved("2026-02-03T10:30Z"), reopened("2026-02-03T12:00Z"),
                 resolved("2026-02-03T13:00Z")]  # fmt: skip
        judged = judge(facts, stops="resolved", after_reopen="resumes")

        assert [Verdict.MET, Verdict.MISSED] == [finding.verdict for finding in judged.run_findings]
        assert ("0.0000 %", Verdict.MISSED) == (judged.finding.shown, judged.finding.verdict)


class TestPeriod:
    def test_a_run_belongs_where_it_was_settled(self):
        """Begun in January and due in February: February's; due in March: not."""
        january = [*ticket("2026-01-31T23:30Z"), said("2026-02-01T00:20Z")]
        february = [*ticket("2026-02-28T23:30Z", name="T-2"), said("2026-03-01T00:20Z", name="T-2")]

        assert ["respond/T-1"] == [run.rule for run in judge([*january, *february]).runs]

    def test_a_miss_belongs_where_its_time_was_over(self):
        """Answered in March, over in February."""
        assert 1 == len(judge([*ticket("2026-02-28T22:30Z"), said("2026-03-01T00:20Z")]).runs)

    def test_an_open_run_is_shown_in_each_period_that_it_touches(self):
        """It waits, and nothing is decided."""
        judged = judge(ticket("2026-02-28T23:30Z"), "2026-02-28T23:40Z")

        assert [Verdict.NOT_YET_KNOWN] == [run.verdict for run in judged.runs]
        assert [] == list(judge(ticket("2026-03-01T00:10Z"), "2026-03-01T00:20Z").runs)

    def test_what_has_no_time_belongs_where_it_began(self):
        """Shown without a figure."""
        judged = judge(ticket("2026-02-03T10:00Z"), within="none")

        assert ("no time", "none") == (judged.run_findings[0].value, judged.run_findings[0].quantity("due"))
        assert [] == list(judge(ticket("2026-02-03T10:00Z", opened_by="staff")).runs)

    def test_tells_what_was_used(self):
        """The figure of a run is the time that it used."""
        (finding,) = judge(answered(60, 1)).run_findings

        assert HOUR == finding.value
        assert (at("2026-02-03T11:00Z"), "always", "promise kept") == tuple(
            finding.quantity(name) for name in ("due", "calendar", "grade")
        )

    @pytest.mark.parametrize(("within", "allowed"), [("2 hours", HOUR * 2), ("none", "none")])
    def test_tells_what_was_allowed(self, within: str, allowed: Any):
        """The length that the clause names; of a run without a time that there is none."""
        (finding,) = judge(answered(60, 1), within=within).run_findings

        assert allowed == finding.quantity("allowed")

    def test_counts_the_intervals_without_word(self):
        """Three hours and ten minutes without the hourly word: three misses; at exactly three hours two."""
        clock = {"starts": "first response", "stops": "update sent", "repeats": "at each stop"}

        def missed(end: str) -> Any:
            facts = [*ticket("2026-02-03T09:00Z"), said("2026-02-03T10:00Z"), said(end, "person", "update")]
            return judge(facts, end, **clock).run_findings[0].quantity("missed intervals")

        assert [3, 2, 1, 0] == [missed(f"2026-02-03T{end}Z").number for end in ("13:10", "13:00", "11:30", "11:00")]
        assert 1 == judge(answered(500, 1)).run_findings[0].quantity("missed intervals").number  # type: ignore[union-attr]

    def test_a_matter_of_another_clock_is_not_told(self):
        """A clock of the chat says nothing of a ticket by mail."""
        assert [] == list(judge(ticket("2026-02-03T10:00Z"), when={"channel": "chat"}).runs)
        assert 1 == len(judge(ticket("2026-02-03T10:00Z"), when={"channel": "mail"}).runs)
