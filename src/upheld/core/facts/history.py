"""What was known at an instant: recorded by then, each fact once, the corrected ones gone, in an order of its own."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from upheld.core.facts.causes import FactCorrected
from upheld.core.facts.record import Fact
from upheld.core.timeline import Instant

F = TypeVar("F", bound=Fact)
T = TypeVar("T")


class FactsDiffer(ValueError):
    """Two facts under one id that say different things: neither can be believed before the other is withdrawn."""


class KnownFacts(tuple[Fact, ...]):
    """
    Facts in their order, which remember what was made of them alone: a judge asks the same of them under each reading.

    Equal to, and used as, the tuple that it is.
    """

    _remembered: dict[Hashable, Any]

    def __new__(cls, facts: Iterable[Fact]) -> "KnownFacts":
        made = super().__new__(cls, facts)
        made._remembered = {}
        return made

    def remember(self, name: Hashable, make: Callable[[], T]) -> T:
        if name not in self._remembered:
            self._remembered[name] = make()
        found: T = self._remembered[name]
        return found


def known_at(facts: Iterable[Fact], as_of: Instant) -> KnownFacts:
    """The facts that hold as known at `as_of`, by when they happened; the order of recording decides nothing."""
    by_id: dict[str, Fact] = {}
    for fact in facts:
        if fact.recorded_at <= as_of and by_id.setdefault(fact.id, fact) != fact:
            raise FactsDiffer(f"two facts are called {fact.id} and differ; each fact needs an id of its own")
    void = find_void(fact for fact in by_id.values() if isinstance(fact, FactCorrected))
    held = (fact for fact in by_id.values() if fact.id not in void)
    return KnownFacts(sorted(held, key=lambda fact: (fact.occurred_at.micros, fact.recorded_at.micros, fact.id)))


def find_void(corrections: Iterable[FactCorrected]) -> set[str]:
    """
    The ids of facts that no longer hold. A correction of a correction brings the first fact back, whichever was written
    down first. Corrections that correct each other in a circle correct nothing.
    """
    waiting: dict[str, set[str]] = {}
    targets: dict[str, str] = {}
    for correction in corrections:
        waiting.setdefault(correction.corrects, set()).add(correction.id)
        targets[correction.id] = correction.corrects
    void: set[str] = set()
    settled = [name for name in targets if name not in waiting]
    while settled:
        name = settled.pop()
        target = targets.get(name)
        if target is None or target in void:
            continue
        waiting[target].discard(name)
        if name not in void:
            void.add(target)
        if target in void or not waiting[target]:
            settled.append(target)
    return void


def of_kind(facts: Iterable[Fact], kind: type[F]) -> list[F]:
    """Those of one kind, in their order."""
    return list(remembered(facts, (kind,), lambda: tuple(fact for fact in facts if isinstance(fact, kind))))


def remembered(facts: Iterable[Fact], name: Hashable, make: Callable[[], T]) -> T:
    """
    What `make` makes of the facts and of nothing else that `name` does not hold; of known facts it is made once.

    It is handed out again as it is: only what cannot be changed may be made.
    """
    return facts.remember(name, make) if isinstance(facts, KnownFacts) else make()
