"""The page of the format says what the code does: its examples, its numbers, its names."""

import re
from pathlib import Path

from tests.verify_js.vectors import FOLDER, read_list
from upheld.core.proof import Opened, canonical, open_note, parse_checkpoint, parse_verifier_key
from upheld.core.proof import note as notes
from upheld.verify import Outcome, container, read_container, verify_bundle
from upheld.verify.bundle import ENTRIES

PAGE = (Path(__file__).parents[2] / "docs/reference/evidence.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    [found] = re.findall(rf"```text {name}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_its_note_is_the_one_of_the_published_bundle():
    """Key and checkpoint are those of `bundle.zip`, and the one has signed the other."""
    entries = read_container((FOLDER / "bundle.zip").read_bytes())
    assert isinstance(entries, dict)
    opened = open_note(block("checkpoint"), [parse_verifier_key(block("key").strip())])

    assert isinstance(opened, Opened)
    assert block("checkpoint").encode() == entries["checkpoint.txt"]
    assert 41 == parse_checkpoint(opened.text).size


def test_its_numbers_are_those_of_the_code():
    """Limits and fixed fields."""
    numbers = (
        container.LARGEST,
        container.PLAIN_FILE,
        container.MADE_BY,
        container.FIRST_DAY,
        container.MOST_ENTRIES,
        canonical.DEEPEST,
        notes.LARGEST_NOTE,
        notes.MOST_SIGNATURES,
    )

    assert [] == [number for number in numbers if f"{number:,}" not in PAGE]


def test_names_every_entry_and_check_and_verdict():
    """As the report names them, with the exit code."""
    report = verify_bundle((FOLDER / "bundle.zip").read_bytes(), None)
    rows = re.findall(r"^\| \d+ \| `(.+?)` \|", PAGE, re.MULTILINE)
    verdicts = re.findall(r"^\| (\d) \| `(.+?)` \|", PAGE, re.MULTILINE)

    assert sorted(check.name for check in report.checks) == sorted(
        row for row in rows if row not in {o.value for o in Outcome}
    )
    assert {(str(outcome.exit_code), outcome.value) for outcome in Outcome} <= set(verdicts)
    assert list(ENTRIES) == re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", PAGE, re.MULTILINE)


def test_every_name_of_the_vectors_is_on_it():
    """What a line of a file of vectors holds is told."""
    names = {name for one in read_list("bundles") for name in one} - {"name", "why"}

    assert [] == [name for name in sorted(names) if f"`{name}`" not in PAGE]
