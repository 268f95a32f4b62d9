"""What the judge cannot read: the document bound under every sense of every reading, each problem led back to its place."""

from collections.abc import Iterator, Mapping
from typing import Any

from upheld.core.terms import Document, TermProblem, bind
from upheld.language.merge import Merged
from upheld.language.problem import Problems
from upheld.language.standins import stand_in_parameters

NO_RULE = "it has no rule for this yet: write what it knows, or account for the clause as not yet judged"


def check_binding(document: Document, calendars: Mapping[str, Any], merged: Merged, problems: Problems) -> None:
    """Bind as the file reads, then with each reading turned to each other sense, one at a time."""
    parameters = stand_in_parameters(document)
    told: set[tuple[tuple[str, ...], str]] = set()
    for reading, sense in senses_of(document):
        chosen = {reading: sense} if reading else {}
        try:
            bound = bind(document, calendars, parameters, chosen)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError):
            bound = [TermProblem((), "these terms cannot be bound as they stand")]
        found = bound if isinstance(bound, list) else []
        promises_are_wrong = any(problem.path[:1] == ("availability",) for problem in found)
        for problem in found:
            # A credit for a promise that cannot be read names none: only the promise is at fault.
            follows = promises_are_wrong and problem.path[:1] == ("credits",) and problem.path[-1] == "when"
            if (problem.path, problem.what) not in told and not follows:
                told.add((problem.path, problem.what))
                tell(problem, reading, sense, merged, problems)


def tell(problem: TermProblem, reading: str, sense: str, merged: Merged, problems: Problems) -> None:
    spot, key = merged.spot(*problem.path), "".join(problem.path[-1:])
    is_said = problem.path in merged.said
    # What the words already found at the same value, or as the same missing key, is not told again.
    if problems.has_error_at(spot, "" if is_said else repr(key)):
        return
    what, _, advice = problem.what.partition("; ")
    under = f" (under the sense {sense!r} of reading {reading})" if reading else ""
    where = f"{' / '.join(problem.path)}: " if problem.path else ""
    told = f"the judge cannot read this: {where}{what}{under}"
    problems.error(spot, told, advice or NO_RULE, merged.clause(*problem.path))


def senses_of(document: Document) -> Iterator[tuple[str, str]]:
    """Nothing changed first, then every sense that is not the one read."""
    yield "", ""
    readings = document.blocks.get("readings", {})
    for name, entry in readings.items() if isinstance(readings, dict) else ():
        senses = entry.get("senses", []) if isinstance(entry, dict) else []
        for sense in senses if isinstance(senses, dict | list) else []:
            if isinstance(sense, str) and sense != entry.get("we read"):
                yield name, sense
