"""What stands behind a value that names a reading."""

from typing import Any

import pytest

from upheld.core.terms import Document
from upheld.core.terms.place import Desk, Unreadable


def chain(length: int, last: Any) -> Desk:
    """Readings of which each names the next, down to a last value."""
    senses = [f"reading r{number + 1}" for number in range(length - 1)] + [last]
    readings = {f"r{number}": {"we read": "one", "senses": {"one": sense}} for number, sense in enumerate(senses)}
    return Desk(Document({"readings": readings}), {}, {})


def test_eight_readings_may_stand_one_behind_the_other() -> None:
    """Each of them is named with the value, in the order in which they were asked."""
    assert ("down", tuple(f"r{number}" for number in range(8))) == chain(8, "down").resolve("reading r0")


@pytest.mark.parametrize("desk", [chain(9, "down"), chain(2, "reading r0")])
def test_more_are_taken_for_a_circle(desk: Desk) -> None:
    """One that comes back to itself would never end: it is refused, and so is a chain that nobody can follow."""
    with pytest.raises(Unreadable, match="refers to itself"):
        desk.resolve("reading r0")
