"""Each golden file is found to be what stands beside it."""

import re
from pathlib import Path

import pytest

from tests.golden.record import GOLDEN, check_file, problems_of, terms_of
from upheld.language import run_examples

BAD = sorted(GOLDEN.glob("bad/*.md"))
GOOD = sorted(GOLDEN.glob("good/*.md"))
LOCATED = re.compile(r"\d+:\d+: (error|warning): (\S+: )?.+; .+")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_finds_what_is_wrong(path: Path):
    """Place, clause, words and advice of every problem are those that a person read and kept."""
    expected = path.with_suffix(".problems").read_text("utf-8")

    assert expected == problems_of(path)
    assert expected != ""


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_says_where_and_what_to_do(path: Path):
    """Every problem has a line, a column, what is wrong, and what to do about it."""
    for line in path.with_suffix(".problems").read_text("utf-8").splitlines():
        assert LOCATED.fullmatch(line)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_finds_nothing_in_a_clean_file(path: Path):
    """A good file has no problem, not even a warning; its terms are as recorded and its examples come true."""
    checked = check_file(path)

    assert () == checked.problems
    assert [] == run_examples(checked)
    assert path.with_suffix(".json").read_text("utf-8") == terms_of(path)


def test_has_no_orphans():
    """Every expectation has its file, and there are at least sixty bad ones."""
    expected = {path.with_suffix(".problems") for path in BAD}

    assert expected == set(GOLDEN.glob("bad/*.problems"))
    assert len(BAD) >= 60
