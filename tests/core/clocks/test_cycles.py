"""Clocks that run more than once, begin late, are taken up again, or end with another ticket."""

from typing import Any

import pytest

from tests.core.clocks.agreement import (
    CLOCK,
    at,
    bound,
    changed,
    desk,
    held,
    identified,
    informed,
    merged,
    put,
    reopened,
    resolved,
    run,
    said,
    ticket,
    waived,
    worked,
)
from upheld.core.clocks import Timed, look_at_desk
from upheld.core.explain import Verdict
from upheld.core.facts import Fact
from upheld.core.terms import Terms
from upheld.core.timeline import HOUR

MON, TUE, WED = "2026-02-02", "2026-02-03", "2026-02-04"


def with_clock(**keys: Any) -> Terms:
    named = {key.replace("_", " "): value for key, value in keys.items()}
    clock = {**CLOCK, "hours": "always", "within": "4 hours", **named}
    return bound(changed(clocks={"respond": clock}))


def runs(facts: list[Fact], terms: Terms, as_of: str = f"{WED}T00:00Z") -> tuple[Timed, ...]:
    return desk(facts, as_of, terms).runs["respond"]


class TestStarts:
    def test_the_later_of_several(self):
        """Received at ten, information complete at noon: four hours from noon."""
        terms = with_clock(starts={"all": ["received", "information complete"]})
        facts = ticket(f"{MON}T10:00Z")

        assert at(f"{MON}T16:00Z") == run([*facts, informed(f"{MON}T12:00Z")], terms=terms).due_at
        assert at(f"{MON}T14:00Z") == run(facts, terms=terms).due_at

    def test_information_that_was_asked_for_is_complete_with_the_answer(self):
        """Asked at eleven, told at one; while nothing came the clock has not begun."""
        terms = with_clock(starts={"all": ["received", "information complete"]})
        facts = [*ticket(f"{MON}T10:00Z"), said(f"{MON}T11:00Z", "person", "question")]

        assert "not begun" == run(facts, terms=terms).state
        assert at(f"{MON}T17:00Z") == run([*facts, said(f"{MON}T13:00Z", "customer")], terms=terms).due_at

    def test_a_ticket_of_staff_begins_with_the_customers_first_message(self):
        """Opened on a call at ten, the customer wrote at eleven."""
        terms = with_clock()
        facts = ticket(f"{MON}T10:00Z", opened_by="staff")

        assert "not begun" == run(facts, terms=terms).state
        assert at(f"{MON}T15:00Z") == run([*facts, said(f"{MON}T11:00Z", "customer")], terms=terms).due_at

    def test_a_ticket_split_off_begins_with_its_message(self):
        """Split at noon from a message of nine o'clock."""
        facts = ticket(f"{MON}T12:00Z", split_from="T-0", received_at=at(f"{MON}T09:00Z"))

        assert at(f"{MON}T13:00Z") == run(facts, terms=with_clock()).due_at

    def test_begins_when_the_fault_is_known(self):
        """The clock of a repair may begin with the diagnosis."""
        assert at(f"{MON}T15:00Z") == run(
            [*ticket(f"{MON}T10:00Z"), identified(f"{MON}T11:00Z")], terms=with_clock(starts="identified")
        ).due_at  # fmt: skip


class TestStops:
    def test_the_later_of_both(self):
        """Answered at eleven, begun at half past two: late, though it was answered in time."""
        terms = with_clock(stops={"all": ["reply by a person", "work started"]})
        facts = [*ticket(f"{MON}T10:00Z"), said(f"{MON}T11:00Z")]

        assert Verdict.MISSED is run([*facts, worked(f"{MON}T14:30Z")], terms=terms).verdict
        assert Verdict.MET is run([*facts, worked(f"{MON}T14:00Z")], terms=terms).verdict
        assert None is run(facts, terms=terms).stop_at

    def test_work_that_was_begun_before_goes_on(self):
        """Begun before the information was complete, it need not begin again; the answer must come after."""
        terms = with_clock(starts="information complete", stops={"all": ["reply by a person", "work started"]})
        facts = [*ticket(f"{MON}T10:00Z"), worked(f"{MON}T10:30Z"), informed(f"{MON}T12:00Z"), said(f"{MON}T13:00Z")]

        assert at(f"{MON}T13:00Z") == run(facts, terms=terms).stop_at

    @pytest.mark.parametrize(
        ("says", "event"), [("ETA", "ETA given"), ("update", "update sent"), ("confirmation", "confirmation")]
    )
    def test_a_message_that_says_it(self, says: str, event: str):
        """A person's message that holds what the clause asks for; another one does not stop it."""
        terms = with_clock(stops=event)
        facts = [*ticket(f"{MON}T10:00Z"), said(f"{MON}T11:00Z")]

        assert None is run(facts, terms=terms).stop_at
        assert at(f"{MON}T12:00Z") == run([*facts, said(f"{MON}T12:00Z", "person", says)], terms=terms).stop_at


