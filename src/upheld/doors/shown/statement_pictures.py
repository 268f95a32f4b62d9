"""The pictures of a statement, drawn from its own words: the days of its period, and what the promise could bear."""

from collections.abc import Iterator, Mapping
from typing import Any

from upheld.core.service_hours import Zone
from upheld.core.timeline import Duration, Instant, Span
from upheld.pages.contexts.parts import Budget, StateSpan
from upheld.pages.contexts.statements import PeriodLine
from upheld.pages.states import State

Told = Mapping[str, Any]


def picture_period(content: Told, finding: Told | None, zone: Zone) -> PeriodLine | None:
    """The days of the period as its first promise saw them; None where none is promised."""
    if finding is None:
        return None
    start, end = (Instant.parse(text) for text in content["period"])
    name = str(finding["rule"]).partition("/")[2]
    spans = tuple(list_spans(finding["why"]))
    return PeriodLine(days=Span(start, end), name=name, spans=spans, as_of=Instant.parse(content["as_of"]), zone=zone)


def list_spans(step: Told, above: State | None = None) -> Iterator[StateSpan]:
    """
    The time of each state, from the deepest steps that have one: what lies above them sums it up.

    Time that an excuse lets count as up is told as up, below a step that says it was excluded: it is drawn as that.
    """
    own = State.read(step["state"]) if "state" in step else above
    state = above if own is State.UP and above else own
    deeper = [found for below in step.get("because", ()) for found in list_spans(below, state)]
    if deeper or "state" not in step or state is None:
        yield from deeper
        return
    for start, end in step.get("spans", ()):
        yield StateSpan(Span(Instant.parse(start), Instant.parse(end)), state)


def picture_budget(finding: Told | None) -> Budget | None:
    """What the period could bear and what of it was used; None where no limit is promised."""
    quantities = finding["quantities"] if finding else {}
    allowed, down = (quantities.get(name, {}).get("micros") for name in ("borne", "down"))
    return Budget(Duration(allowed), Duration(down)) if allowed is not None and down is not None else None
