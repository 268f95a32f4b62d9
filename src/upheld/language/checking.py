"""The one door: a text in, its document with frozen calendars and examples out, and every problem at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from upheld.core.terms.document import Document
from upheld.core.timeline import Instant
from upheld.language.binding import check_binding
from upheld.language.calendars import freeze_calendars
from upheld.language.examples import Difference, Example, read_examples
from upheld.language.examples import run_example as run
from upheld.language.meaning import check_meaning
from upheld.language.meaning.periods import check_anchors
from upheld.language.meaning.readings import check_untested
from upheld.language.places import list_not_yet_judged
from upheld.language.problem import ERROR, MOST_PROBLEMS, Problem, Problems, TooManyProblems
from upheld.language.reading import read_text

YEARS_BEFORE, YEARS_AFTER = 20, 20


@dataclass(frozen=True, slots=True)
class Checked:
    """
    What a text was found to be.

    `document` is None where it cannot be read at all. `calendars` are frozen for twenty years before and after `as_of`.
    `not_yet_judged` are clauses that stand as prose or in blocks which no judge reads yet.
    """

    document: Document | None
    calendars: Mapping[str, Any]
    problems: tuple[Problem, ...]
    examples: tuple[Example, ...] = ()
    not_yet_judged: tuple[str, ...] = ()
    digest: str = field(default="")
    """SHA-256 of the text, hexadecimal."""

    @property
    def is_clean(self) -> bool:
        """No error; warnings may remain."""
        return not any(problem.severity == ERROR for problem in self.problems)


def check(text: str, *, as_of: Instant) -> Checked:
    """
    Read a text, and find everything that is wrong with it.

    The same text is read once in a process for each date; what comes back is never changed.
    """
    return check_on(text, as_of.utc().year, Instant.midnight(as_of.utc().date()))


@lru_cache(maxsize=64)
def check_on(text: str, year: int, as_of: Instant) -> Checked:
    problems = Problems()
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    try:
        return search(text, digest, year, as_of, problems)
    except TooManyProblems:
        first = Problem(1, 1, "", f"there are more than {MOST_PROBLEMS} problems", "settle these first; more may follow")
        return Checked(None, {}, (first, *problems.in_order()), digest=digest)


def search(text: str, digest: str, year: int, as_of: Instant, problems: Problems) -> Checked:
    """Everything that is wrong, for as long as anybody would read it."""
    read = read_text(text, problems)
    errors = problems.count_errors()
    check_meaning(read.merged, read.pages, read.used, as_of, problems)
    is_meant = problems.count_errors() == errors
    calendars: dict[str, Any] = {}
    if read.document is not None:
        calendars = freeze_calendars(read.document, max(year - YEARS_BEFORE, 1), min(year + YEARS_AFTER, 9000))
        if read.is_worded and is_meant:
            check_binding(read.document, calendars, read.merged, problems)
    examples = read_examples(read.examples, read.merged, problems)
    if read.document is not None and not problems.count_errors():
        check_untested(read.merged, examples, problems)
        check_anchors(read.merged, examples, problems)
    waiting = list_not_yet_judged(read.merged, read.pages)
    return Checked(read.document, calendars, problems.in_order(), examples, waiting, digest)


def run_example(checked: Checked, example: Example) -> list[Difference]:
    """What does not come out as an example says."""
    if checked.document is None:
        return []
    return run(checked.document, checked.calendars, example)


def run_examples(checked: Checked) -> list[Difference]:
    """The differences of all examples, in the order of the file."""
    return [difference for example in checked.examples for difference in run_example(checked, example)]
