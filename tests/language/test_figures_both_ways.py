"""Strict both ways: no figure of a shipped agreement's prose can be changed without the check telling of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from upheld.language.agreement_of_figures import NUMBERED, check_prose, check_rule
from upheld.language.merge import Merged, Said
from upheld.language.problem import Problems
from upheld.language.prose import Clause, Pages
from upheld.language.reading import read_text

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"(?<![\w`.,-])\d+(?:\.\d+)?(?=\s?%|\s(?:[a-zA-Z]+\s)?(?:second|minute|hour|day|week|month|year)|:\d\d)")


def changed(clause: Clause) -> Iterator[Clause]:
    """The clause with one of its figures changed, for each of them outside parentheses."""
    for found in FIGURE.finditer(clause.prose):
        before = clause.prose[: found.start()]
        if before.count("(") == before.count(")"):
            other = f"{found[0]}7" if "." in found[0] else str(int(found[0]) + 3)
            yield replace(clause, prose=before + other + clause.prose[found.end() :])


def problems_of(merged: Merged, pages: Pages, clause: Clause, serving: list[Said], numbered: set[str]) -> set[str]:
    problems, pages = Problems(), replace(pages, clauses={**pages.clauses, clause.id: clause})
    check_prose(merged, clause, serving, [], numbered, problems)
    for said in serving:
        check_rule(merged, said, pages, problems)
    return {problem.what for problem in problems.found}


@pytest.mark.parametrize("path", sorted(ROOT.glob("agreements/*.md")), ids=lambda path: path.stem)
def test_a_changed_figure_is_told(path: Path) -> None:
    """Each figure of each clause that a rule carries out; the text as it stands has no such problem."""
    read = read_text(path.read_text("utf-8"), Problems())
    merged, pages = read.merged, read.pages
    apart = {said.path[1] for said in merged.below("accounted for")}
    numbered = {part for said in merged.leaves() for part in said.path if NUMBERED.fullmatch(part)}
    untold, tried = [], 0
    for clause in pages.clauses.values():
        if clause.id in apart:
            continue
        serving = [said for said in merged.leaves() if clause.id in said.clauses]
        as_it_stands = problems_of(merged, pages, clause, serving, numbered)
        for other in changed(clause):
            tried += 1
            if problems_of(merged, pages, other, serving, numbered) == as_it_stands:
                untold.append(f"{clause.id}: {other.prose}")

    assert [] == untold
    assert tried >= 5
