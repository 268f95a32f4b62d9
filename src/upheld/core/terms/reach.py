"""What conditions reach for: facts that somebody must tell the judge, lengths that must be countable."""

from collections.abc import Iterator, Sequence

from upheld.core.terms.conditions import Condition, conditions_of, tests_of
from upheld.core.terms.place import TermProblem, nearest
from upheld.core.terms.quantities import Comparison, Days, Deadline, OpenTime, Periods, Quantity
from upheld.core.terms.rules import Terms


def check_words(path: tuple[str, ...], condition: Condition, known: Sequence[str]) -> Iterator[TermProblem]:
    """A condition on what nobody tells the judge would stay open for ever."""
    for test in tests_of(condition):
        if test.fact not in known:
            what = f"{test.fact!r} is not known here{nearest(test.fact, known)}; known are {', '.join(known)}"
            yield TermProblem((*path, test.fact), what)


def check_lengths(terms: Terms, path: tuple[str, ...], lengths: Sequence[Quantity | Periods]) -> Iterator[TermProblem]:
    """Lengths that end on a calendar or with a period: it must be known, and say what one of its days is."""
    for length in lengths:
        if isinstance(length, Periods):
            if length.period not in terms.periods:
                yield TermProblem(path, f"no period is called {length.period!r}{nearest(length.period, terms.periods)}")
        elif isinstance(length, Days) and not length.calendar:
            continue
        elif isinstance(length, Days | OpenTime) and length.calendar not in terms.calendars:
            known = f"no calendar is called {length.calendar!r}{nearest(length.calendar, terms.calendars)}"
            yield TermProblem(path, known)
        elif isinstance(length, Days) and not length.kind and terms.calendars[length.calendar].day == "none":
            yield TermProblem(path, f"calendar {length.calendar} does not say what a day is; give it a `day`")


def lengths_of(condition: Condition) -> list[Quantity | Periods]:
    """Every quantity that a condition compares with, and every length that it looks back over."""
    found: list[Quantity | Periods] = []
    for test in tests_of(condition):
        if isinstance(test.wanted, Comparison):
            found += [edge for _, edge in test.wanted.edges]
        elif isinstance(test.wanted, Deadline):
            found.append(test.wanted.length)
    reached = (inner.again.within for inner in conditions_of(condition) if inner.again)
    return found + [length for length in reached if length is not None]
