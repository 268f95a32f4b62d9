"""The picture of the house is that of the import contracts, and drawn from the rooms as they stand."""

import pytest

from tests.house.guards.picture import find_wrong_picture
from tools.draw_house import draw_house


def test_shows_the_floors_and_rows_of_the_contracts(house):
    """Read back from the page, independently of the tool that drew it."""
    assert find_wrong_picture(house) == []


def test_is_drawn_anew_when_a_room_changes(house):
    """`python -m tools.draw_house` is on the page as it draws today: a room, its place, its own sentence."""
    assert f"```\n{draw_house()}```" in (house / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("│   ▾ ledger ", "│   ▾ leger "),
        ("│     oncall ", "│   ▾ oncall "),
        ("│ language ", "│ languages "),
        ("│   ▾ parties ", "│     parties "),
    ],
)
def test_finds_a_planted_wrong(house, plant, old, new):
    """A room with another name, or on another row."""
    page = (house / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert old in page

    assert len(find_wrong_picture(plant({"ARCHITECTURE.md": page.replace(old, new)}))) == 1
