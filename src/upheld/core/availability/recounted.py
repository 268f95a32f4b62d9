"""Requests that count otherwise than they came: answered ones that count as failed, failed ones that count as answered."""

from collections.abc import Iterator, Sequence

from upheld.core.availability.scene import Scene
from upheld.core.explain import Count, Step
from upheld.core.facts import RequestsCounted, of_kind
from upheld.core.terms.conditions import tests_of


def tell_recounted(scene: Scene) -> Iterator[Step]:
    """Why the failed requests of a period are more, or fewer, than were recorded; nothing where they are as many."""
    promise = scene.promise
    came = {fact.id: min(fact.failed, fact.total) for fact in of_kind(scene.facts, RequestsCounted)}
    own = [fact for fact in scene.counts if scene.period.contains(fact.from_at)]
    failed = [fact for fact in own if min(fact.failed, fact.total) > came[fact.id]]
    answered = [fact for fact in own if fact.failed < came[fact.id]]
    if failed and promise.bad_when:
        tests = list(tests_of(promise.bad_when))
        clauses = tuple(dict.fromkeys(clause for test in tests for clause in test.clauses))
        readings = tuple(dict.fromkeys(reading for test in tests for reading in test.readings))
        number = sum(fact.total - came[fact.id] for fact in failed)
        yield Step(Count(number, "requests"), "answered, and count as failed", clauses, readings, names_of(failed))
    if answered:
        number = sum(came[fact.id] for fact in answered)
        kinds = ", ".join(dict.fromkeys(fact.kind for fact in answered))
        told = promise.kinds_term
        words = f"failed, and count as answered: {kinds}"
        yield Step(Count(number, "requests"), words, told.clauses, told.readings, names_of(answered))


def names_of(facts: Sequence[RequestsCounted]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)