class TestReopen:
    facts = (*ticket(f"{MON}T08:00Z"), resolved(f"{MON}T10:00Z"), reopened(f"{MON}T20:00Z"), resolved(f"{MON}T21:00Z"))

    def test_resumes(self):
        """Two hours, ten hours that count for nothing, one hour more: in time, both times."""
        first, second = runs([*self.facts], with_clock(stops="resolved", after_reopen="resumes"))

        assert (Verdict.MET, Verdict.MET) == (first.verdict, second.verdict)
        assert (HOUR * 2, HOUR * 3) == (first.used, second.used)
        assert at(f"{MON}T22:00Z") == second.due_at
        assert ("respond/T-1", "respond/T-1/2") == (first.rule, second.rule)

    def test_a_run_says_why_it_begins_a_second_time(self):
        """The first begins with what the clause names alone, the second tells of the ticket that was reopened."""
        found = runs([*self.facts], with_clock(stops="resolved", after_reopen="resumes"))

        assert ["begins with: received", "begins with: received (taken up again when the ticket was reopened)"] == [
            one.why.because[0].words for one in found
        ]

    def test_starts_anew(self):
        """The second time has four hours of its own."""
        _, second = runs([*self.facts], with_clock(stops="resolved", after_reopen="starts anew"))

        assert (at(f"{TUE}T00:00Z"), HOUR) == (second.due_at, second.used)

    def test_stays_stopped(self):
        """What was resolved in time stays so."""
        assert 1 == len(runs([*self.facts], with_clock(stops="resolved", after_reopen="stays stopped")))

    def test_a_miss_before_stays(self):
        """Resolved too late, reopened and resolved: both are told."""
        facts = [*ticket(f"{MON}T02:00Z"), *self.facts[2:]]
        first, second = runs(facts, with_clock(stops="resolved", after_reopen="resumes"))

        assert (Verdict.MISSED, Verdict.MISSED) == (first.verdict, second.verdict)

    def test_reopened_and_open(self):
        """The clock runs on."""
        _, second = runs([*self.facts[:-1]], with_clock(stops="resolved", after_reopen="resumes"), f"{MON}T21:00Z")

        assert ("running", HOUR) == (second.state, second.left)


