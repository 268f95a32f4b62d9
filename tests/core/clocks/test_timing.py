"""One clock on one ticket: when it is due, how much is used, what is said of it."""

import pytest

from tests.core.clocks.agreement import at, bound, changed, failed, held, put, run, said, ticket
from upheld.core.explain import Verdict
from upheld.core.timeline import HOUR, MINUTE, ZERO

TWO_AT_ONCE = {
    "one": {"when": {"priority": "high"}, "within": "1 hour"},
    "two": {"when": {"urgent": False}, "within": "2 hours"},
}
MON, TUE, FRI = "2026-02-02", "2026-02-03", "2026-01-30"


class TestDue:
    def test_counts_in_its_own_hours(self):
        """An hour from half past four on Friday ends at half past nine on Monday."""
        found = run(ticket(f"{FRI}T16:30Z"))

        assert at(f"{MON}T09:30Z") == found.due_at
        assert "business" == found.calendar
        assert HOUR == found.allowed

    def test_is_met_at_exactly_its_end(self):
        """A stop at the due instant is in time; a microsecond later is not."""
        facts = ticket(f"{MON}T10:00Z")

        assert Verdict.MET is run([*facts, said(f"{MON}T11:00Z")]).verdict
        assert Verdict.MISSED is run([*facts, said(f"{MON}T11:00:00.000001Z")]).verdict

    def test_is_open_until_it_has_passed(self):
        """At the due instant an answer would still be in time, so nothing is missed yet."""
        facts = ticket(f"{MON}T10:00Z")

        assert Verdict.NOT_YET_KNOWN is run(facts, f"{MON}T11:00Z").verdict
        assert Verdict.MISSED is run(facts, f"{MON}T11:00:00.000001Z").verdict

    def test_a_machine_never_answers(self):
        """Neither an automatic message nor a note that the customer does not see stops it; a person's answer does."""
        facts = [*ticket(f"{MON}T10:00Z"), said(f"{MON}T10:01Z", "machine"), said(f"{MON}T10:02Z", is_public=False)]

        assert None is run(facts).stop_at
        assert at(f"{MON}T10:30Z") == run([*facts, said(f"{MON}T10:30Z")]).stop_at

    def test_tells_what_is_left_while_it_runs(self):
        """At half past ten half of the hour is used."""
        found = run(ticket(f"{MON}T10:00Z"), f"{MON}T10:30Z")

        assert ("running", MINUTE * 30, MINUTE * 30) == (found.state, found.used, found.left)

    def test_a_missed_time_has_less_than_nothing_left(self):
        """Ten minutes over."""
        assert MINUTE * 70 == run([*ticket(f"{MON}T10:00Z"), said(f"{MON}T11:10Z")]).used

    @pytest.mark.parametrize(
        ("within", "hours", "due"),
        [
            ("4 hours", "business", f"{FRI}T17:00Z"),
            ("1 business day", "business", f"{MON}T13:00Z"),
            ("1 open business day", "always", f"{MON}T13:00Z"),
            ("1 whole business day", "business", "2026-02-03T00:00Z"),
            ("1 closing business day", "business", f"{MON}T17:00Z"),
            ("2 calendar days", "business", "2026-02-02T00:00Z"),
            ("90 business minutes", "always", f"{FRI}T14:30Z"),
            ("6 business hours", "always", f"{MON}T11:00Z"),
        ],
    )
    def test_knows_every_kind_of_time(self, within: str, hours: str, due: str):
        """From one o'clock on a Friday: hours of the clock, days in all kinds, hours of a calendar by its name."""
        terms = bound(changed(clocks__respond__cases__high={"when": {"priority": "high"}, "within": within, "hours": hours}))

        assert at(due) == run(ticket(f"{FRI}T13:00Z"), terms=terms).due_at

    def test_no_time_is_promised(self):
        """A priority without a time has none, and what is done instead is said."""
        found = run([*ticket(f"{MON}T10:00Z", "idle"), said(f"{MON}T12:00Z")])

        assert ("no time", None, Verdict.NOT_APPLICABLE) == (found.state, found.due_at, found.verdict)
        assert "a date that suits both" in found.why.words

    def test_is_not_known_without_a_priority(self):
        """While nobody has set a priority nobody knows the time; once one is set it counts from the receipt."""
        facts = ticket(f"{MON}T10:00Z", "")

        assert Verdict.NOT_YET_KNOWN is run(facts).verdict
        assert "no priority has been set" in run(facts).why.words
        assert at(f"{MON}T11:00Z") == run([*facts, put(f"{MON}T10:40Z", "high")]).due_at

    def test_a_priority_that_no_case_knows_has_no_time(self):
        """None of the cases speaks of it."""
        assert "no case of it speaks of this" in run(ticket(f"{MON}T10:00Z", "strange")).why.words

    def test_two_cases_that_hold_at_once_are_undecided(self):
        """The agreement does not say which of the two times is promised."""
        terms = bound(changed(clocks__respond__cases=TWO_AT_ONCE))
        found = run([*ticket(f"{MON}T10:00Z"), said(f"{MON}T12:00Z")], terms=terms)

        assert ("undecided", Verdict.UNDECIDED) == (found.state, found.verdict)
        assert "one and two both hold" in found.why.words

    def test_two_cases_of_which_one_may_hold_are_not_known(self):
        """What would decide is a fact that is not there yet."""
        found = run(ticket(f"{MON}T10:00Z", ""), terms=bound(changed(clocks__respond__cases=TWO_AT_ONCE)))

        assert Verdict.NOT_YET_KNOWN is found.verdict

    def test_a_calendar_that_never_opens_again_gives_no_due_time(self):
        """Instead of a time that nobody can name there is none, and nothing fails."""
        calendar = {"zone": "UTC", "open": ["mon 09:00-09:01"], "closed": "none", "day": "none"}
        high = {"when": {"priority": "high"}, "within": "5000 hours", "hours": "rare"}
        terms = bound(changed(calendars__rare=calendar, clocks__respond__cases__high=high))

        assert None is run(ticket(f"{MON}T10:00Z"), terms=terms).due_at

    def test_a_calendar_without_a_day_gives_no_due_time(self):
        """Nor a length of the time allowed."""
        calendar = {"zone": "UTC", "open": [], "closed": "none", "day": "whole"}
        high = {"when": {"priority": "high"}, "within": "1 rare day"}
        found = run(
            ticket(f"{MON}T10:00Z"), terms=bound(changed(calendars__rare=calendar, clocks__respond__cases__high=high))
        )

        assert (None, ZERO) == (found.due_at, found.allowed)

    def test_a_best_effort_is_shown_and_never_judged(self):
        """Its due time and what was used are there, a verdict is not."""
        terms = bound(changed(clocks__respond__strength="best effort"))
        found = run([*ticket(f"{MON}T10:00Z"), said(f"{MON}T12:00Z")], terms=terms)

        assert (Verdict.NOT_APPLICABLE, at(f"{MON}T11:00Z"), "") == (found.verdict, found.due_at, found.grade)

    @pytest.mark.parametrize(
        ("strength", "grade"), [("promise", "promise missed"), ("objective", "objective missed"), ("limit", "limit broken")]
    )
    def test_grades_what_was_missed(self, strength: str, grade: str):
        """A limit that is not kept is broken; what was kept was kept."""
        terms = bound(changed(clocks__respond__strength=strength))

        assert grade == run([*ticket(f"{MON}T10:00Z"), said(f"{MON}T12:00Z")], terms=terms).grade
        assert f"{strength} kept" == run([*ticket(f"{MON}T10:00Z"), said(f"{MON}T10:10Z")], terms=terms).grade


