"""What is wrong with a file: where, in which clause, what, and what to write instead."""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

ERROR, WARNING = "error", "warning"
MOST_PROBLEMS = 1000
LONGEST = 600


class TooManyProblems(Exception):
    """So much is wrong that nobody would read on; the search ends."""


@dataclass(frozen=True, order=True, slots=True)
class Spot:
    """A place in the file; lines and columns are counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, or (a warning) that a person should look at. Sorted by place."""

    line: int
    column: int
    clause: str
    what: str
    try_this: str = ""
    severity: str = ERROR

    def __str__(self) -> str:
        clause = f" {self.clause}:" if self.clause else ""
        advice = f"; {self.try_this}" if self.try_this else ""
        return f"{self.line}:{self.column}: {self.severity}:{clause} {self.what}{advice}"

    def to_json(self) -> dict[str, Any]:
        return {
            "line": self.line, "column": self.column, "clause": self.clause, "what": self.what,
            "try_this": self.try_this, "severity": self.severity,
        }  # fmt: skip


@dataclass(slots=True)
class Problems:
    """The problems found so far, each once."""

    found: set[Problem] = field(default_factory=set)
    at: dict[tuple[int, int], list[Problem]] = field(default_factory=dict)

    def error(self, spot: Spot, what: str, try_this: str = "", clause: str = "") -> None:
        self.add(Problem(spot.line, spot.column, clause, shorten(what), shorten(try_this)))

    def warn(self, spot: Spot, what: str, try_this: str = "", clause: str = "") -> None:
        self.add(Problem(spot.line, spot.column, clause, shorten(what), shorten(try_this), WARNING))

    def add(self, *problems: Problem) -> None:
        """Keep problems; one that is known already is not kept twice."""
        if len(self.found) >= MOST_PROBLEMS:
            raise TooManyProblems
        for problem in problems:
            if problem not in self.found:
                self.found.add(problem)
                self.at.setdefault((problem.line, problem.column), []).append(problem)

    def has_error_at(self, spot: Spot, saying: str = "") -> bool:
        """Whether a problem at a place was found already, one that says something if that is asked."""
        return any(saying in problem.what for problem in self.at.get((spot.line, spot.column), ()))

    def count_errors(self) -> int:
        return sum(problem.severity == ERROR for problem in self.found)

    def in_order(self) -> tuple[Problem, ...]:
        return tuple(sorted(self.found))


def shorten(text: str) -> str:
    """A sentence that people can read, whatever was quoted in it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 4 :]}"


def near(word: str, known: Collection[str]) -> str:
    """The known word that is nearest, or nothing where none is near."""
    lowered = {name.lower(): name for name in sorted(known, reverse=True)}
    found = get_close_matches(word.lower()[:80], list(lowered), 1, 0.6)
    return lowered[found[0]] if found else ""


def nearest_or_list(word: str, known: Collection[str]) -> str:
    """Advice for an unknown word: the nearest known one, or what there is."""
    if close := near(word, known):
        return f"the nearest known word is {close!r}"
    return f"known are {', '.join(sorted(known))}" if known else "none is known here"