class TestOngoing:
    terms = with_clock(starts="latest customer message", repeats="at each start")
    opened = (*ticket(f"{MON}T06:00Z"), said(f"{MON}T07:00Z"))

    def test_each_message_is_answered_within_its_time(self):
        """Two questions, two answers, the second one late."""
        facts = [
            *self.opened, said(f"{MON}T08:00Z", "customer"), said(f"{MON}T10:00Z"),
            said(f"{MON}T12:00Z", "customer"), said(f"{MON}T17:00Z"),
        ]  # fmt: skip

        assert [Verdict.MET, Verdict.MISSED] == [one.verdict for one in runs(facts, self.terms)]
        assert ["respond/T-1/1", "respond/T-1/2"] == [one.rule for one in runs(facts, self.terms)]

    def test_the_latest_message_counts_and_the_oldest_is_shown(self):
        """Written at ten and half past eleven, answered half past two: three hours of four."""
        facts = [
            *self.opened, said(f"{MON}T10:00Z", "customer"), said(f"{MON}T11:30Z", "customer"), said(f"{MON}T14:30Z"),
        ]  # fmt: skip
        (found,) = runs(facts, self.terms)

        assert (Verdict.MET, HOUR * 3) == (found.verdict, found.used)
        assert "the oldest that waited is of Mon 2 Feb 2026 10:00 UTC" in found.why.because[0].words

    def test_or_the_oldest(self):
        """The same two, from the oldest: four and a half hours."""
        facts = [
            *self.opened, said(f"{MON}T10:00Z", "customer"), said(f"{MON}T11:30Z", "customer"), said(f"{MON}T14:30Z"),
        ]  # fmt: skip
        (found,) = runs(facts, with_clock(starts="oldest customer message", repeats="at each start"))

        assert Verdict.MISSED is found.verdict

    def test_who_asks_again_after_the_time_was_over_erases_nothing(self):
        """Four hours without an answer were missed before the second message came."""
        facts = [
            *self.opened, said(f"{MON}T08:00Z", "customer"), said(f"{MON}T13:00Z", "customer"), said(f"{MON}T14:00Z"),
        ]  # fmt: skip
        first, second = runs(facts, self.terms)

        assert (Verdict.MISSED, True) == (first.verdict, first.is_superseded)
        assert (Verdict.MET, False) == (second.verdict, second.is_superseded)

    def test_thanks_need_no_answer(self):
        """A message that was found to ask nothing begins no run."""
        facts = [*self.opened, said(f"{MON}T08:00Z", "customer"), waived(f"{MON}T08:10Z", f"customer/{MON}T08:00Z")]

        assert ["not begun"] == [one.state for one in runs(facts, self.terms)]

    def test_before_the_first_answer_the_first_response_is_owed(self):
        """A second message of a customer who had no answer yet begins no run of its own."""
        facts = [*self.opened[:2], said(f"{MON}T06:30Z", "customer"), self.opened[2]]

        assert ["not begun"] == [one.state for one in runs(facts, self.terms)]

    def test_a_resolved_ticket_ends_it(self):
        """Whoever resolves the matter has answered."""
        facts = [*self.opened, said(f"{MON}T08:00Z", "customer"), resolved(f"{MON}T09:00Z")]

        assert [Verdict.MET] == [one.verdict for one in runs(facts, self.terms)]

    def test_an_event_that_begins_it_again(self):
        """Of other starts, too, the later takes the place of the former."""
        terms = with_clock(starts="work started", stops="update sent", repeats="at each start")
        facts = [*ticket(f"{MON}T06:00Z"), worked(f"{MON}T07:00Z"), worked(f"{MON}T09:00Z")]

        assert at(f"{MON}T13:00Z") == run(facts, terms=terms).due_at


class TestUpdates:
    terms = with_clock(
        starts="first response", stops="update sent", repeats="at each stop", only_while={"state": "in-progress"},
        pauses=[{"waiting for": "customer"}],
    )  # fmt: skip
    opened = (*ticket(f"{MON}T06:00Z"), said(f"{MON}T08:00Z"))

    def test_each_update_begins_the_next(self):
        """At noon, at three (in time), at eight (an hour late)."""
        facts = [
            *self.opened, said(f"{MON}T12:00Z", "person", "update"), said(f"{MON}T15:00Z", "person", "update"),
            said(f"{MON}T20:00Z", "person", "update"),
        ]  # fmt: skip
        found = runs(facts, self.terms, f"{MON}T21:00Z")

        assert [Verdict.MET, Verdict.MET, Verdict.MISSED, Verdict.NOT_YET_KNOWN] == [one.verdict for one in found]
        assert at(f"{TUE}T00:00Z") == found[-1].due_at

    def test_waits_with_the_customer(self):
        """Two hours of waiting move it by two hours; the pause and the state are the same two hours."""
        facts = [*self.opened, *held(f"{MON}T09:00Z", f"{MON}T11:00Z")]

        assert at(f"{MON}T14:00Z") == run(facts, terms=self.terms).due_at

    def test_ends_with_the_matter(self):
        """A resolved ticket owes no further word, until it is reopened."""
        facts = [*self.opened, resolved(f"{MON}T10:00Z")]

        assert [Verdict.MET] == [one.verdict for one in runs(facts, self.terms)]
        found = runs([*facts, reopened(f"{MON}T12:00Z")], self.terms, f"{MON}T13:00Z")
        assert [Verdict.MET, Verdict.NOT_YET_KNOWN] == [one.verdict for one in found]
        assert at(f"{MON}T16:00Z") == found[-1].due_at

    def test_goes_on_after_a_matter_that_was_settled_for_no_time(self):
        """Resolved and reopened in one instant, for a message was under way: a second run, and no more of them."""
        facts = [*self.opened, resolved(f"{MON}T10:00Z"), reopened(f"{MON}T10:00Z")]

        found = runs(facts, self.terms, f"{MON}T13:00Z")

        assert [Verdict.MET, Verdict.NOT_YET_KNOWN] == [one.verdict for one in found]
        assert at(f"{MON}T14:00Z") == found[-1].due_at


