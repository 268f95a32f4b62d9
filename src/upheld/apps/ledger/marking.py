"""Before facts become leaves, which nothing can take back: whoever keeps people puts marks in the place of people."""

from collections.abc import Callable, Sequence

from upheld.core.facts import Fact

Marking = Callable[[Sequence[Fact]], Sequence[Fact]]

_markings: list[Marking] = []


def mark_by(marking: Marking) -> None:
    """From now on facts go through this before they are recorded; named once, at the start of the program."""
    if marking not in _markings:
        _markings.append(marking)


def mark_facts(facts: Sequence[Fact]) -> Sequence[Fact]:
    """The facts as they may stand in the ledger for ever."""
    for marking in _markings:
        facts = marking(facts)
    return facts
