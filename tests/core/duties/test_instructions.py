"""Whose word counts: the persons of the agreement, changes, and the instant from which they hold."""

from typing import Any

import pytest

from tests.core.orchard import GONE, JUNE, bound, told
from upheld.core.duties import decide_instruction, judge_instructions
from upheld.core.explain import tell
from upheld.core.timeline import Instant


def named(at: str, person: str, role: str = "main-person", **fields: Any):
    return told("person-named", at, f"{role}-{at}", role=role, person=person, **fields)


def decide(by: str, at: str, *facts, **places: Any):
    found = decide_instruction(bound(**places), facts, by, Instant.parse(at))
    assert found is not None
    return found


NOON = "2025-06-10T12:00Z"
CHANGE = named(NOON, "cy@x.example", channel="email")


@pytest.mark.parametrize(
    ("by", "at", "outcome"),
    [
        ("ana@x.example", "2025-06-10T11:59:59Z", "accepted"),
        ("ana@x.example", NOON, "refused"),
        ("cy@x.example", "2025-06-10T11:59:59Z", "refused"),
        ("cy@x.example", NOON, "accepted"),
        ("bo@x.example", NOON, "accepted"),
        ("the board", NOON, "accepted"),
        ("zed@x.example", NOON, "refused"),
        ("", NOON, "refused"),
    ],
)
def test_a_change_holds_from_its_receipt(by, at, outcome):
    """The old person is refused, the new one heard, from the microsecond of the message; the others stay."""
    assert outcome == decide(by, at, CHANGE).outcome


def test_tells_who_is_named_and_since_when():
    """With the clause, and the fact of the change."""
    found = decide("ana@x.example", NOON, CHANGE)
    lines = list(tell(found.why))

    assert any("cy@x.example  main-person since Tue 10 Jun 2025 12:00 UTC" in line for line in lines)
    assert any("bo@x.example  backup-person, as agreed" in line for line in lines)
    assert "OR-9" in lines[0]


def test_nobody_may_have_a_role():
    """A person who was taken away leaves the role to nobody."""
    gone = named("2025-06-10T12:00Z", "")
    assert "refused" == decide("ana@x.example", NOON, gone).outcome
    assert any("nobody  main-person since" in line for line in tell(decide("", NOON, gone).why))
    assert "refused" == decide("", NOON, gone).outcome


def test_the_last_change_holds():
    """Whichever was recorded first."""
    later = named("2025-06-11T12:00Z", "di@x.example")
    for facts in ([CHANGE, later], [later, CHANGE]):
        assert ["accepted", "refused"] == [
            decide(f"{who}@x.example", "2025-06-12T00:00Z", *facts).outcome for who in ("di", "cy")
        ]


def test_a_message_on_another_way_changes_nothing():
    """The agreement asks for e-mail; what came by phone is not followed. Without such a clause any way will do."""
    phoned = named(NOON, "cy@x.example", channel="phone")
    assert "refused" == decide("cy@x.example", NOON, phoned).outcome
    assert "accepted" == decide("cy@x.example", NOON, phoned, instructions__change_by="none").outcome


def test_a_change_may_need_to_be_confirmed():
    """Then it holds from the confirmation, and not before it, nor without one."""
    places = {"instructions__change_takes_effect": "confirmation"}
    confirmed = named(NOON, "cy@x.example", confirmed_at="2025-06-10T13:00Z")

    assert "refused" == decide("cy@x.example", NOON, CHANGE, **places).outcome
    assert ["refused", "accepted"] == [
        decide("cy@x.example", at, confirmed, **places).outcome for at in ("2025-06-10T12:59Z", "2025-06-10T13:00Z")
    ]


def test_a_dated_parameter_is_a_change():
    """A person set as a customer's value holds from the date of the value; other values are no persons."""
    values = [
        told(
            "parameter-set", "2025-06-01T00:00Z", "P", name="main-person", value="ev@x.example", from_at="2025-06-05T00:00Z"
        ),
        told("parameter-set", "2025-06-01T00:00Z", "Q", name="vat", value="ev@x.example", from_at="2025-06-01T00:00Z"),
    ]
    outcomes = [decide("ev@x.example", at, *values).outcome for at in ("2025-06-04T23:59Z", "2025-06-05T00:00Z")]
    assert ["refused", "accepted"] == outcomes


def test_others_may_be_noted():
    """Where the agreement notes the word of others, it is noted and not followed."""
    found = decide("zed@x.example", NOON, instructions__others="noted")
    assert ("noted", False) == (found.outcome, found.is_accepted)


def test_how_others_are_read_is_named_where_it_decides():
    """Of somebody else's word the reading that refuses it is told; of a named person's word it decided nothing."""
    sense = {"question": "What of others?", "we read": "refused", "senses": ["refused", "noted"]}
    places: dict[str, Any] = {
        "instructions__others": "reading others-word",
        "readings__others-word": {**sense, "because": "x", "favours": "neither"},
    }
    named = {by: decide(by, NOON, **places).why.readings for by in ("ana@x.example", "zed@x.example")}

    assert {"ana@x.example": (), "zed@x.example": ("others-word",)} == named


def test_a_reading_may_name_the_persons():
    """The list behind a reading is read as the list itself."""
    sense = {"question": "Who?", "we read": "one", "senses": {"one": ["parameter main-person"], "two": "the board"}}
    places: dict[str, Any] = {
        "instructions__from": "reading who",
        "readings__who": {**sense, "because": "x", "favours": "neither"},
    }
    assert ["accepted", "refused"] == [decide(by, NOON, **places).outcome for by in ("ana@x.example", "bo@x.example")]
    assert "accepted" == decide("the board", NOON, readings={"who": "two"}, **places).outcome


def test_a_statement_tells_of_every_instruction():
    """One finding each, of its month."""
    facts = [
        told("instruction-received", NOON, instruction="I-1", by="ana@x.example"),
        told("instruction-received", "2025-06-11T12:00Z", instruction="I-2", by="zed@x.example"),
        told("instruction-received", "2025-07-11T12:00Z", instruction="I-3", by="ana@x.example"),
    ]
    found = judge_instructions(bound(), facts, JUNE)
    assert [("instructions/I-1", "accepted"), ("instructions/I-2", "refused")] == [(one.rule, one.value) for one in found]
    silent = bound(instructions=GONE)
    assert [] == judge_instructions(silent, facts, JUNE)
    assert decide_instruction(silent, facts, "ana@x.example", Instant.parse(NOON)) is None
