"""The telephone's conditions, each by itself: met, not met, or not yet, and until when."""

from types import SimpleNamespace
from typing import Any, cast

from tests.core.clocks.agreement import at, desk, said, ticket
from tests.core.clocks.test_telephone import MON, with_phone
from upheld.core.terms import Terms
from upheld.doors.shown.telephone import list_conditions
from upheld.pages.words import NBSP, UTC


def conditions(facts, when: str, terms: Terms | None = None, name: str = "T-1"):
    bound, as_of = terms or with_phone(), at(when)
    judged: Any = SimpleNamespace(terms=bound, desk=desk(facts, as_of, bound), naming=SimpleNamespace(zone=UTC))
    phone = bound.desk.telephone
    assert phone is not None
    asked = cast(Any, SimpleNamespace(as_of=as_of))
    return [
        (one.holds, one.words, one.found.replace(NBSP, " ")) for one in list_conditions(asked, phone, name, judged, as_of)
    ]


def test_all_are_told_until_the_time_has_run_out():
    """Two are met; the third says until when it is not, and at that instant it still is not."""
    told = conditions(ticket(f"{MON}T10:00Z"), f"{MON}T11:00Z")

    assert [(True, "There is a ticket", ""), (True, "Its priority is high or idle", "it is high")] == told[:2]
    assert (None, "not before 11:00 UTC is over") == (told[2][0], told[2][2])
    assert "1 h went by without an answer" == told[2][1].replace(NBSP, " ")
    assert (True, "it ran out 11:00 UTC") == conditions(ticket(f"{MON}T10:00Z"), f"{MON}T11:01Z")[2][::2]


def test_what_was_answered_is_not_met():
    """There is nothing to telephone for; the answer's instant says why."""
    facts = [*ticket(f"{MON}T10:00Z"), said(f"{MON}T10:20Z")]

    assert (False, "it was answered 10:20 UTC") == conditions(facts, f"{MON}T12:00Z")[2][::2]


def test_without_a_ticket_every_condition_is_open():
    """Nobody opens one and only then hears of the priority."""
    told = conditions([], f"{MON}T12:00Z", name="")

    assert [(False, "open one first"), (False, "none is set"), (None, "no time runs that could run out")] == [
        (holds, found) for holds, _, found in told
    ]


def test_another_priority_is_named():
    """What it is stands beside what it would have to be."""
    assert (False, "it is low") == conditions(ticket(f"{MON}T10:00Z", "low"), f"{MON}T10:10Z")[1][::2]
