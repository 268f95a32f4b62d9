"""Restores on request: which kind it was, and how long it took."""

from collections.abc import Sequence

from upheld.core.explain import Finding, Step, Value, Verdict
from upheld.core.facts import Fact, RestoreDone, of_kind
from upheld.core.timeline import Span


def list_restores(facts: Sequence[Fact], period: Span) -> tuple[Finding, ...]:
    """Every restore of a period, with its kind and its length: shown, never judged; what it costs is another matter."""
    return tuple(tell_restore(one, period) for one in of_kind(facts, RestoreDone) if period.contains(one.occurred_at))


def tell_restore(one: RestoreDone, period: Span) -> Finding:
    took = Span.forward(one.asked_at, one.occurred_at).length
    lost = f", lost by the {one.deleted_by}" if one.deleted_by else ""
    why = Step(took, f"from the request to the {one.kind} restore{lost}", facts=(one.id,))
    quantities: tuple[tuple[str, Value], ...] = (("kind", one.kind), ("deleted by", one.deleted_by or "nobody named"))
    return Finding(f"restores/{one.restore}", period, took, Verdict.NOT_APPLICABLE, why, quantities=quantities)
