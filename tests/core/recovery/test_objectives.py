"""Times of recovery on incidents and drills, and the recovery points behind them."""

from typing import Any

import pytest

from tests.core.clocks.agreement import CLOCK, at, bound, changed, failed
from tests.core.sample import header
from tests.core.sums import find_wrong_sums
from upheld.core.availability import read_outages
from upheld.core.clocks import Timed, find_incidents
from upheld.core.explain import Verdict
from upheld.core.facts import BackupTaken, BackupTested, DisasterDeclared, DrillRun, Fact, RecoveryPointUsed, RestoreDone
from upheld.core.recovery import find_stale, list_restores, look_at_points, time_recovery
from upheld.core.terms import Terms
from upheld.core.timeline import HOUR, MINUTE, Instant, Span

MON = "2026-02-02"
FEB = Span(at("2026-02-01T00:00Z"), at("2026-03-01T00:00Z"))
LATER = at("2026-06-01T00:00Z")


def objective(starts: str, stops: str, within: str, **more: Any) -> dict[str, Any]:
    return {**CLOCK, "strength": "objective", "starts": starts, "stops": stops, "within": within, "hours": "always", **more}


RECOVERY = {
    "rto": objective("outage start", "outage end", "8 hours", pauses=[{"cause": "storm"}]),
    "rpo": objective("last recovery point", "outage start", "4 hours"),
    "dr": objective("disaster declared", "outage end", "6 hours"),
    "max-loss": objective("last recovery point", "outage start", "24 hours", strength="limit"),
}
TERMS = bound(changed(recovery=RECOVERY))


def recover(facts: list[Fact], as_of: Instant = LATER, terms: Terms = TERMS) -> dict[str, Timed]:
    incidents = find_incidents(terms, read_outages(terms, facts, as_of))
    return {name: runs[-1] for name, runs in time_recovery(terms, facts, incidents, as_of).items() if runs}


def used(point: str, outage: str = "O-1") -> Fact:
    return RecoveryPointUsed(**header(f"used/{point}", f"{MON}T20:00Z"), outage=outage, point_at=at(point))


def copied(when: str, is_good: bool = True, point: str = "") -> Fact:
    name, point_at = f"copy/{when}", at(point) if point else None
    return BackupTaken(**header(name, when), backup=name, kind="nightly", is_good=is_good, point_at=point_at)


def proved(when: str, is_good: bool) -> Fact:
    return BackupTested(**header(f"test/{when}/{is_good}", when), backup=f"copy/{when}", is_good=is_good, by="Mara")


