"""Each fragment of the CHANGELOG has a kind and says something to the operator."""

import pytest

from tests.house.guards.fragments import find_bad_fragments


def test_fragments_are_well_formed(house):
    """Every fragment that waits for the next release has a known kind and reads as a sentence."""
    assert find_bad_fragments(house) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("statement.improved.md", "Statements are faster."),
        ("Statement.added.md", "Statements are signed."),
        ("statement.added.txt", "Statements are signed."),
        ("statement.added.md", ""),
        ("statement.added.md", "# Statements\n\nThey are signed."),
        ("statement.fixed.md", "Statements are signed"),
        ("statement.fixed.md", "Statements are signed. " * 40),
    ],
)
def test_finds_a_planted_bad_fragment(plant, name, text):
    """A wrong name, an empty text, a heading, a sentence without an end, or a whole page is reported."""
    [found] = find_bad_fragments(plant({f"changelog.d/{name}": text}))

    assert found.startswith(f"changelog.d/{name}:1: ")


def test_accepts_a_good_fragment(plant):
    """A sentence for the operator under one of the four kinds is in order."""
    root = plant({"changelog.d/signed-statements.added.md": "Statements are signed; give customers the key.\n"})

    assert find_bad_fragments(root) == []
