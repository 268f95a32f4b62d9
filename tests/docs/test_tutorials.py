"""The tutorial is true, and so is the worked example: every block is run in order, and prints what its page says."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import Block, Shell, explain_difference, list_blocks
from tools.with_postgres import find_free_port

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/tutorials/first-agreement.md"
CREDIT = ROOT / "docs/explanation/how-a-credit-is-reached.md"
KNOWN = ROOT / "docs/tutorials/what-a-known-outage-owed.md"
DEMO = "## 6."
"""Where the part of the page begins that starts the whole product."""
NEEDED = ("agreements", "tools", "src", "LICENSE", ".venv")


@pytest.fixture
def checkout(tmp_path):
    """What a reader stands in, with nothing in it that an earlier reader left."""
    for name in NEEDED:
        target = ROOT / name if name != ".venv" else Path(sys.prefix)
        (tmp_path / name).symlink_to(target)
    return tmp_path


@pytest.fixture
def shell(checkout) -> Iterator[Shell]:
    hidden = ("UPHELD_", "DJANGO_", "PYTEST_", "COV_")
    opened = Shell(checkout, {name: value for name, value in os.environ.items() if not name.startswith(hidden)})
    yield opened
    opened.end()


def follow(page: Path, blocks: list[Block], shell: Shell, folder: Path) -> None:
    """Do what the page says, block by block; the first that does not come out as it says fails."""
    printed = ""
    for block in blocks:
        where = f"{page.name}:{block.line}"
        if block.name:
            (folder / block.name).write_text(block.text, encoding="utf-8")
        elif block.kind in ("shell", "python"):
            text = block.text if block.kind == "shell" else f"python - <<'END'\n{block.text}END\n"
            code, printed = shell.run(text)
            # `check` ends with 1 where the page wants to show a problem: then what it prints is what counts.
            assert code == 0 or "upheld check" in text, f"{where} ended with {code}: {printed}"
        elif block.kind == "text":
            difference = explain_difference(block.text, printed)
            assert difference is None, f"{where}: {difference}"
        else:
            pytest.fail(f"{where}: a block of kind {block.kind!r} is not run; say shell, python, text, or name a file")


def list_parts() -> tuple[list[Block], list[Block]]:
    """The blocks before the demo, and all of them, with the port that is free here."""
    page = PAGE.read_text(encoding="utf-8")
    return list(list_blocks(page.partition(DEMO)[0])), list(list_blocks(page.replace("8000", str(find_free_port()))))


@pytest.mark.slow
def test_writing_and_judging_is_as_the_page_says(checkout, shell):
    """From an empty file to a judged month: problems, figures and reasons, letter by letter."""
    before, _ = list_parts()

    follow(PAGE, before, shell, checkout)


@pytest.mark.slow
def test_the_whole_page_is_as_it_says(checkout, shell):
    """With the demo: an outage, its statement, the bundle verified, one changed bit found."""
    before, blocks = list_parts()

    follow(PAGE, [blocks[0], *blocks[len(before) :]], shell, checkout)


@pytest.mark.slow
def test_a_credit_is_reached_as_the_page_says(checkout, shell):
    """Each link of the chain, from the shipped agreement: availability, units, amount, claim."""
    follow(CREDIT, list(list_blocks(CREDIT.read_text(encoding="utf-8"))), shell, checkout)


@pytest.mark.slow
def test_a_known_outage_is_judged_as_the_page_says(checkout, shell):
    """Imported from a status page and from a table, judged under the published agreement, claimed and explained."""
    follow(KNOWN, list(list_blocks(KNOWN.read_text(encoding="utf-8"))), shell, checkout)


OTHERS = [("a\n", "a\nb\n"), ("a … d\n", "a b\nc d\n"), ("a\n…\nd\n", "a\nb\n")]


class TestComparison:
    """The guard itself: it lets through what the dots stand for, and nothing else."""

    @pytest.mark.parametrize(
        ("expected", "printed"), [("a\n…\nd\n", "a\nb\nc\nd\n"), ("a\n…\nd\n", "a\nd\n"), ("a … d\n", "a b c d\n"), ("", "")]
    )
    def test_dots_stand_for_anything(self, expected, printed):
        assert explain_difference(expected, printed) is None

    @pytest.mark.parametrize(("expected", "printed"), OTHERS)
    def test_anything_else_is_told(self, expected, printed):
        assert explain_difference(expected, printed) is not None
