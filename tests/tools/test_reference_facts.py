"""The page of the facts says what the classes of facts say."""

from pathlib import Path

from tools.reference_facts import print_reference, read_families, tell_kind
from upheld.core.facts import KINDS

PAGE = Path(__file__).parents[2] / "docs/reference/facts.md"


def test_the_page_is_what_the_classes_say():
    """`python -m tools.reference_facts > docs/reference/facts.md` makes it anew."""
    assert print_reference() == PAGE.read_text(encoding="utf-8")


def test_every_fact_belongs_to_a_family():
    """A kind that is added is on the page, under a heading."""
    named = [kind.__name__ for kinds in read_families().values() for kind in kinds]

    assert sorted(kind.__name__ for kind in KINDS.values()) == sorted(named)


def test_every_fact_says_what_happened():
    """In a sentence of its own."""
    assert [] == [kind.TYPE for kind in KINDS.values() if not tell_kind(kind)]
