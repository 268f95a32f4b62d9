"""The pictures of a statement, drawn from its own words: the days of its period, and what the promise could bear."""

from collections.abc import Mapping
from typing import Any

from upheld.core.service_hours import Zone
from upheld.core.timeline import Duration, Instant, Span
from upheld.gateways.pdf.pictures import list_spans
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
    spans = tuple(StateSpan(span, State(state)) for state, span in list_spans(finding["why"]))
    return PeriodLine(days=Span(start, end), name=name, spans=spans, as_of=Instant.parse(content["as_of"]), zone=zone)


def picture_budget(finding: Told | None) -> Budget | None:
    """What the period could bear and what of it was used; None where no limit is promised."""
    quantities = finding["quantities"] if finding else {}
    allowed, down = (quantities.get(name, {}).get("micros") for name in ("borne", "down"))
    return Budget(Duration(allowed), Duration(down)) if allowed is not None and down is not None else None
