"""As which kind a window is judged, and what of it is excused."""

from dataclasses import replace

import pytest

from tests.core.maintenance.test_trials import plan
from tests.core.spans import span
from tests.core.terms.changed import terms
from upheld.core.maintenance import check_plan, classify
from upheld.core.timeline import Timeline

TERMS = terms()
JUNE = Timeline.of([span("2025-06-01T00:00Z", "2025-07-01T00:00Z")])
NIGHT = plan("regular", "2025-06-09T20:00Z", "2025-06-09T23:00Z", name="r1")
SECOND = plan("regular", "2025-06-11T20:00Z", "2025-06-11T23:00Z", name="r2")
FAILOVER = plan("failover", "2025-06-11T19:00Z", "2025-06-11T23:00Z", "2025-04-01T09:00Z", name="f1")


def judged(*windows, down=JUNE):
    return {done.window.id: done.kind.name for done in classify(TERMS, windows, down)}


class TestClassify:
    def test_late_notice_makes_an_emergency(self):
        """TP-13: told on Friday for Monday: emergency, and all of it counts as down."""
        (found,) = classify(TERMS, [plan("scheduled", "2025-06-09T20:00Z", "2025-06-09T23:00Z", "2025-06-06T09:00Z")], JUNE)

        assert ("emergency", "down", Timeline()) == (found.kind.name, found.effect, found.excused)
        assert (
            "scheduled w1, Mon 9 Jun 2025 20:00–23:00 UTC: judged as emergency; notice Fri 6 Jun 2025 09:00 UTC"
            in found.words
        )
        assert ["failed", "passed"] == [step.value for step in found.tell().because]

    def test_notice_in_time_excuses(self):
        """TP-26, TP-41: out of the base, with every test that was run."""
        (found,) = classify(TERMS, [plan("scheduled", "2025-06-10T20:00Z", "2025-06-10T23:00Z", "2025-06-02T09:00Z")], JUNE)

        assert ("scheduled", "out of base") == (found.kind.name, found.effect)
        assert Timeline.of([found.window.span]) == found.excused
        assert "out of base" == found.tell().value

    def test_the_second_regular_window_of_a_week_is_an_emergency(self):
        """TP-21: once per week."""
        assert {"r1": "regular", "r2": "emergency"} == judged(SECOND, NIGHT)

    def test_a_window_without_down_time_leaves_the_turn(self):
        """TP-21: the service stayed up on Monday, so Wednesday's is the first."""
        assert {"r1": "regular", "r2": "regular"} == judged(NIGHT, SECOND, down=Timeline.of([SECOND.span]))

    def test_a_cancelled_window_leaves_the_turn(self):
        """Down by chance while nobody worked: Monday's cancelled window takes no turn and excuses nothing."""
        cancelled = replace(NIGHT, is_cancelled=True)
        first, second = classify(TERMS, [cancelled, SECOND], JUNE)

        assert ("down", Timeline()) == (first.effect, first.excused)
        assert first.words.endswith("cancelled, excuses nothing")
        assert ("regular", "out of base") == (second.kind.name, second.effect)

    @pytest.mark.parametrize("others", [[NIGHT, SECOND], [SECOND]])
    def test_a_failover_test_keeps_away_from_the_weekly_window(self, others):
        """TP-15: also where the weekly window begins after it; a window judged an emergency is no weekly one."""
        assert {"f1": "emergency"}.items() <= judged(FAILOVER, *others).items()

    def test_a_failover_test_need_not_keep_away_from_what_was_cancelled_or_passed(self):
        """Cancelled, or an earlier one that was judged an emergency."""
        cancelled = replace(SECOND, is_cancelled=True)
        early = plan("regular", "2025-06-11T18:00Z", "2025-06-11T23:00Z", name="r2")

        assert "failover" == judged(FAILOVER, cancelled)["f1"]
        assert {"r1": "regular", "r2": "emergency", "f1": "failover"} == judged(NIGHT, early, FAILOVER)

    def test_protective_work_is_an_emergency_under_another_name(self):
        """TP-17: no notice, and it counts."""
        assert {"w1": "emergency"} == judged(plan("protective", "2025-06-10T20:00Z", "2025-06-10T23:00Z"))

    def test_work_that_becomes_another_kind_is_bound_by_its_greatest_length(self):
        """Told too late to be scheduled, three hours are judged as short work, of which one hour is excused."""
        short = {
            "counts as": "up", "measured": "time down", "notice": "none", "longest": "1 hour", "beyond": "surplus",
            "otherwise": "none",
        }  # fmt: skip
        bound = terms(maintenance__short=short, maintenance__scheduled__otherwise="short")
        (found,) = classify(bound, [plan("scheduled", "2025-06-09T20:00Z", "2025-06-09T23:00Z")], JUNE)

        assert "short" == found.kind.name
        assert Timeline.of([span("2025-06-09T20:00Z", "2025-06-09T21:00Z")]) == found.excused

    def test_a_kind_that_the_agreement_does_not_know_is_not_judged(self):
        """It excuses nothing; the statement shows it as held."""
        assert {} == judged(plan("party", "2025-06-10T20:00Z", "2025-06-10T23:00Z"))


class TestCheckPlan:
    def test_says_before_saving_whether_it_would_count(self):
        """Planned work takes its turn among what stands, as if the service were down for all of it."""
        assert "regular" == check_plan(TERMS, NIGHT, [], Timeline()).kind.name
        assert "emergency" == check_plan(TERMS, SECOND, [NIGHT], Timeline()).kind.name

    def test_leaves_out_its_own_earlier_plan(self):
        """Moving a window within its week is not a second one."""
        moved = replace(NIGHT, span=SECOND.span, worked_span=SECOND.span)

        assert "regular" == check_plan(TERMS, moved, [NIGHT], Timeline()).kind.name

    def test_must_be_of_a_known_kind(self):
        """The console offers the kinds that the agreement names."""
        with pytest.raises(KeyError):
            check_plan(TERMS, plan("party", "2025-06-10T20:00Z", "2025-06-10T23:00Z"), [], Timeline())