class TestPauses:
    """What every desk must get right: eight hours from Monday, waiting from Friday four o'clock to Monday ten."""

    terms = bound(
        changed(
            calendars__business={"zone": "Europe/London", "open": ["mon-fri 09:00-17:00"], "closed": "none", "day": "whole"},
            clocks__respond__pauses=[{"waiting for": "customer"}],
            clocks__respond__cases__high={"when": {"priority": "high"}, "within": "8 hours"},
        )
    )

    def test_a_pause_takes_out_its_open_time_alone(self):
        """Over the weekend on which the clocks change: due Monday 17:00 in London, and nothing is given away."""
        facts = [*ticket("2026-03-27T15:00Z"), *held("2026-03-27T16:00Z", "2026-03-30T09:00Z")]

        assert at("2026-03-30T16:00Z") == run(facts, terms=self.terms).due_at

    def test_without_a_pause(self):
        """The same ticket is due at 15:00."""
        assert at("2026-03-30T14:00Z") == run(ticket("2026-03-27T15:00Z"), terms=self.terms).due_at

    def test_a_pause_in_closed_hours_changes_nothing(self):
        """Nobody worked then anyway."""
        facts = [*ticket("2026-03-27T15:00Z"), *held("2026-03-28T10:00Z", "2026-03-29T10:00Z")]

        assert at("2026-03-30T14:00Z") == run(facts, terms=self.terms).due_at

    def test_pauses_that_overlap_count_once(self):
        """Two holds over the same hours take out those hours once."""
        facts = [
            *ticket(f"{MON}T09:00Z"), *held(f"{MON}T10:00Z", f"{MON}T12:00Z"), *held(f"{MON}T11:00Z", f"{MON}T13:00Z"),
        ]  # fmt: skip

        assert at(f"{TUE}T12:00Z") == run(facts, terms=self.terms).due_at

    def test_an_open_pause_hides_the_due_time(self):
        """Nobody knows when the customer will write; what is left is known, and nothing is missed meanwhile."""
        found = run([*ticket(f"{MON}T09:00Z"), *held(f"{MON}T12:00Z")], "2026-02-20T00:00Z", self.terms)

        assert ("paused", None, HOUR * 5, Verdict.NOT_YET_KNOWN) == (found.state, found.due_at, found.left, found.verdict)

    def test_an_answer_during_a_pause_is_in_time(self):
        """The time was not used up, however long it waited."""
        facts = [*ticket(f"{MON}T09:00Z"), *held(f"{MON}T12:00Z"), said("2026-02-20T10:00Z")]

        assert Verdict.MET is run(facts, terms=self.terms).verdict

    def test_a_pause_after_the_due_time_saves_nothing(self):
        """What was missed stays missed."""
        facts = [*ticket(f"{MON}T09:00Z"), *held("2026-02-04T12:00Z")]

        assert Verdict.MISSED is run(facts, terms=self.terms).verdict

    def test_waiting_for_the_customer_ends_with_his_message(self):
        """Nobody has to close the hold."""
        facts = [*ticket(f"{MON}T09:00Z"), *held(f"{MON}T12:00Z"), said(f"{MON}T14:00Z", "customer")]

        assert at(f"{TUE}T11:00Z") == run(facts, terms=self.terms).due_at

    def test_an_agreed_date_ends_it(self):
        """Known beforehand, so the due time is known while it stands still."""
        facts = [*ticket(f"{MON}T09:00Z"), *held(f"{MON}T12:00Z", until_at=at(f"{TUE}T09:00Z"))]
        found = run(facts, f"{MON}T13:00Z", self.terms)

        assert ("paused", at(f"{TUE}T14:00Z")) == (found.state, found.due_at)

    def test_a_hold_without_evidence_stops_nothing(self):
        """A switched state alone makes no pause."""
        facts = [*ticket(f"{MON}T09:00Z"), *held(f"{MON}T12:00Z", f"{MON}T14:00Z", evidence="")]

        assert at(f"{MON}T17:00Z") == run(facts, terms=self.terms).due_at

    def test_waiting_for_somebody_else_is_no_pause_of_this_clock(self):
        """The clause names the customer alone."""
        facts = [*ticket(f"{MON}T09:00Z"), *held(f"{MON}T12:00Z", f"{MON}T14:00Z", "third party")]

        assert at(f"{MON}T17:00Z") == run(facts, terms=self.terms).due_at

    def test_a_pause_moves_days_by_their_open_time(self):
        """The end of a whole day moves by two working hours: to two hours into the next day."""
        high = {"when": {"priority": "high"}, "within": "1 whole business day"}
        terms = bound(changed(clocks__respond__pauses=[{"waiting for": "customer"}], clocks__respond__cases__high=high))
        facts = ticket(f"{MON}T10:00Z")

        assert at("2026-02-04T00:00Z") == run(facts, terms=terms).due_at
        assert at("2026-02-04T11:00Z") == run([*facts, *held(f"{TUE}T10:00Z", f"{TUE}T12:00Z")], terms=terms).due_at
        assert at("2026-02-04T00:00Z") == run([*facts, *held(f"{TUE}T17:00Z", f"{TUE}T22:00Z")], terms=terms).due_at

    def test_used_time_adds_up(self):
        """Open time less the pauses is what was used, and the reasons show both."""
        facts = [*ticket(f"{MON}T09:00Z"), *held(f"{MON}T10:00Z", f"{MON}T12:00Z"), said(f"{MON}T15:00Z")]
        found = run(facts, terms=self.terms)
        used = next(step for step in found.why.because if step.adds)

        assert HOUR * 4 == found.used == used.value
        assert [HOUR * 6, HOUR * -2] == [step.value for step in used.because]


