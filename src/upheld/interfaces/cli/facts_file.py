"""Facts from a file of JSON lines, or every line that is none, with its number."""

import json
from dataclasses import dataclass
from pathlib import Path

from upheld.core.facts import Fact, read_fact


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Why a line is no fact."""

    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def read_facts(path: Path) -> tuple[list[Fact], list[LineProblem]]:
    """All facts and all problems of a file; blank lines are nothing. A fact's id occurs once."""
    facts: list[Fact] = []
    problems: list[LineProblem] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            read = read_fact(json.loads(line))
        except json.JSONDecodeError as problem:
            problems.append(LineProblem(path, number, f"is not JSON: {problem.msg} at column {problem.colno}"))
            continue
        if isinstance(read, list):
            problems += [LineProblem(path, number, str(problem)) for problem in read]
        elif read.id in seen:
            problems.append(LineProblem(path, number, f"fact {read.id!r} stands already in line {seen[read.id]}"))
        else:
            seen[read.id] = number
            facts.append(read)
    return facts, problems