class TestObjectives:
    def test_in_exactly_the_promised_time_is_met(self):
        """Eight hours; a minute more is missed."""
        assert Verdict.REACHED is recover(failed(f"{MON}T08:00Z", f"{MON}T16:00Z"))["rto"].verdict
        assert Verdict.NOT_REACHED is recover(failed(f"{MON}T08:00Z", f"{MON}T16:01Z"))["rto"].verdict

    def test_time_of_a_dependency_is_taken_out(self):
        """Ten hours of which three were a storm's: seven."""
        facts = failed(f"{MON}T08:00Z", f"{MON}T18:00Z", storm=(f"{MON}T10:00Z", f"{MON}T13:00Z"))

        assert (HOUR * 7, Verdict.REACHED) == (recover(facts)["rto"].used, recover(facts)["rto"].verdict)

    @pytest.mark.parametrize(
        ("point", "rpo", "limit"),
        [
            (f"{MON}T04:00Z", "objective kept", "limit kept"),
            (f"{MON}T03:30Z", "objective missed", "limit kept"),
            ("2026-02-01T07:00Z", "objective missed", "limit broken"),
            (f"{MON}T09:00Z", "objective kept", "limit kept"),
        ],
    )
    def test_grades_what_was_lost(self, point: str, rpo: str, limit: str):
        """Four hours are borne, a day is the limit; a point after the failure means that nothing was lost."""
        found = recover([*failed(f"{MON}T08:00Z", f"{MON}T10:00Z"), used(point)])

        assert (rpo, limit) == (found["rpo"].grade, found["max-loss"].grade)

    def test_the_oldest_of_several_points_counts(self):
        """Where two parts came back from two points the older one says what was lost."""
        facts = [*failed(f"{MON}T08:00Z", f"{MON}T10:00Z"), used(f"{MON}T07:00Z"), used(f"{MON}T05:00Z")]

        assert HOUR * 3 == recover(facts)["rpo"].used

    def test_without_a_recorded_point_the_newest_good_copy_counts(self):
        """A copy from which nothing can be restored is none, and neither is a later one."""
        facts = [
            *failed(f"{MON}T08:00Z", f"{MON}T10:00Z"), copied(f"{MON}T05:00Z"), copied(f"{MON}T07:00Z", is_good=False),
            copied(f"{MON}T06:00Z"), proved(f"{MON}T06:00Z", is_good=False), copied(f"{MON}T09:00Z"),
        ]  # fmt: skip

        assert HOUR * 3 == recover(facts)["rpo"].used

    def test_a_copy_counts_from_the_data_that_it_holds(self):
        """Finished at seven, it holds the data of half past five."""
        facts = [*failed(f"{MON}T08:00Z", f"{MON}T10:00Z"), copied(f"{MON}T07:00Z", point=f"{MON}T05:30Z")]

        assert MINUTE * 150 == recover(facts)["rpo"].used

    def test_without_any_point_nobody_knows_what_was_lost(self):
        """The clock has not begun."""
        assert "not begun" == recover(failed(f"{MON}T08:00Z", f"{MON}T10:00Z"))["rpo"].state

    def test_a_declared_disaster_has_a_time_of_its_own(self):
        """Declared three hours in: eleven hours of fourteen, and nothing where none was declared."""
        facts = failed(f"{MON}T08:00Z", f"{MON}T22:00Z")
        declared = DisasterDeclared(**header("declared", f"{MON}T11:00Z"), outage="O-1", by="Mara")

        assert "not begun" == recover(facts)["dr"].state
        found = recover([*facts, declared])["dr"]
        assert (HOUR * 11, Verdict.NOT_REACHED) == (found.used, found.verdict)

    def test_a_running_incident_is_open(self):
        """Not yet missed at its very end, missed after it."""
        facts = failed(f"{MON}T08:00Z")

        assert Verdict.NOT_YET_KNOWN is recover(facts, at(f"{MON}T16:00Z"))["rto"].verdict
        assert Verdict.NOT_REACHED is recover(facts, at(f"{MON}T16:00:01Z"))["rto"].verdict

    @pytest.mark.parametrize("told", [True, False])
    def test_a_drill_is_timed_like_an_incident(self, told: bool):
        """Failed at eight, back at noon, from the data of six; a drill may tell less."""
        drill = DrillRun(
            **header("drill", f"{MON}T13:00Z"), drill="D-1", from_at=at(f"{MON}T08:00Z"), restored_at=at(f"{MON}T12:00Z"),
            point_at=at(f"{MON}T06:00Z") if told else None, declared_at=at(f"{MON}T09:00Z") if told else None,
        )  # fmt: skip
        found = recover([drill])

        assert ("rto/D-1", HOUR * 4) == (found["rto"].rule, found["rto"].used)
        assert (HOUR * 2, HOUR * 3) == (found["rpo"].used, found["dr"].used) or not told
        assert told or "not begun" == found["dr"].state

    @pytest.mark.parametrize(("as_of", "known"), [(f"{MON}T12:59:59Z", False), (f"{MON}T13:00Z", True)])
    def test_a_drill_is_known_from_the_instant_of_its_record(self, as_of: str, known: bool):
        """Restored at noon and told at one."""
        begun, back = at(f"{MON}T08:00Z"), at(f"{MON}T12:00Z")
        drill = DrillRun(**header("drill", f"{MON}T13:00Z"), drill="D-1", from_at=begun, restored_at=back)

        assert known == ("rto" in recover([drill], at(as_of)))


