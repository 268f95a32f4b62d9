"""What was counted and measured in an example: requests, levels, tasks with a time to be done in."""

from collections.abc import Iterator
from typing import Any

from upheld.core.facts import Fact
from upheld.core.terms.quantities import parse_length, parse_percent
from upheld.core.timeline import Duration
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.recovery import read_size
from upheld.language.examples.histories.writer import Writer

WHOLE = 10**6
"""A share of users is told as so many of a million."""


def write_requests(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """Requests of a span; without one, of the whole period of the example."""
    start, end = (one.instant("from") or writer.period.start), (one.instant("to") or writer.period.end)
    taken: dict[str, Any] = {}
    if "response time" in one.fields:
        length = parse_length(one.text("response time"))
        taken["response_time"] = length.micros if isinstance(length, Duration) else None
    if "volume" in one.fields:
        taken["bytes"] = read_size(one.text("volume"))
    yield writer.fact(
        "requests-counted", end, component=writer.components(one)[0], from_at=start, to_at=end,
        total=int(one.text("count", "0")), failed=int(one.text("failed", "0")), kind=one.text("kind"), **taken,
    )  # fmt: skip


def write_level(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A level of the figure of a measure, on a component of its service."""
    rule = writer.document.blocks.get("measures", {}).get(one.text("for"), {})
    service = writer.document.blocks.get("services", {}).get(rule.get("of"), {})
    component = one.text("component") or next(iter(service.get("components", {})), "service")
    start, end = one.at("from"), one.at("to")
    figure, level = rule.get("figure", one.text("for")), one.text("level")
    yield writer.fact("level-measured", end, figure=figure, component=component, from_at=start, to_at=end, level=level)


def write_task(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A task of a measure; without an end it is not done."""
    start, end = one.at("from"), one.instant("to")
    done = {"done_at": end} if end else {}
    yield writer.fact("task-timed", end or start, measure=one.text("for"), started_at=start, **done)


def write_share(writer: Writer, one: Happened, outage: str) -> Iterator[Fact]:
    """The share of users that an outage hit, where the example tells it."""
    if "affected" in one.fields:
        share = parse_percent(one.text("affected")).exact
        start, end = one.at("from"), one.at("to")
        hit = (share * WHOLE).numerator // (share * WHOLE).denominator
        yield writer.fact("share-affected", end, outage=outage, from_at=start, to_at=end, hit=hit, all=WHOLE)
