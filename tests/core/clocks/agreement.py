"""A small agreement with a desk, recovery and backups, made by hand, and short ways to write its facts."""

import copy
from typing import Any

from tests.core.sample import header
from upheld.core.clocks import DeskState, Timed, look_at_desk
from upheld.core.facts import (
    AnswerWaived,
    CallReceived,
    CauseAssigned,
    Fact,
    FaultIdentified,
    HighLoadDeclared,
    HoldClosed,
    HoldOpened,
    InformationCompleted,
    MessageSent,
    OutageClosed,
    OutageOpened,
    PrioritySet,
    TicketMerged,
    TicketOpened,
    TicketReopened,
    TicketResolved,
    TopicSet,
    WorkStarted,
)
from upheld.core.terms import Document, TermProblem, Terms, bind
from upheld.core.timeline import Instant

CLOCK: dict[str, Any] = {
    "strength": "promise", "starts": "received", "stops": "reply by a person", "repeats": "never", "hours": "business",
    "pauses": "none", "after change": "from change", "evidence": ["tickets"],
}  # fmt: skip
BLOCKS: dict[str, Any] = {
    "agreement": {"id": "harbour", "title": "Harbour hosting", "version": "2023-01", "effective": "2023-01-13"},
    "calendars": {
        "business": {"zone": "UTC", "open": ["mon-fri 09:00-17:00"], "closed": "none", "day": "open hours"},
        "weekdays": {"zone": "UTC", "open": ["mon-fri 00:00-24:00"], "closed": "none", "day": "none"},
        "always": {"open": "always", "closed": "none", "day": "none"},
        "night": {"zone": "UTC", "open": ["mon-sun 18:00-08:00"], "closed": "none", "day": "none"},
    },
    "evidence": {"tickets": {"kind": "record", "from": "the desk", "every": "none"}},
    "services": {
        "shop": {
            "is": "the shop", "each": "customer", "components": {"web": {"covered": True}}, "down when": {"all": ["web"]},
        }
    },
    "causes": {
        "own": {"responsible": "provider", "counts as": "down", "evidence": ["tickets"], "otherwise": True},
        "storm": {"responsible": "outside", "counts as": "up", "evidence": ["tickets"]},
    },
    "desk": {"priority set by": "staff", "high load": "declared before"},
    "priorities": {"high": {"is": "it burns"}, "low": {"is": "it does not"}, "idle": {"is": "no hurry"}},
    "clocks": {
        "respond": {
            **CLOCK,
            "cases": {
                "high": {"when": {"priority": "high"}, "within": "1 hour"},
                "low": {"when": {"priority": "low"}, "within": "16 hours"},
                "idle": {"when": {"priority": "idle"}, "within": "none", "instead": "a date that suits both"},
            },
        },
    },
}  # fmt: skip
CALENDARS: dict[str, Any] = {
    "from": "2020-01-01",
    "to": "2040-01-01",
    "zones": {
        "UTC": [["1900-01-01T00:00:00.000000Z", 0]],
        "Europe/London": [
            ["1900-01-01T00:00:00.000000Z", 0],
            ["2026-03-29T01:00:00.000000Z", 3600],
            ["2026-10-25T01:00:00.000000Z", 0],
        ],
    },
    "closed": {},
}
LATER = Instant.parse("2026-06-01T00:00Z")


def changed(**places: Any) -> dict[str, Any]:
    """The blocks with values at paths such as `clocks/respond/hours`, written with `__` for `/` and `_` for a space."""
    blocks = copy.deepcopy(BLOCKS)
    for path, value in places.items():
        *way, last = [step.replace("_", " ") for step in path.split("__")]
        place: Any = blocks
        for step in way:
            place = place.setdefault(step, {})
        place[last] = value
    return blocks


def bound(blocks: dict[str, Any] = BLOCKS, parameters: dict[str, str] | None = None, **readings: str) -> Terms:
    chosen = {name.replace("_", "-"): sense for name, sense in readings.items()}
    cites = {"clocks/respond": ("HH-1",), "clocks/respond/cases/high": ("HH-2",)}
    found = bind(Document(blocks, cites), CALENDARS, parameters or {}, chosen)
    assert isinstance(found, Terms), [str(problem) for problem in found]
    return found


def refused(blocks: dict[str, Any]) -> list[str]:
    found = bind(Document(blocks, {}), CALENDARS, {}, {})
    return [str(problem) for problem in found] if isinstance(found, list) else []