class TestMerge:
    def test_the_one_that_goes_on_takes_the_earlier_start(self):
        """Both unanswered: four hours from nine, and the merged one has no clock any more."""
        facts = [
            *ticket(f"{MON}T09:00Z"), *ticket(f"{MON}T11:00Z", name="T-2"), merged(f"{MON}T12:00Z", "T-2"),
            said(f"{MON}T14:00Z", name="T-2"),
        ]  # fmt: skip
        state = desk(facts, terms=with_clock())
        first, second = state.of_ticket("T-1")[-1], state.of_ticket("T-2")[-1]

        assert ("no time", Verdict.NOT_APPLICABLE) == (first.state, first.verdict)
        assert "merged into T-2, which carries its time" in first.why.words
        assert (Verdict.MISSED, at(f"{MON}T13:00Z")) == (second.verdict, second.due_at)

    def test_where_the_other_was_answered_its_answers_stop_it(self):
        """The survivor's own promise was kept; the merged one waits on, and the next answer there is for it as well."""
        facts = [
            *ticket(f"{MON}T09:00Z"), *ticket(f"{MON}T08:00Z", name="T-2"), said(f"{MON}T08:30Z", name="T-2"),
            merged(f"{MON}T10:00Z", "T-2"), said(f"{MON}T12:00Z", name="T-2"),
        ]  # fmt: skip
        state = desk(facts, terms=with_clock())

        assert (Verdict.MET, at(f"{MON}T12:00Z")) == (state.of_ticket("T-1")[-1].verdict, state.of_ticket("T-1")[-1].stop_at)
        assert at(f"{MON}T08:30Z") == state.of_ticket("T-2")[-1].stop_at

    def test_what_was_settled_stays(self):
        """A miss is not merged away, and neither is what was kept."""
        late = [*ticket(f"{MON}T03:00Z"), *ticket(f"{MON}T08:00Z", name="T-2"), merged(f"{MON}T10:00Z", "T-2")]
        kept = [*ticket(f"{MON}T09:00Z"), said(f"{MON}T09:30Z"), *late[2:]]

        assert Verdict.MISSED is run(late, terms=with_clock()).verdict
        assert Verdict.MET is run(kept, terms=with_clock()).verdict

    def test_what_was_answered_at_the_very_instant_of_the_merge_is_settled(self):
        """A reply and a merge at ten: the promise was kept, and waits nowhere any more."""
        facts = [
            *ticket(f"{MON}T09:00Z"), said(f"{MON}T10:00Z"), *ticket(f"{MON}T08:00Z", name="T-2"),
            merged(f"{MON}T10:00Z", "T-2"),
        ]  # fmt: skip

        found = run(facts, terms=with_clock())

        assert (Verdict.MET, at(f"{MON}T10:00Z")) == (found.verdict, found.stop_at)

    def test_at_the_last_instant_in_time_it_still_waits(self):
        """Merged at one, when its four hours are out but not passed: its time goes on in the other ticket."""
        facts = [*ticket(f"{MON}T09:00Z"), *ticket(f"{MON}T11:00Z", name="T-2"), merged(f"{MON}T13:00Z", "T-2")]
        state = desk(facts, terms=with_clock())

        assert ("no time", at(f"{MON}T13:00Z")) == (state.of_ticket("T-1")[-1].state, state.of_ticket("T-2")[-1].due_at)

    def test_into_nothing_or_into_itself_changes_nothing(self):
        """A merge that names no other ticket is none."""
        for into in ("T-9", "T-1"):
            facts = [*ticket(f"{MON}T09:00Z"), merged(f"{MON}T10:00Z", into)]
            assert at(f"{MON}T13:00Z") == run(facts, terms=with_clock()).due_at

    def test_one_ticket_is_asked_with_those_merged_into_it(self):
        """Live, for one ticket, the answer is the same as for all."""
        facts = [*ticket(f"{MON}T09:00Z"), *ticket(f"{MON}T11:00Z", name="T-2"), merged(f"{MON}T12:00Z", "T-2"),
                 *ticket(f"{MON}T09:00Z", name="T-3")]  # fmt: skip
        alone = look_at_desk(with_clock(), facts, at(f"{MON}T12:30Z"), only=frozenset({"T-2"}))

        assert at(f"{MON}T13:00Z") == alone.of_ticket("T-2")[-1].due_at
        assert {"T-1", "T-2"} == set(alone.tickets)
        assert None is alone.last_run("respond", "T-3")
        assert None is alone.last_run("mend", "T-2")

    def test_a_priority_put_late_is_that_of_its_ticket(self):
        """A fact of a ticket that nobody opened belongs to none."""
        assert {} == desk([put(f"{MON}T09:00Z", "high")], terms=with_clock()).tickets
