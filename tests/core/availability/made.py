"""The sample agreement with another promise in it, and short ways to tell of requests, instances and levels."""

from itertools import count
from typing import Any

from tests.core.sample import CALENDARS, covered, header, price
from tests.core.spans import at, span
from tests.core.terms.changed import changed
from upheld.core.availability import Account
from upheld.core.explain import Finding
from upheld.core.facts import (
    Fact,
    LevelMeasured,
    OutageClosed,
    OutageOpened,
    RequestsCounted,
    ResourceEnded,
    ResourceStarted,
    ShareAffected,
    TaskTimed,
    TicketOpened,
)
from upheld.core.statement import Statement, build
from upheld.core.terms import Document
from upheld.core.timeline import Duration

NUMBERS = count(1)
GONE_FORMULA = {"availability__uptime__formula": "(T - M - D) / (T - M)"}
APRIL = span("2026-04-01T00:00Z", "2026-05-01T00:00Z")
LATER = "2030-01-01T00:00Z"


def promised(**keys: Any) -> dict[str, Any]:
    """The blocks with keys of the promise changed; a credit would only be in the way, and the formula is derived."""
    blocks = changed(**{name: value for name, value in keys.items() if "__" in name})
    for block in ("credits", "claims", "money"):
        del blocks[block]
    promise = blocks["availability"]["uptime"]
    if not any(name.startswith("availability__uptime__formula") for name in keys):
        del promise["formula"], promise["where"]
    promise |= {name.replace("_", " "): value for name, value in keys.items() if "__" not in name}
    return blocks


def stated(
    blocks: dict[str, Any], facts: list[Fact], period: str = "2026-04", as_of: str = LATER, seen: bool = True,
    parameters: dict[str, str] | None = None, calendars: dict[str, Any] = CALENDARS,
) -> Statement:  # fmt: skip
    """The statement of a period, all of it covered by a record unless said otherwise."""
    whole = [covered("2020-01-01T00:00Z", as_of)] if seen else []
    told = [price("EUR 720.00"), *whole, *facts]
    return build(
        Document(blocks), calendars, told, period, at(as_of), parameters=parameters or {}, others=False
    )  # fmt: skip


def account(blocks: dict[str, Any], facts: list[Fact], **named: Any) -> Account:
    return stated(blocks, facts, **named).judged.accounts[0]


def finding(blocks: dict[str, Any], facts: list[Fact], **named: Any) -> Finding:
    return account(blocks, facts, **named).finding


def requests(start: str, end: str, total: int, failed: int, **more: Any) -> Fact:
    name = f"requests-{next(NUMBERS)}"
    said = {"component": "web", **more}
    return RequestsCounted(**header(name, end), from_at=at(start), to_at=at(end), total=total, failed=failed, **said)


def down(
    start: str, end: str | None, component: str = "web", resource: str = "", good: str = "", bad: str = ""
) -> list[Fact]:
    """An outage; `good` is the last good instant before it, `bad` the last bad one in it, where they are not its edges."""
    name = f"outage-{next(NUMBERS)}"
    opened = OutageOpened(
        **header(f"{name}-opened", start), outage=name, component=component, first_bad_at=at(start),
        last_good_at=at(good or start), resource=resource,
    )  # fmt: skip
    if end is None:
        return [opened]
    return [
        opened,
        OutageClosed(**header(f"{name}-closed", end), outage=name, last_bad_at=at(bad or end), first_good_at=at(end)),
    ]


def runs(name: str, start: str, end: str | None = None, kind: str = "customer") -> list[Fact]:
    """An instance that runs from an instant, and until another where one is given."""
    started: list[Fact] = [ResourceStarted(**header(f"{name}-started-{start}", start), resource=name, kind=kind)]
    return [*started, ResourceEnded(**header(f"{name}-ended-{end}", end), resource=name)] if end else started


def affected(outage: list[Fact], hit: int, of: int, start: str, end: str) -> Fact:
    opened = outage[0]
    assert isinstance(opened, OutageOpened)
    name = f"share-{next(NUMBERS)}"
    return ShareAffected(**header(name, end), outage=opened.outage, from_at=at(start), to_at=at(end), hit=hit, all=of)


def reported(outage: list[Fact], when: str, by: str = "customer") -> Fact:
    opened = outage[0]
    assert isinstance(opened, OutageOpened)
    name = f"ticket-{next(NUMBERS)}"
    return TicketOpened(**header(name, when), ticket=name, channel="email", outage=opened.outage, opened_by=by)


def level(start: str, end: str, figure: str, value: str, component: str = "web") -> Fact:
    name = f"level-{next(NUMBERS)}"
    return LevelMeasured(
        **header(name, end), figure=figure, component=component, from_at=at(start), to_at=at(end), level=value
    )  # fmt: skip


def task(measure: str, start: str, end: str | None) -> Fact:
    name = f"task-{next(NUMBERS)}"
    return TaskTimed(**header(name, end or start), measure=measure, started_at=at(start), done_at=at(end) if end else None)


def minutes(number: int) -> Duration:
    return Duration(number * 60_000_000)
