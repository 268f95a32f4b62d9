"""What was known at an instant: recorded by then, each fact once, the corrected ones gone, in an order of its own."""

from collections.abc import Iterable
from typing import TypeVar

from upheld.core.facts.kinds import FactCorrected
from upheld.core.facts.record import Fact
from upheld.core.timeline import Instant

F = TypeVar("F", bound=Fact)


def known_at(facts: Iterable[Fact], as_of: Instant) -> tuple[Fact, ...]:
    """
    The facts that hold as known at `as_of`, by when they happened; the order of recording decides nothing.

    A correction of a correction brings the first fact back.
    """
    by_id = {fact.id: fact for fact in facts if fact.recorded_at <= as_of}
    corrections = [fact for fact in by_id.values() if isinstance(fact, FactCorrected)]
    void: set[str] = set()
    for correction in sorted(corrections, key=lambda fact: (fact.recorded_at, fact.id), reverse=True):
        if correction.id not in void:
            void.add(correction.corrects)
    held = (fact for fact in by_id.values() if fact.id not in void)
    return tuple(sorted(held, key=lambda fact: (fact.occurred_at, fact.recorded_at, fact.id)))


def of_kind(facts: Iterable[Fact], kind: type[F]) -> list[F]:
    return [fact for fact in facts if isinstance(fact, kind)]
