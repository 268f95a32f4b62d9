"""Courses of work: open to whom, until when, how far they have come."""

from datetime import date
from typing import Any

import pytest

from tests.core.orchard import CITES, PERSONS, bound, orchard, signed, state, told
from tests.core.sample import CALENDARS
from upheld.core.duties import PlanDecision, decide_plan
from upheld.core.explain import Verdict, show, tell
from upheld.core.terms import Document, Terms, bind
from upheld.core.timeline import Instant


def decide(plan: str = "hosted-start", start: str | None = "2025-06-02", **places: Any) -> PlanDecision:
    terms = bound(**places)
    return decide_plan(terms, terms.besides.plans[plan], date.fromisoformat(start) if start else None)


class TestDecision:
    def test_ends_so_long_after_the_kick_off(self):
        """Two weeks from 2 June end on 16 June; with its meetings and steps."""
        found = decide()
        assert (True, date(2025, 6, 16), 2, ("registration", "login")) == (
            found.is_valid,
            found.ends_on,
            found.sessions,
            found.steps,
        )
        assert "2025-06-16  it lasts 20,160 min  [OR-11]" in [line.strip() for line in tell(found.why)]

    @pytest.mark.parametrize(
        ("lasts", "ends"),
        [("1 month", "2025-02-28"), ("10 calendar days", "2025-02-10"), ("36 hours", "2025-02-02"), ("none", None)],
    )
    def test_may_last_any_length(self, lasts, ends):
        """Months end on the last day where there is no such date; a part of a day is a day; none has no end."""
        found = decide(start="2025-01-31", plans__p={**PLAN, "lasts": lasts}, plan="p")
        assert ends == (found.ends_on.isoformat() if found.ends_on else None)

    def test_is_not_open_to_others(self):
        """A plan whose condition does not hold has no end, no meetings, no steps."""
        found = decide("own-start")
        assert (False, None, 0, ()) == (found.is_valid, found.ends_on, found.sessions, found.steps)
        assert "not valid" == found.why.value

    def test_without_a_kick_off_has_no_end(self):
        """It is valid, and nobody knows until when."""
        assert (True, None) == (decide(start=None).is_valid, decide(start=None).ends_on)

    def test_without_a_condition_is_open_to_all(self):
        """And without meetings has none."""
        found = decide(plans__p={"lasts": "none", "steps": ["one"], "done when": "done"}, plan="p")
        assert (True, 0, ("one",)) == (found.is_valid, found.sessions, found.steps)

    def test_is_undecided_where_the_condition_is_not_known(self):
        """A value that nobody gave leaves the plan open."""
        unknown: dict[str, Any] = {"plans__p": {**PLAN, "when": {"extra": "x"}}, "parameters__extra": {"kind": "text"}}
        found = decide("p", **unknown)
        assert (None, "undecided") == (found.is_valid, found.why.value)

    def test_needs_every_choice_of_such_customers(self):
        """Hosted, and no region chosen: not valid, with the clause that asks for it. Self-hosted needs none."""
        for deployment, valid in (("hosted", False), ("self-hosted", True)):
            document = Document(orchard(), CITES)
            terms = bind(document, CALENDARS, {**PERSONS, "deployment": deployment}, {})
            assert isinstance(terms, Terms)
            plan = terms.besides.plans["hosted-start" if deployment == "hosted" else "own-start"]
            found = decide_plan(terms, plan, None)
            assert valid == found.is_valid
            assert ("OR-12" in {clause for step in found.why.walk() for clause in step.clauses}) != valid


PLAN = {"lasts": "2 weeks", "steps": ["one"], "done when": "done"}


