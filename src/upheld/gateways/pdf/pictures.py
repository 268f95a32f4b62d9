"""What is drawn on a statement's paper: the days of its period, what it could bear, how the clocks were kept."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from upheld.core.explain import show
from upheld.core.service_hours import Zone
from upheld.core.service_hours.zone import next_day
from upheld.core.statement.outline import family_of, is_run
from upheld.core.timeline import HOUR, SECOND, Duration, Instant, Span, Timeline
from upheld.gateways.pdf.naming import name_finding
from upheld.gateways.pdf.tables import hold

STATES = {
    "down": "down",
    "degraded": "degraded",
    "unknown": "not measured",
    "maintenance": "maintenance",
    "excluded": "excluded",
}
"""From the worst to the best, as on the page; what is none of them was up."""
ALSO = {"not measured": "unknown", "out of base": "maintenance", "up by exclusion": "excluded"}
PATTERNED = ("unknown", "maintenance", "excluded")
WHOLE = 10_000
HIGHEST, LEAST, PATTERN_HEIGHT = 33, 5, 13
FULL = HOUR * 4
"""Trouble of this length fills the height of its day; the words say how long it was."""
MOST_NUMBERED = 31
RAN = ("met", "missed", "running")

Told = Mapping[str, Any]
Seen = Mapping[str, Timeline]
"""The time of each state."""


def draw_days(written: Told, finding: Told | None, zone: Zone) -> dict[str, Any] | None:
    """Each day up to the statement's own instant, as its first promise saw it; None where none is promised."""
    if finding is None:
        return None
    period = Span(*(Instant.parse(text) for text in written["period"]))
    as_of = Instant.parse(written["as_of"])
    listed = list(list_spans(finding["why"]))
    seen = {state: Timeline.of(span for name, span in listed if name == state).within(period) for state in STATES}
    days = list(split_days(period, zone))
    return {
        "name": name_finding(finding),
        "zone": zone.name,
        "columns": [draw_day(day, span, seen, as_of, is_numbered(day, days)) for day, span in days],
        "legend": [[state, hold(f"{words} {show(seen[state].total)}")] for state, words in STATES.items() if seen[state]],
    }


def list_spans(step: Told, above: str = "") -> Iterator[tuple[str, Span]]:
    """
    The time of each state, from the deepest steps that have one: what lies above them sums it up.

    Time that an excuse lets count as up is told as up, below a step that says it was excluded: it is drawn as that.
    """
    own = str(step.get("state", above))
    state = above if own == "up" and above else ALSO.get(own, own)
    deeper = [found for below in step.get("because", ()) for found in list_spans(below, state)]
    if deeper or "state" not in step:
        yield from deeper
        return
    for start, end in step.get("spans", ()):
        yield state, Span(Instant.parse(start), Instant.parse(end))


def split_days(period: Span, zone: Zone) -> Iterator[tuple[date, Span]]:
    day, last = zone.date_at(period.start), zone.date_at(max(period.start, period.end.before(SECOND)))
    while day <= last:
        yield day, Span(zone.midnight(day), zone.midnight(next_day(day)))
        day = next_day(day)


def is_numbered(day: date, days: Sequence[tuple[date, Span]]) -> bool:
    """1, 5, 10 and so on; of a period that is longer than a month, only the first of each month."""
    return day.day == 1 or (len(days) <= MOST_NUMBERED and day.day % 5 == 0 and day.day < 30)


def draw_day(day: date, span: Span, seen: Seen, as_of: Instant, numbered: bool) -> dict[str, Any]:
    """A hairline where all was well, above it a bar for each state, the worst at the bottom."""
    gone_by, is_blind = span.start < as_of, seen["unknown"].within(span).total >= span.length
    bars = []
    for state in STATES:
        length = seen[state].within(span).total
        if length and gone_by and not (state == "unknown" and is_blind):
            bars.append([state, PATTERN_HEIGHT if state in PATTERNED else tall(length)])
    line = ("blind" if is_blind else "up") if gone_by else ""
    return {"label": str(day.day) if numbered else "", "line": line, "bars": fit(bars)}


def tall(length: Duration) -> int:
    return max(LEAST, min(HIGHEST, length.micros * HIGHEST // FULL.micros))


def fit(bars: list[list[Any]]) -> list[list[Any]]:
    """As many as the height of a day holds, the worst whole."""
    held, left = [], HIGHEST
    for state, height in bars:
        if left:
            held.append([state, min(height, left)])
            left -= held[-1][1]
    return held


def draw_budget(finding: Told | None) -> dict[str, Any] | None:
    """What the period could bear and what of it was used; None where no limit is promised."""
    quantities = finding["quantities"] if finding else {}
    borne, down = (quantities.get(name, {}).get("micros") for name in ("borne", "down"))
    if borne is None or down is None:
        return None
    used = min(WHOLE, down * WHOLE // borne) if borne else WHOLE if down else 0
    rest = f"{show(Duration(down - borne))} over" if down > borne else f"{show(Duration(borne - down))} left"
    return {"used": used, "says": hold(f"{show(Duration(down))} down and counted, {rest} of {show(Duration(borne))}")}


def draw_attained(findings: Sequence[Told]) -> list[dict[str, Any]]:
    """A bar for each clock that ran: runs that were met, missed, and that still run, each as long as its part."""
    bars = []
    for finding in findings:
        if family_of(finding) == "clocks" and not is_run(finding):
            many = [(kind, finding["quantities"].get(kind, {}).get("count", 0)) for kind in RAN]
            whole = sum(count for _, count in many)
            if whole:
                parts = [[kind, count * WHOLE // whole] for kind, count in many if count]
                says = ", ".join(f"{count:,} {kind}" for kind, count in many if count)
                bars.append({"name": name_finding(finding), "parts": parts, "says": hold(f"{finding['shown']}; {says}")})
    return bars
