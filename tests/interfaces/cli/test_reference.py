"""The page of the commands says what the commands say."""

from pathlib import Path

from upheld.interfaces.cli.reference import print_reference

PAGE = Path(__file__).parents[3] / "docs/reference/commands.md"


def test_the_page_is_what_the_commands_print():
    """A command or option that is not on the page does not exist; print it anew with upheld.interfaces.cli.reference."""
    assert print_reference() == PAGE.read_text()
