"""The published schema says of the blocks what the check says: an editor that follows it writes terms that can be read."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from upheld.language.nodes import plain
from upheld.language.problem import Problems
from upheld.language.prose import read_pages
from upheld.language.schema import write_schema
from upheld.language.subset import read_fences

ROOT = Path(__file__).parents[2]
SCHEMA = write_schema()
PUBLISHED = ROOT / "docs/reference/agreement.schema.json"
FILES = sorted((ROOT / "agreements").glob("*.md"))


def test_the_published_schema_is_the_one_of_these_words() -> None:
    assert json.loads(PUBLISHED.read_text("utf-8")) == SCHEMA, "run `python -m upheld.language.schema > docs/reference/…`"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_block_of_the_shipped_agreements_fits(file: Path) -> None:
    validator = Draft202012Validator(SCHEMA)
    fences = [fence for fence in read_pages(file.read_text("utf-8"), Problems()).fences if fence.kind == "terms"]
    for fence, node in read_fences(fences, Problems()):
        assert node is not None, f"{file.name}, {fence.spot} can be read"
        found = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(plain(node))]
        assert found == [], f"{file.name}, {fence.spot}"


def test_a_word_that_is_nobodys_is_marked() -> None:
    wrong = {"clocks": {"respond": {"witin": "4 hours"}}}
    assert [error.validator for error in Draft202012Validator(SCHEMA).iter_errors(wrong)] == ["additionalProperties"]
