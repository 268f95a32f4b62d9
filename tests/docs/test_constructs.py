"""Every construct that two or more published agreements need is shown by a sample that is checked and run."""

from pathlib import Path

import pytest

from tools.reference_constructs import FOLDER, PAGES, read_all, write_page
from upheld.core.timeline import Instant
from upheld.language import check, run_examples

AS_OF = Instant.parse("2026-09-01T00:00Z")
NEEDED = (Path(__file__).parent / "constructs.txt").read_text("utf-8").split()
"""What a survey of 63 published agreements found in two or more of them, the most needed first."""


def test_the_page_is_what_the_samples_show():
    """docs/reference/constructs.md is printed by `python -m tools.reference_constructs`."""
    assert (FOLDER.parent / "constructs.md").read_text("utf-8") == write_page()


def test_every_sample_is_on_the_page():
    """No sample lies beside the page unread."""
    assert sorted(PAGES) == sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", PAGES)
def test_a_sample_is_clean_and_its_examples_come_out(page):
    """No problem, no warning, no figure that differs, as `upheld check` finds them."""
    checked = check((FOLDER / f"{page}.md").read_text("utf-8"), as_of=AS_OF)

    assert ((), []) == (checked.problems, run_examples(checked))
    assert checked.examples


@pytest.mark.parametrize("shown", read_all(), ids=lambda shown: shown.words)
def test_a_heading_has_all_that_it_needs(shown):
    """Constructs, a clause that says them, terms and an example."""
    assert shown.constructs
    assert shown.clauses
    assert all(fence in shown.text for fence in ("```terms\n", "```example "))


def test_every_construct_is_shown():
    """Eighty-two of them, each at least once, and no other name."""
    shown = {construct for part in read_all() for construct in part.constructs}

    assert 82 == len(NEEDED)
    assert shown == set(NEEDED)
