"""What a change of priority does to a running clock, and who sets priorities."""

from typing import Any

import pytest

from tests.core.clocks.agreement import CLOCK, at, bound, changed, held, put, run, said, ticket
from upheld.core.explain import Verdict
from upheld.core.terms import Terms
from upheld.core.timeline import HOUR, MINUTE

MON, TUE = "2026-02-02", "2026-02-03"


def terms_with(how: str, **more: Any) -> Terms:
    return bound(changed(clocks__respond__after_change=how, **more))


class TestRaise:
    """Sixteen hours from Monday nine o'clock, raised to one hour at four in the afternoon."""

    facts = (*ticket(f"{MON}T09:00Z", "low"), put(f"{MON}T16:00Z", "high"))

    @pytest.mark.parametrize(
        ("how", "due"),
        [
            ("from start", f"{MON}T10:00Z"),
            ("from change", f"{MON}T17:00Z"),
            ("elapsed share", f"{MON}T16:33:45Z"),
            ("earlier of both", f"{MON}T17:00Z"),
        ],
    )
    def test_every_way(self, how: str, due: str):
        """Ten o'clock, five, half past four (9/16 of the hour were left), five."""
        assert at(due) == run([*self.facts], terms=terms_with(how)).due_at

    def test_the_earlier_one_may_be_what_was_promised_before(self):
        """Raised half an hour before its sixteen hours are out, it keeps them."""
        facts = [*ticket(f"{MON}T09:00Z", "low"), put(f"{TUE}T16:30Z", "high")]

        assert at(f"{TUE}T17:00Z") == run(facts, terms=terms_with("earlier of both")).due_at

    def test_of_two_equal_times_the_one_promised_before_stays(self):
        """Raised an hour before its sixteen hours are out: due at five either way, and still under the case of then."""
        facts = [*ticket(f"{MON}T09:00Z", "low"), put(f"{TUE}T16:00Z", "high")]
        found = run(facts, terms=terms_with("earlier of both"))

        assert (at(f"{TUE}T17:00Z"), "low") == (found.due_at, found.case)

    def test_the_earlier_one_while_a_pause_hides_the_other(self):
        """The time that can be named holds."""
        terms = terms_with(
            "earlier of both",
            clocks__respond__cases__low={
                "when": {"priority": "low"}, "within": "16 hours", "pauses": [{"waiting for": "customer"}],
            },
        )  # fmt: skip
        facts = [*ticket(f"{MON}T09:00Z", "low"), *held(f"{MON}T10:00Z"), put(f"{MON}T12:00Z", "high")]

        assert at(f"{MON}T13:00Z") == run(facts, terms=terms).due_at

    def test_a_share_is_counted_without_the_pauses(self):
        """Four of sixteen hours used, three paused: three quarters of the hour are left."""
        terms = terms_with("elapsed share", clocks__respond__pauses=[{"waiting for": "customer"}])
        facts = [*ticket(f"{MON}T09:00Z", "low"), *held(f"{MON}T10:00Z", f"{MON}T13:00Z"), put(f"{MON}T16:00Z", "high")]
        found = run(facts, terms=terms)

        assert at(f"{MON}T16:45Z") == found.due_at
        assert MINUTE * 45 == found.allowed

    def test_a_share_of_days_is_one_of_their_hours(self):
        """Four of twelve open hours used: two thirds of the hour are left; the other way round half of 15 h 30 min."""
        day = {"when": {"priority": "low"}, "within": "1 closing business day"}
        terms = terms_with("elapsed share", clocks__respond__cases__low=day)

        assert at(f"{MON}T17:00Z") == run([*ticket("2026-01-30T13:00Z", "low")], terms=terms).due_at
        assert (
            at(f"{MON}T09:40Z")
            == run([*ticket("2026-01-30T13:00Z", "low"), put(f"{MON}T09:00Z", "high")], terms=terms).due_at
        )
        assert at(f"{TUE}T09:15Z") == run([*ticket(f"{MON}T09:00Z"), put(f"{MON}T09:30Z", "low")], terms=terms).due_at

    def test_a_change_after_the_answer_changes_nothing(self):
        """What was settled stays."""
        facts = [*ticket(f"{MON}T09:00Z", "low"), said(f"{MON}T15:00Z"), put(f"{MON}T16:00Z", "high")]

        assert Verdict.MET is run(facts, terms=terms_with("from start")).verdict

    def test_a_priority_of_the_same_case_is_no_change(self):
        """Urgent and high have one time, and it goes on."""
        cases = {"pressing": {"when": {"priority": ["high", "urgent"]}, "within": "1 hour"}}
        facts = [*ticket(f"{MON}T09:00Z"), put(f"{MON}T09:30Z", "urgent")]

        assert at(f"{MON}T10:00Z") == run(facts, terms=terms_with("from change", clocks__respond__cases=cases)).due_at

    def test_the_same_priority_again_is_no_change(self):
        """Nobody restarts a clock by setting what is set."""
        facts = [*ticket(f"{MON}T09:00Z"), put(f"{MON}T09:30Z", "high")]

        assert at(f"{MON}T10:00Z") == run(facts, terms=terms_with("from change")).due_at


