"""A ledger's facts with the seals of unbroken watching put together: the same answer of the judge, sooner."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from upheld.apps.ledger.queries.heads import Head
from upheld.apps.ledger.queries.known import known_facts
from upheld.core.facts import Fact, FactCorrected, ObservationsSealed
from upheld.core.timeline import Instant


def live_facts(agreement: str, as_of: Instant) -> tuple[Head | None, Sequence[Fact]]:
    """
    The head of a ledger, and facts with which an instant is judged as with all of them.

    Only where everything was recorded by then: a seal that was not known yet must not be part of one that was.
    """
    head, facts = known_facts(agreement)
    if head is None:
        return None, ()
    recorded_by, condensed = condense_ledger(agreement, head.root)
    return head, condensed if recorded_by <= as_of else facts


@lru_cache(maxsize=20)
def condense_ledger(agreement: str, root: bytes) -> tuple[Instant, tuple[Fact, ...]]:
    """For one state of a ledger: when the last of its facts was recorded, and its facts condensed."""
    _, facts = known_facts(agreement)
    return max(fact.recorded_at for fact in facts), condense(facts)


def condense(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """
    Seals of one component that touch or overlap become one, from the first to the last; all else stays as it is.

    A seal that somebody corrected stays by itself, so that the correction finds it.
    """
    corrected = {fact.corrects for fact in facts if isinstance(fact, FactCorrected)}
    found: list[Fact] = []
    runs: dict[str, int] = {}
    for fact in facts:
        if not isinstance(fact, ObservationsSealed) or fact.id in corrected or fact.to_at < fact.from_at:
            found.append(fact)
            continue
        place = runs.get(fact.component)
        run = found[place] if place is not None else None
        if place is not None and isinstance(run, ObservationsSealed) and run.from_at <= fact.from_at <= run.to_at:
            found[place] = join(run, fact)
        else:
            runs[fact.component] = len(found)
            found.append(fact)
    return tuple(found)


def join(run: ObservationsSealed, fact: ObservationsSealed) -> ObservationsSealed:
    """Both as one; it vouches for the same time, and is known since the later of them is."""
    return replace(
        run,
        occurred_at=max(run.occurred_at, fact.occurred_at),
        recorded_at=max(run.recorded_at, fact.recorded_at),
        to_at=max(run.to_at, fact.to_at),
        good=run.good + fact.good,
        bad=run.bad + fact.bad,
        unseen=run.unseen + fact.unseen,
    )
