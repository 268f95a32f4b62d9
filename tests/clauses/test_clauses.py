"""
Clause coverage: every clause of every shipped agreement stands in the text, is placed, and, where a rule carries it out, is
shown by an example that comes out. One test a clause, named after it.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from upheld.core.timeline import Instant
from upheld.language import Checked, Example, check, run_example
from upheld.language.examples.outcomes import OUTCOMES

AGREEMENTS = Path(__file__).parents[2] / "agreements"
AS_OF = Instant.parse("2026-01-01T00:00Z")
CLAUSES = {"code-enigma": 74, "flosum": 36, "funnelflux": 38, "redtrack": 67, "teamplify": 70}
"""How many numbered clauses each text has; they are numbered without a gap."""
SHOWN = frozenset(OUTCOMES) | {"causes", "calendars", "periods"}
"""The blocks whose rules an example can show at work."""
SHOWN_OF_THE_TEXT = ("applies", "effective", "last review", "next review")
"""What the agreement says of itself and an example can show; who provides, or which texts stand beside it, none can."""


@cache
def read(name: str) -> Checked:
    return check((AGREEMENTS / f"{name}.md").read_text("utf-8"), as_of=AS_OF)


@cache
def differences(name: str, place: int) -> tuple[str, ...]:
    checked = read(name)
    return tuple(map(str, run_example(checked, checked.examples[place])))


def clauses_of(name: str) -> list[str]:
    document = read(name).document
    return [] if document is None else list(document.clauses)


def bears_a_rule(name: str, clause: str) -> bool:
    """Whether a rule that can be shown at work carries the clause out."""
    document = read(name).document
    assert document is not None
    return any(clause in cited and can_be_shown(*path.split("/")) for path, cited in document.cites.items())


def can_be_shown(block: str, *keys: str) -> bool:
    return block in SHOWN and (block != "agreement" or keys[:1] in [(key,) for key in SHOWN_OF_THE_TEXT])


def examples_of(name: str, clause: str) -> list[tuple[int, Example]]:
    return [(place, one) for place, one in enumerate(read(name).examples) if clause in one.clauses]


EVERY = [(name, clause) for name in CLAUSES for clause in clauses_of(name)]


@pytest.mark.parametrize("name", CLAUSES)
def test_no_clause_of_the_text_is_missing(name: str) -> None:
    found = clauses_of(name)
    letters = re.sub(r"\d+", "", found[0])
    assert sorted(found) == [f"{letters}{number:02d}" for number in range(1, CLAUSES[name] + 1)]


@pytest.mark.parametrize("name", CLAUSES)
def test_every_clause_is_placed_and_judged(name: str) -> None:
    errors = [str(problem) for problem in read(name).problems if problem.severity == "error"]
    assert (errors, read(name).not_yet_judged) == ([], ())


@pytest.mark.parametrize(("name", "clause"), EVERY, ids=[clause for _, clause in EVERY])
def test_clause(name: str, clause: str) -> None:
    shown = examples_of(name, clause)
    if bears_a_rule(name, clause):
        assert shown, f"{clause} is carried out by a rule, and no example shows it at work"
    assert [line for place, _ in shown for line in differences(name, place)] == []