def problems_of(**places: Any) -> list[TermProblem] | Terms:
    return bind(Document(changed(**places), {}), CALENDARS, {}, {})


def desk(facts: list[Fact], as_of: Instant | str = LATER, terms: Terms | None = None) -> DeskState:
    return look_at_desk(terms or bound(), facts, Instant.parse(as_of) if isinstance(as_of, str) else as_of)


def run(facts: list[Fact], as_of: Instant | str = LATER, terms: Terms | None = None, clock: str = "respond") -> Timed:
    """The last run of a clock on the first ticket."""
    found = desk(facts, as_of, terms).last_run(clock, "T-1")
    assert found is not None
    return found


def ticket(at: str, priority: str = "high", name: str = "T-1", **more: Any) -> list[Fact]:
    told = {"channel": "mail", **more}
    facts: list[Fact] = [TicketOpened(**header(f"{name}/opened", at), ticket=name, priority=priority, **told)]
    return [*facts, put(at, priority, name)] if priority else facts


def put(at: str, priority: str, name: str = "T-1", side: str = "") -> Fact:
    return PrioritySet(**header(f"{name}/{priority}/{at}", at), ticket=name, priority=priority, by="Mara", side=side)


def said(at: str, author: str = "person", *says: str, name: str = "T-1", is_public: bool = True) -> Fact:
    head = header(f"{name}/{author}/{at}", at)
    return MessageSent(**head, ticket=name, message=f"{author}/{at}", author=author, says=says, is_public=is_public)


def waived(at: str, message: str) -> Fact:
    return AnswerWaived(**header(f"waived/{message}", at), ticket="T-1", message=message, because="thanks", by="Mara")


def worked(at: str) -> Fact:
    return WorkStarted(**header(f"worked/{at}", at), ticket="T-1", by="Mara")


def resolved(at: str, name: str = "T-1") -> Fact:
    return TicketResolved(**header(f"{name}/resolved/{at}", at), ticket=name, by="Mara")


def reopened(at: str) -> Fact:
    return TicketReopened(**header(f"reopened/{at}", at), ticket="T-1", by="Mara")


def merged(at: str, into: str, name: str = "T-1") -> Fact:
    return TicketMerged(**header(f"{name}/merged/{at}", at), ticket=name, into=into, by="Mara")


def informed(at: str) -> Fact:
    return InformationCompleted(**header(f"informed/{at}", at), ticket="T-1")


def identified(at: str) -> Fact:
    return FaultIdentified(**header(f"identified/{at}", at), ticket="T-1", by="Mara")


def about(at: str, topic: str) -> Fact:
    return TopicSet(**header(f"about/{at}", at), ticket="T-1", topic=topic, by="Mara")


def loaded(start: str, end: str, declared: str = "") -> Fact:
    head = header(f"load/{start}", declared or start)
    return HighLoadDeclared(**head, by="Mara", from_at=Instant.parse(start), to_at=Instant.parse(end))


def held(start: str, end: str | None = None, waiting_for: str = "customer", **more: Any) -> list[Fact]:
    name, told = f"hold/{start}", {"evidence": "a message", **more}
    facts: list[Fact] = [HoldOpened(**header(name, start), ticket="T-1", hold=name, waiting_for=waiting_for, **told)]
    return [*facts, HoldClosed(**header(f"{name}/closed", end), ticket="T-1", hold=name)] if end else facts


def call(at: str, about_ticket: str = "T-1") -> Fact:
    return CallReceived(**header(f"call/{at}", at), call=f"call/{at}", ticket=about_ticket)


def failed(start: str, end: str | None = None, name: str = "O-1", **causes: tuple[str, str]) -> list[Fact]:
    """An outage with exact edges; `storm=(from, to)` puts a cause on a part of it."""
    first = Instant.parse(start)
    facts: list[Fact] = [
        OutageOpened(**header(f"{name}/opened", start), outage=name, component="web", first_bad_at=first, last_good_at=first)
    ]
    if end:
        last = Instant.parse(end)
        facts.append(OutageClosed(**header(f"{name}/closed", end), outage=name, last_bad_at=last, first_good_at=last))
    for cause, (low, high) in causes.items():
        head, from_at, to_at = header(f"{name}/{cause}/{low}", high), Instant.parse(low), Instant.parse(high)
        facts.append(CauseAssigned(**head, outage=name, cause=cause, evidence="r", by="Mara", from_at=from_at, to_at=to_at))
    return facts


def at(text: str) -> Instant:
    return Instant.parse(text)