class TestLowering:
    def test_a_recorded_miss_stays(self):
        """Lowered after its hour was over, it was missed all the same."""
        found = run([*ticket(f"{MON}T09:00Z"), put(f"{MON}T10:30Z", "low")], terms=terms_with("from start"))

        assert (Verdict.MISSED, at(f"{MON}T10:00Z")) == (found.verdict, found.due_at)

    def test_to_a_priority_without_a_time(self):
        """From then on nothing is promised; an answer is neither in time nor late."""
        found = run([*ticket(f"{MON}T09:00Z"), put(f"{MON}T09:30Z", "idle"), said(f"{MON}T16:00Z")])

        assert ("no time", Verdict.NOT_APPLICABLE) == (found.state, found.verdict)

    @pytest.mark.parametrize(
        ("how", "due"),
        [("from start", f"{MON}T10:00Z"), ("from change", f"{MON}T12:00Z"), ("elapsed share", f"{MON}T12:00Z")],
    )
    def test_from_a_priority_without_a_time(self, how: str, due: str):
        """There was no time before of which a share could be left."""
        facts = [*ticket(f"{MON}T09:00Z", "idle"), put(f"{MON}T11:00Z", "high")]

        assert at(due) == run(facts, terms=terms_with(how)).due_at


class TestWhoSets:
    def test_the_customers_wish_is_none_where_staff_set(self):
        """A ticket that wishes to be high and was not looked at has no priority."""
        assert Verdict.NOT_YET_KNOWN is run(ticket(f"{MON}T09:00Z")[:1]).verdict

    def test_the_customers_word_holds_where_he_sets(self):
        """And what staff say of it does not."""
        terms = bound(changed(desk__priority_set_by="customer"))
        facts = [*ticket(f"{MON}T09:00Z")[:1], put(f"{MON}T09:10Z", "idle", side="staff")]

        assert at(f"{MON}T10:00Z") == run(facts, terms=terms).due_at
        assert None is run([*facts, put(f"{MON}T09:20Z", "idle", side="customer")], terms=terms).due_at

    def test_impact_and_urgency_make_it_where_a_matrix_says_so(self):
        """Until staff set another."""
        matrix = {"many": {"now": "high", "later": "low"}}
        terms = bound(changed(desk__priority_set_by="matrix", desk__matrix=matrix))
        facts = ticket(f"{MON}T09:00Z", "", impact="many", urgency="now")

        assert at(f"{MON}T10:00Z") == run(facts, terms=terms).due_at
        assert "idle" == run([*facts, put(f"{MON}T09:10Z", "idle", side="staff")], terms=terms).case
        assert Verdict.NOT_YET_KNOWN is run(ticket(f"{MON}T09:00Z", "", impact="few"), terms=terms).verdict

    def test_a_channel_gives_the_first_priority(self):
        """By mail it is idle at first; raised by staff, the hour runs from the raise."""
        mail = {"opens ticket": True, "first priority": "idle"}
        terms = bound(changed(channels__mail=mail))
        facts = ticket(f"{MON}T09:00Z")

        assert None is run(facts[:1], terms=terms).due_at
        assert at(f"{MON}T13:00Z") == run([facts[0], put(f"{MON}T12:00Z", "high")], terms=terms).due_at