class TestStatement:
    @staticmethod
    def plans(*facts, as_of: str = "2025-06-10T00:00Z", period: str = "2025-06", **places: Any):
        found = state(list(facts), period, Instant.parse(as_of), **places).findings
        return {one.rule: one for one in found if one.rule.startswith("plans/")}

    START = told("plan-started", "2025-06-02T12:00Z", plan="")

    def test_tells_how_far_it_has_come(self):
        """Steps done (each once), meetings held, and that it is under way."""
        done = [told("plan-step-done", f"2025-06-0{day}T12:00Z", plan="hosted-start", step="login") for day in (3, 4)]
        other = told("plan-step-done", "2025-06-05T12:00Z", plan="hosted-start", step="dancing")
        held = told("session-held", "2025-06-03T12:00Z", plan="hosted-start")
        found = self.plans(self.START, *done, other, held)

        assert ["plans/hosted-start"] == list(found)
        quantities = dict(found["plans/hosted-start"].quantities)
        assert ("under way", "yes", "2025-06-16") == tuple(quantities[name] for name in ("state", "valid", "ends"))
        assert "begun on Mon 2 Jun 2025 12:00 UTC, 1 of 2 steps done" in found["plans/hosted-start"].why.words

    def test_counts_and_cites_its_own_steps_and_meetings(self):
        """One of two steps and one of two meetings; what was done of another plan is none of them."""
        own, other = (
            [
                told("session-held", "2025-06-03T12:00Z", f"session-{plan}", plan=plan),
                told("plan-step-done", "2025-06-04T12:00Z", f"step-{plan}", plan=plan, step="login"),
            ]
            for plan in ("hosted-start", "own-start")
        )
        found = self.plans(self.START, *own, *other)["plans/hosted-start"]

        assert ["2 sessions", "2 steps", "1 step", "1 session"] == [
            show(found.quantity(name)) for name in ("sessions", "steps", "steps done", "sessions held")
        ]
        assert (self.START.id, "step-hosted-start", "session-hosted-start") == found.why.facts

    @pytest.mark.parametrize(("as_of", "state_told"), [("2025-06-16T23:59Z", "under way"), ("2025-06-17T00:00Z", "overdue")])
    def test_is_overdue_from_the_day_after_its_end(self, as_of, state_told):
        """Unless the customer signed it off."""
        assert state_told == self.plans(self.START, as_of=as_of)["plans/hosted-start"].value
        off = told("plan-signed-off", "2025-06-15T12:00Z", plan="hosted-start", by="ana")
        assert "signed off" == self.plans(self.START, off, as_of="2025-06-20T00:00Z")["plans/hosted-start"].value

    def test_is_told_until_it_is_signed_off(self):
        """In each month until then, and in none before its kick-off."""
        off = told("plan-signed-off", "2025-07-15T12:00Z", plan="hosted-start", by="ana")
        months = ("2025-05", "2025-06", "2025-07", "2025-08")
        told_in = [month for month in months if self.plans(self.START, off, period=month, as_of="2025-09-01T00:00Z")]
        assert ["2025-06", "2025-07"] == told_in

    def test_is_of_the_month_at_whose_first_instant_it_begins_or_is_signed_off(self):
        """Begun at the first midnight of June it is none of May's; signed off at that of July it is still July's."""
        start = told("plan-started", "2025-06-01T00:00Z", plan="")
        off = told("plan-signed-off", "2025-07-01T00:00Z", plan="hosted-start", by="ana")
        months = ("2025-05", "2025-06", "2025-07", "2025-08")
        told_in = [month for month in months if self.plans(start, off, period=month, as_of="2025-09-01T00:00Z")]
        assert ["2025-06", "2025-07"] == told_in

    def test_begins_with_the_signature_where_the_agreement_says_so(self):
        """A plan that starts when signed needs no kick-off."""
        places: dict[str, Any] = {"plans": {"own": {**PLAN, "starts": "signed"}}}
        assert ["plans/own"] == list(self.plans(signed("2025-06-02T00:00Z"), **places))

    def test_tells_that_the_named_plan_is_not_open(self):
        """A kick-off of a plan that the customer may not have is shown as not valid; of any plan, only the open one."""
        wrong = told("plan-started", "2025-06-02T12:00Z", plan="own-start")
        assert {"plans/own-start": "not valid"} == {rule: one.value for rule, one in self.plans(wrong).items()}

    def test_is_undecided_where_nobody_knows(self):
        """A plan on an unknown condition, begun all the same."""
        unknown: dict[str, Any] = {"plans": {"p": {**PLAN, "when": {"extra": "x"}}}, "parameters__extra": {"kind": "text"}}
        (found,) = self.plans(self.START, **unknown).values()
        assert (Verdict.UNDECIDED, "undecided") == (found.verdict, found.value)
