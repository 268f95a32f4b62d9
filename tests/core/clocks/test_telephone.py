"""The telephone: the first reason against a call, and from when one is in order."""

from typing import Any

import pytest

from tests.core.clocks.agreement import CLOCK, at, bound, call, changed, desk, put, said, ticket
from upheld.core.clocks import Gate, check_call, find_call, judge_calls
from upheld.core.facts import Fact
from upheld.core.terms import Terms
from upheld.core.timeline import MICRO, Span

MON = "2026-02-02"
PHONE = {"number": "+1 555 0100", "needs ticket": True, "priorities": ["high", "idle"], "opens after": "respond",
         "warning": "an early call may slow the work"}  # fmt: skip


def with_phone(**more: Any) -> Terms:
    return bound(changed(telephone={**PHONE, **{key.replace("_", " "): value for key, value in more.items()}}))


def gate(facts: list[Fact], when: str, terms: Terms | None = None) -> Gate:
    ((_, found),) = judge_calls(terms or with_phone(), [*facts, call(when)], at("2026-06-01T00:00Z"))
    return found


class TestGate:
    @pytest.mark.parametrize(
        ("when", "code"),
        [
            (f"{MON}T09:59Z", "ticket-first"), (f"{MON}T10:59Z", "too-early"), (f"{MON}T11:00Z", "too-early"),
            (f"{MON}T11:00:00.000001Z", "ok"),
        ],
    )  # fmt: skip
    def test_in_time(self, when: str, code: str):
        """Before the ticket, before its hour is over, at its very end, after it."""
        found = gate(ticket(f"{MON}T10:00Z"), when)

        assert code == found.code
        assert (code == "ok") == found.is_allowed

    def test_names_the_first_permitted_instant(self):
        """One may call after the due instant, not at it."""
        found = gate(ticket(f"{MON}T10:00Z"), f"{MON}T10:30Z")

        assert (at(f"{MON}T11:00Z"), at(f"{MON}T11:00Z") + MICRO) == (found.opens_after_at, found.earliest_at)
        assert found.why.words.endswith("an early call may slow the work")

    def test_what_was_answered_needs_no_call(self):
        """Answered before the call, whether in time or late."""
        assert "already-answered" == gate([*ticket(f"{MON}T10:00Z"), said(f"{MON}T11:30Z")], f"{MON}T12:00Z").code
        assert "ok" == gate([*ticket(f"{MON}T10:00Z"), said(f"{MON}T12:30Z")], f"{MON}T12:00Z").code

    def test_is_for_some_priorities_alone(self):
        """Neither for another one nor for a ticket that has none."""
        assert "not-for-this-priority" == gate(ticket(f"{MON}T10:00Z", "low"), f"{MON}T12:00Z").code
        assert "a ticket without a priority" in gate(ticket(f"{MON}T10:00Z", ""), f"{MON}T12:00Z").why.words

    def test_what_came_later_changes_nothing(self):
        """A call is judged by the ticket as it was then."""
        facts = [*ticket(f"{MON}T10:00Z"), put(f"{MON}T13:00Z", "low")]

        assert "ok" == gate(facts, f"{MON}T12:00Z").code

    def test_a_time_that_never_runs_out_never_opens(self):
        """A priority without a time may be on the list and still has no hour after which one might call."""
        found = gate(ticket(f"{MON}T10:00Z", "idle"), "2026-05-01T00:00Z")

        assert ("too-early", None) == (found.code, found.earliest_at)

    def test_where_no_ticket_is_needed(self):
        """Whoever has none may call."""
        assert "ok" == gate([], f"{MON}T10:00Z", with_phone(needs_ticket=False)).code

    def test_where_no_time_must_run_out(self):
        """A ticket is enough."""
        assert "ok" == gate(ticket(f"{MON}T10:00Z"), f"{MON}T10:01Z", with_phone(opens_after="none")).code

    def test_a_clock_that_is_not_for_the_ticket(self):
        """Its time cannot run out."""
        clock = {**CLOCK, "starts": "identified", "within": "1 hour"}
        terms = bound(changed(telephone={**PHONE, "opens after": "later"}, clocks__later=clock))

        assert "too-early" == gate(ticket(f"{MON}T10:00Z"), f"{MON}T12:00Z", terms).code


class TestLive:
    def test_may_be_asked_before_anybody_calls(self):
        """The portal asks as of now."""
        terms, now = with_phone(), at(f"{MON}T12:00Z")
        found = check_call(terms, desk(ticket(f"{MON}T10:00Z"), now, terms), "T-1", now)

        assert found is not None
        assert found.is_allowed
        assert ("T-1/opened",) == found.why.facts

    def test_there_may_be_no_telephone(self):
        """Then nothing is said of calls."""
        assert None is check_call(bound(), desk([]), "", at(f"{MON}T12:00Z"))
        assert () == judge_calls(bound(), [call(f"{MON}T12:00Z")], at("2026-06-01T00:00Z"))

    def test_a_call_of_the_future_is_not_judged(self):
        """Seen from an instant before it."""
        assert () == judge_calls(with_phone(), [call(f"{MON}T12:00Z")], at(f"{MON}T11:00Z"))

    def test_its_finding_is_no_verdict_on_the_provider(self):
        """It says whether the call was in order, and after which instant one may call."""
        period = Span(at("2026-02-01T00:00Z"), at("2026-03-01T00:00Z"))
        finding = find_call(call(f"{MON}T10:30Z"), gate(ticket(f"{MON}T10:00Z"), f"{MON}T10:30Z"), period)  # type: ignore[arg-type]

        assert ("too-early", "no") == (finding.value, finding.quantity("allowed"))
        assert at(f"{MON}T11:00Z") == finding.quantity("opens after")