class TestCauses:
    terms = bound(
        changed(
            clocks__mend={
                **{key: value for key, value in changed()["clocks"]["respond"].items() if key != "cases"},
                "starts": {"any": ["outage start", "received"]}, "stops": "resolved", "hours": "always", "within": "6 hours",
                "pauses": [{"cause": ["storm"]}], "after reopen": "resumes",
            }
        )
    )  # fmt: skip

    def test_begins_with_the_outage_however_late_it_is_reported(self):
        """The issue began at ten, the customer wrote at noon."""
        facts = [*failed(f"{MON}T10:00Z"), *ticket(f"{MON}T12:00Z", outage="O-1")]

        assert at(f"{MON}T16:00Z") == run(facts, terms=self.terms, clock="mend").due_at

    def test_stands_still_while_a_cause_outside_is_active(self):
        """Two hours of storm move it by two hours."""
        facts = [*failed(f"{MON}T10:00Z", storm=(f"{MON}T11:00Z", f"{MON}T13:00Z")), *ticket(f"{MON}T12:00Z", outage="O-1")]

        assert at(f"{MON}T18:00Z") == run(facts, terms=self.terms, clock="mend").due_at

    def test_an_own_cause_at_the_same_time_wins(self):
        """Of two hours of storm one had a fault of our own as well: only the other stands still."""
        facts = [
            *failed(f"{MON}T10:00Z", f"{MON}T13:00Z", storm=(f"{MON}T11:00Z", f"{MON}T13:00Z")),
            *failed(f"{MON}T12:00Z", name="O-2"), *ticket(f"{MON}T10:00Z", outage="O-1"),
        ]  # fmt: skip

        assert at(f"{MON}T17:00Z") == run(facts, terms=self.terms, clock="mend").due_at

    def test_a_hold_may_name_a_cause(self):
        """A ticket without an outage stands under a cause as well."""
        facts = [*ticket(f"{MON}T10:00Z"), *held(f"{MON}T11:00Z", f"{MON}T12:00Z", "", cause="storm")]

        assert at(f"{MON}T17:00Z") == run(facts, terms=self.terms, clock="mend").due_at

    def test_has_not_begun_while_nothing_happened(self):
        """A clock of repair on a ticket that staff opened, of which the customer has not written."""
        found = run(ticket(f"{MON}T10:00Z", opened_by="staff"), terms=self.terms, clock="mend")

        assert ("not begun", None, ZERO) == (found.state, found.start_at, found.used)
        assert None is found.left
        assert "mend/T-1" == found.rule