class TestPoints:
    def test_an_alarm_before_anything_fails(self):
        """What would be lost now: since five, four hours are borne, so from nine on it is too much."""
        copy, nine, later = copied(f"{MON}T05:00Z"), at(f"{MON}T09:00Z"), at(f"{MON}T09:01Z")
        early, late = (look_at_points(TERMS, [copy], when) for when in (nine, later))

        assert [("rpo", False), ("max-loss", False)] == [(one.rule, one.is_over) for one in early]
        assert [True, False] == [one.is_over for one in late]
        assert at(f"{MON}T09:00Z") == early[0].due_at

    def test_without_any_point_it_is_over(self):
        """Everything would be lost."""
        assert [(None, True)] * 2 == [(one.point_at, one.is_over) for one in look_at_points(TERMS, [], at(f"{MON}T09:00Z"))]

    def test_tells_how_long_it_was_over_in_a_period(self):
        """Copies at midnight and at six: two hours too old before the second, and from ten on."""
        facts = [copied(f"{MON}T00:00Z"), copied(f"{MON}T06:00Z")]
        findings = find_stale(TERMS, facts, FEB, at(f"{MON}T12:00Z"))

        assert [("recovery/rpo/points", HOUR * 4), ("recovery/max-loss/points", HOUR * 0)] == [
            (one.rule, one.value) for one in findings
        ]
        assert [] == find_wrong_sums(findings)
        assert {Verdict.NOT_APPLICABLE} == {one.verdict for one in findings}
        assert (at(f"{MON}T06:00Z"), HOUR * 4, at(f"{MON}T10:00Z")) == tuple(
            findings[0].quantity(name) for name in ("newest", "allowed", "due")
        )

    @pytest.mark.parametrize(("as_of", "known"), [("2026-01-31T22:59:59Z", False), ("2026-01-31T23:00Z", True)])
    def test_a_point_is_known_from_its_very_instant(self, as_of, known):
        """Live, and in what is told of a period."""
        point = copied("2026-01-31T23:00Z")
        year = Span(at("2026-01-01T00:00Z"), at("2027-01-01T00:00Z"))

        assert known == (look_at_points(TERMS, [point], at(as_of))[0].point_at is not None)
        assert known == bool(find_stale(TERMS, [point], year, at(as_of)))

    @pytest.mark.parametrize(("as_of", "told"), [("2026-02-01T00:00Z", False), ("2026-02-01T00:00:01Z", True)])
    def test_says_nothing_of_a_period_that_has_not_begun(self, as_of, told):
        """At its first instant nothing of it is past; a second later a second is."""
        assert told == bool(find_stale(TERMS, [copied("2026-01-31T23:00Z")], FEB, at(as_of)))

    def test_says_nothing_before_the_first_point(self):
        """Nor of a period that has not begun."""
        assert () == find_stale(TERMS, [], FEB, LATER)
        assert () == find_stale(TERMS, [copied("2026-01-20T00:00Z")], FEB, at("2026-01-25T00:00Z"))

    def test_a_time_of_days_is_no_age(self):
        """Only a length of time bounds how old a point may be."""
        terms = bound(changed(recovery={"rpo": objective("last recovery point", "outage start", "2 calendar days")}))

        assert () == look_at_points(terms, [copied(f"{MON}T05:00Z")], at(f"{MON}T09:00Z"))


def test_restores_are_listed_with_their_kind():
    """How long each took, whoever lost what it brought back; those of other periods are not."""

    def restored(asked: str, done: str, kind: str, **more: Any) -> Fact:
        return RestoreDone(**header(f"restore/{done}", done), restore=f"R/{done}", kind=kind, asked_at=at(asked), **more)

    facts = [
        restored(f"{MON}T08:00Z", f"{MON}T09:30Z", "single", deleted_by="customer"),
        restored(f"{MON}T10:00Z", f"{MON}T15:00Z", "disaster"), restored("2026-03-02T10:00Z", "2026-03-02T11:00Z", "single"),
    ]  # fmt: skip
    findings = list_restores(facts, FEB)

    assert [MINUTE * 90, HOUR * 5] == [one.value for one in findings]
    assert ["customer", "nobody named"] == [one.quantity("deleted by") for one in findings]
    assert "from the request to the single restore, lost by the customer" == findings[0].why.words
