"""Switches: first setting, turns by their holder, turns by others, turns that take a while."""

import pytest

from tests.core.orchard import bound, told
from upheld.core.access import Standing, stand_at
from upheld.core.explain import tell
from upheld.core.timeline import Instant


def turned(on: bool, at: str, side: str = "customer", switch: str = "support-user"):
    return told("switch-turned", at, f"{side}-{at}-{on}", switch=switch, on=on, side=side)


def stand(at: str, *facts, **places) -> Standing:
    return stand_at(bound(**places).doors.switches["support-user"], facts, Instant.parse(at))


@pytest.mark.parametrize(
    ("at", "is_on"),
    [
        ("2025-06-10T09:59:59Z", False),
        ("2025-06-10T10:00Z", True),
        ("2025-06-10T10:59Z", True),
        ("2025-06-10T11:00Z", False),
    ],
)
def test_works_from_the_very_instant_of_the_turn(at, is_on):
    """`at once`: on from the microsecond of the turn, off from that of the next."""
    facts = [turned(False, "2025-06-10T11:00Z"), turned(True, "2025-06-10T10:00Z")]
    assert is_on == stand(at, *facts).is_on


def test_stands_as_at_first_until_it_is_turned():
    """With the clause that says so; another switch's turn is none of this one."""
    found = stand("2025-06-10T10:00Z", turned(True, "2025-06-09T10:00Z", switch="other"))
    assert (False, "off", ("OR-8",)) == (found.is_on, found.why.value, found.why.clauses)


def test_only_its_holder_turns_it():
    """The provider's hand on the customer's switch turns nothing, and that is told."""
    found = stand("2025-06-10T10:00Z", turned(True, "2025-06-09T10:00Z", "provider"))

    assert not found.is_on
    assert any("the provider does not hold this switch" in words for words in tell(found.why))


def test_may_take_a_while():
    """A turn that takes an hour works an hour later."""
    places = {"switches": {"support-user": {"held by": "customer", "at first": False, "takes effect": "1 hour"}}}
    fact = turned(True, "2025-06-10T10:00Z")
    assert [False, True] == [stand(at, fact, **places).is_on for at in ("2025-06-10T10:59Z", "2025-06-10T11:00Z")]


@pytest.mark.parametrize(("at", "number"), [("2025-06-09T09:59:59Z", 0), ("2025-06-09T10:00Z", 1)])
def test_tells_of_a_strangers_hand_from_its_instant_on(at, number):
    """Before it there is nothing to tell; at its very instant it is told."""
    found = stand(at, turned(True, "2025-06-09T10:00Z", "provider"))
    assert number == len(found.why.because)
