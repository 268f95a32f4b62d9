"""The list of settings: read as declared, printed as documented."""

from pathlib import Path

import pytest

from upheld.project.declared import SETTINGS, NotASetting, name_unknown, print_reference, read_flag, read_list, read_setting

PAGE = Path(__file__).parents[2] / "docs/reference/settings.md"
SOURCE = Path(__file__).parents[2] / "src/upheld/project/settings.py"


def test_the_reference_is_what_the_list_prints():
    """`python -m upheld.project.declared > docs/reference/settings.md` makes the page anew."""
    assert print_reference() == PAGE.read_text()


def test_every_declared_setting_is_read():
    """Nothing stands in the reference that has no effect."""
    source = SOURCE.read_text()

    assert [] == [setting.name for setting in SETTINGS if f'"{setting.name}"' not in source]


def test_a_setting_holds_until_it_is_set():
    """An empty variable counts as not set, as systemd and compose files leave it."""
    texts = [
        read_setting("UPHELD_LOG_LEVEL", given) for given in ({}, {"UPHELD_LOG_LEVEL": " "}, {"UPHELD_LOG_LEVEL": "debug"})
    ]

    assert ["info", "info", "debug"] == texts


def test_a_flag_is_yes_or_no():
    """`true` or `1` is asked back instead of guessed."""
    assert [True, False] == [read_flag("UPHELD_DEBUG", {"UPHELD_DEBUG": text}) for text in ("Yes", "no")]
    with pytest.raises(NotASetting, match="UPHELD_DEBUG is yes or no, came 'true'"):
        read_flag("UPHELD_DEBUG", {"UPHELD_DEBUG": "true"})


def test_a_list_is_separated_by_commas():
    """Spaces and empty parts do not count."""
    given = {"UPHELD_ALLOWED_HOSTS": "a.example, ,b.example,"}

    assert ["a.example", "b.example"] == read_list("UPHELD_ALLOWED_HOSTS", given)


def test_a_slip_of_the_pen_is_named():
    """A variable with our prefix that no setting has."""
    assert ["UPHELD_HOM"] == name_unknown({"UPHELD_HOM": "/x", "UPHELD_HOME": "/x", "PATH": "/x"})
