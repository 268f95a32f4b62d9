"""The tables of words: complete, and each kind of value known to the check and to the reference."""

from pathlib import Path

from tests.golden.record import AS_OF
from upheld.language import check
from upheld.language.kinds import TEXTS
from upheld.language.reference import KINDS, examples, write_reference
from upheld.language.vocabulary import BLOCKS, JUDGED, WORDS

ROOT = Path(__file__).parents[2]
BY_SHAPE = {
    "any", "bands", "bound", "cap", "condition", "conditions", "details", "list", "map", "names", "prices", "senses",
    "trigger",
}  # fmt: skip


def top() -> set[str]:
    return {name for name in BLOCKS if "/" not in name and name != "example"}


def test_holds_all_blocks():
    """Thirty-five blocks can be written, whether they are judged yet or not."""
    assert 35 == len(top())
    assert top() >= JUDGED


def test_knows_every_kind_of_value():
    """A kind that a table names can be checked, and is told in the reference."""
    keys = [key for block in BLOCKS.values() for key in block.keys.values()]
    kinds = {kind.strip("<>") for key in keys for kind in key.kinds if "<" in kind}
    kinds = {kind for kind in kinds if not kind.startswith(("name in ", "names in ", "names of "))}

    assert set() == kinds - set(TEXTS) - BY_SHAPE
    assert set() == kinds - set(KINDS)


def test_names_only_blocks_that_exist():
    """A kind such as `name in calendars` points to a block of the tables."""
    pointed = {
        kind.strip("<>").split(" in ")[1]
        for block in BLOCKS.values()
        for key in block.keys.values()
        for kind in key.kinds
        if kind.startswith(("<name in ", "<names in "))
    }

    assert set() == pointed - top()


def test_words_are_lower_case_and_said_once():
    """No list holds a word twice."""
    for words in WORDS.values():
        assert len(words) == len(set(words))


class TestReference:
    def test_is_the_page_in_the_docs(self):
        """docs/reference/agreements.md is made from the tables: `python -m upheld.language.reference`."""
        assert (ROOT / "docs/reference/agreements.md").read_text("utf-8") == write_reference()

    def test_names_every_word(self):
        """Each block, key and listed word is there."""
        page = write_reference()
        words = {word for block in BLOCKS.values() for word in block.keys}
        words |= {word for listed in WORDS.values() for word in listed}

        assert set() == {word for word in words if f"`{word}`" not in page}

    def test_has_a_checked_example_for_each_judged_block(self):
        """The fragments come from one agreement, which is clean."""
        sample = (ROOT / "src/upheld/language/vocabulary/sample.md").read_text("utf-8")

        assert () == check(sample, as_of=AS_OF).problems
        assert set() == JUDGED - set(examples())
