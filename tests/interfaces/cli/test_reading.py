"""A file that is not there: every command says what was expected, and what makes it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from upheld.interfaces.cli.main import app

AGREEMENT = str(Path(__file__).parents[3] / "agreements" / "teamplify.md")
NOT_THERE = "nobody-made-this"
CASES = [
    (["check", NOT_THERE], "upheld new FILE"),
    (["judge", AGREEMENT, NOT_THERE, "--period", "2026-02"], "upheld export facts"),
    (["explain", AGREEMENT, NOT_THERE, "uptime", "--period", "2026-02"], "upheld export facts"),
    (["simulate", AGREEMENT, "--facts", NOT_THERE], "upheld import"),
    (["simulate", AGREEMENT, "--beside", NOT_THERE], "upheld new FILE"),
    (["render", NOT_THERE, "--out", "a.html"], "upheld new FILE"),
    (["watch", "tcp://127.0.0.1:1", "--agreement", NOT_THERE], "upheld new FILE"),
    (["import", "csv", NOT_THERE], "the other tool exported"),
    (["import", "statuspage", NOT_THERE], "the other tool exported"),
    (["invoices", "pay", NOT_THERE], "your bank lets you download"),
    (["restore", NOT_THERE], "upheld backup FILE"),
    (["mail", "replay", NOT_THERE], "name the folder"),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=[" ".join(words[:2]) for words, _ in CASES])
def test_says_what_was_expected_and_what_makes_it(words, expected):
    """The name that was typed, what should lie there, and the next step; nothing is begun."""
    ended = CliRunner().invoke(app, words)

    assert ended.exit_code != 0
    assert f"{NOT_THERE} is not there" in ended.output
    assert expected in ended.output


def test_a_folder_is_no_file(tmp_path):
    """A folder where a file was expected is named as such."""
    ended = CliRunner().invoke(app, ["check", str(tmp_path)])

    assert 2 == ended.exit_code
    assert "is a folder. Expected: a literate agreement" in ended.output
