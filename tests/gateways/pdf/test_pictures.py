"""What is drawn on a statement's paper says what its reasons say: each day, what was borne, how clocks were kept."""

import json
from typing import Any

import pytest

from tests.core.sample import header, outage
from tests.verify.samples import live_through_february, state
from upheld.core.facts import NotMeasured
from upheld.core.proof import canonical_bytes
from upheld.core.service_hours import Zone
from upheld.core.terms.periods import UTC
from upheld.core.timeline import Instant
from upheld.gateways.pdf.pictures import draw_attained, draw_budget, draw_days

AT_SEA = Zone("Sea", (Instant(-(10**18)),), (7200,))


@pytest.fixture(scope="module")
def written() -> dict[str, Any]:
    """A month with an outage of ours, one that a storm excuses over midnight, planned work, and a prober that was down."""
    blind = NotMeasured(
        **header("nm", "2026-02-25T00:00Z"),
        component="web",
        from_at=Instant.parse("2026-02-23T00:00Z"),
        to_at=Instant.parse("2026-02-24T06:00Z"),
        because="prober down",
    )
    storm = outage("o9", "2026-02-15T22:00Z", "2026-02-16T01:00Z", cause="storm")
    made = state([*live_through_february(), *storm, blind])
    kept: dict[str, Any] = json.loads(canonical_bytes(made.to_json()))
    return kept


def test_each_day_has_what_its_reasons_tell(written: dict[str, Any]) -> None:
    """Down, excused, planned and unmeasured time each stand on their days; a day that nobody saw has no line of health."""
    drawn = draw_days(written, written["findings"][0], UTC)

    assert drawn is not None
    told = {place: day["bars"] for place, day in enumerate(drawn["columns"], start=1) if day["bars"]}
    assert {
        11: [["down", 33]],
        15: [["excluded", 13]],
        16: [["excluded", 13]],
        21: [["maintenance", 13]],
        24: [["unknown", 13]],
    } == told
    assert [23] == [place for place, day in enumerate(drawn["columns"], start=1) if day["line"] == "blind"]
    assert ["1", "5", "10", "15", "20", "25"] == [day["label"] for day in drawn["columns"] if day["label"]]
    assert [
        ["down", "down 300\u00a0min"],
        ["unknown", "not measured 1,800\u00a0min"],
        ["maintenance", "maintenance 30\u00a0min"],
        ["excluded", "excluded 180\u00a0min"],
    ] == drawn["legend"]


def test_days_are_those_of_the_agreement(written: dict[str, Any]) -> None:
    """An outage at 22 hours of one zone lies on the next day of another, two hours ahead of it."""
    drawn = draw_days(written, written["findings"][0], AT_SEA)

    assert drawn is not None
    assert "Sea" == drawn["zone"]
    assert [[], [["excluded", 13]], []] == [drawn["columns"][place]["bars"] for place in (14, 15, 16)]
    assert 29 == len(drawn["columns"])


def test_nothing_is_drawn_into_the_future(written: dict[str, Any]) -> None:
    """Of a period that still runs, the days to come have no line and no bar."""
    early = {**written, "as_of": "2026-02-10T00:00:00.000000Z"}

    drawn = draw_days(early, written["findings"][0], UTC)

    assert drawn is not None
    assert [("up", [])] * 9 + [("", [])] * 19 == [(day["line"], day["bars"]) for day in drawn["columns"]]


def test_an_overdrawn_budget_is_full(written: dict[str, Any]) -> None:
    """More than the promise bears fills the bar; the words say by how much."""
    assert {
        "used": 10_000,
        "says": "300\u00a0min down and counted, 98\u00a0min 33\u00a0s over of 201\u00a0min 27\u00a0s",
    } == draw_budget(written["findings"][0])
    assert draw_budget(None) is None


def test_clocks_are_drawn_by_their_parts() -> None:
    """Each clock that ran has a bar of what was met, missed and still runs; single runs and quiet clocks have none."""
    many = {"met": {"count": 12, "of": "met"}, "missed": {"count": 4, "of": "missed"}, "running": {"count": 0, "of": ""}}
    none = {name: {"count": 0, "of": name} for name in many}
    findings = [
        {"rule": "clocks/reply", "shown": "75.0000 %", "quantities": many},
        {"rule": "clocks/reply/T-1", "shown": "75.0000 %", "quantities": many},
        {"rule": "clocks/quiet", "shown": "none", "quantities": none},
        {"rule": "duties/reply", "shown": "12 times", "quantities": many},
    ]

    assert [
        {
            "name": "Clock: reply",
            "parts": [["met", 7500], ["missed", 2500]],
            "says": "75.0000\u00a0%; 12 met, 4 missed",
        }
    ] == draw_attained(findings)