class TestBound:
    """One hour of working time, and at the latest twenty-four hours more than that."""

    target = {"from": "received", "target plus": "24 hours"}  # noqa: RUF012
    terms = terms_with("from change", clocks__respond__at_latest=target)

    @pytest.mark.parametrize(
        ("start", "due"), [("2026-02-05T17:00Z", "2026-02-06T10:00Z"), ("2026-02-06T17:00Z", "2026-02-07T18:00Z")]
    )
    def test_the_sooner_of_both(self, start: str, due: str):
        """From Thursday evening the next morning comes sooner; from Friday evening the bound does."""
        assert at(due) == run(ticket(start), terms=self.terms).due_at

    def test_in_all(self):
        """Twenty-four hours with the target in them."""
        terms = terms_with("from change", clocks__respond__at_latest={"from": "received", "in all": "24 hours"})

        assert at("2026-02-07T17:00Z") == run(ticket("2026-02-06T17:00Z"), terms=terms).due_at

    def test_a_pause_moves_it_by_its_elapsed_length(self):
        """Three hours in the night, in which nobody works, move the bound all the same."""
        terms = terms_with(
            "from change", clocks__respond__at_latest=self.target, clocks__respond__pauses=[{"waiting for": "customer"}]
        )
        facts = [*ticket("2026-02-06T17:00Z"), *held("2026-02-07T01:00Z", "2026-02-07T04:00Z")]

        assert at("2026-02-07T21:00Z") == run(facts, terms=terms).due_at

    def test_after_a_change_it_counts_from_there(self):
        """Timed anew, the bound is new as well."""
        facts = [*ticket("2026-02-06T17:00Z", "idle"), put("2026-02-07T09:00Z", "high")]

        assert at("2026-02-08T10:00Z") == run(facts, terms=self.terms).due_at

    def test_an_event_that_did_not_happen_bounds_from_the_start(self):
        """Nothing else is known."""
        terms = terms_with("from change", clocks__respond__at_latest={"from": "identified", "in all": "24 hours"})

        assert at("2026-02-07T17:00Z") == run(ticket("2026-02-06T17:00Z"), terms=terms).due_at

    def test_it_is_told(self):
        """The reasons show the bound and whether it is sooner."""
        words = [step.words for step in run(ticket("2026-02-06T17:00Z"), terms=self.terms).why.because]

        assert "at the latest 1,440 min more than the target after: received; which is sooner" in words

    def test_of_two_equal_times_the_bound_is_not_the_sooner(self):
        """An hour of working time from Monday ten, and an hour in all: both end at eleven."""
        terms = terms_with("from change", clocks__respond__at_latest={"from": "received", "in all": "1 hour"})
        found = run(ticket(f"{MON}T10:00Z"), terms=terms)

        assert at(f"{MON}T11:00Z") == found.due_at
        assert "at the latest 60 min in all after: received; which is not sooner" in [
            step.words for step in found.why.because
        ]


class TestCrossing:
    """Six hours on weekdays, twelve at weekends."""

    cases = {  # noqa: RUF012
        "weekday": {"when": {"start": "in weekdays"}, "within": "6 hours"},
        "weekend": {"when": {"start": "outside weekdays"}, "within": "12 hours"},
    }

    def due(self, start: str, crossing: str, *more: Any) -> str:
        pauses = [{"waiting for": "customer"}]
        clock = {**CLOCK, "hours": "always", "crossing": crossing, "pauses": pauses, "cases": self.cases}
        return str(run([*ticket(start), *more], terms=bound(changed(clocks__respond=clock))).due_at)

    @pytest.mark.parametrize(
        ("start", "crossing", "due"),
        [
            ("2026-02-06T23:00Z", "case at start", "2026-02-07T05:00"),
            ("2026-02-08T23:00Z", "case at start", "2026-02-09T11:00"),
            ("2026-02-06T23:00Z", "shorter", "2026-02-07T05:00"),
            ("2026-02-08T23:00Z", "shorter", "2026-02-09T05:00"),
            ("2026-02-08T10:00Z", "shorter", "2026-02-08T22:00"),
            ("2026-02-06T23:00Z", "in proportion", "2026-02-07T10:00"),
            ("2026-02-08T23:00Z", "in proportion", "2026-02-09T05:30"),
            ("2026-02-08T10:00Z", "in proportion", "2026-02-08T22:00"),
        ],
    )
    def test_every_way(self, start: str, crossing: str, due: str):
        """Friday eleven at night and Sunday eleven at night, and a Sunday that ends before Monday begins."""
        assert self.due(start, crossing).startswith(due)

    def test_a_pause_over_the_edge(self):
        """An hour of twelve used on Sunday, paused into Monday: eleven twelfths of six hours are left."""
        paused = held("2026-02-08T23:00Z", "2026-02-09T02:00Z")

        assert self.due("2026-02-08T22:00Z", "in proportion", *paused).startswith("2026-02-09T07:30")

    @pytest.mark.parametrize("crossing", ["shorter", "in proportion"])
    def test_a_calendar_without_edges_crosses_nothing(self, crossing: str):
        """A case of a calendar that never closes goes on."""
        cases = {"on": {"when": {"start": "in always"}, "within": "6 hours"}, "off": {"otherwise": True, "within": "1 hour"}}
        clock = {**CLOCK, "hours": "always", "crossing": crossing, "cases": cases}

        terms = bound(changed(clocks__respond=clock))
        assert at("2026-02-09T05:00Z") == run(ticket("2026-02-08T23:00Z"), terms=terms).due_at

    def test_without_a_case_there_is_no_time(self):
        """A matter that no case knows is due at no time under any sense."""
        clock = {**CLOCK, "hours": "always", "crossing": "shorter"}
        cases = {"weekday": self.cases["weekday"], "never": {"when": {"start": "outside weekdays"}, "within": "none"}}
        terms = bound(changed(clocks__respond={**clock, "cases": cases}))

        assert None is run(ticket("2026-02-08T10:00Z"), terms=terms).due_at
        assert at("2026-02-07T05:00Z") == run(ticket("2026-02-06T23:00Z"), terms=terms).due_at
        assert HOUR * 6 == run(ticket("2026-02-06T23:00Z"), terms=terms).allowed
