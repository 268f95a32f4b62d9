"""Incidents as facts of one agreement: which of its components they touched, and with which cause."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from upheld.core.facts import CauseAssigned, CoverageDeclared, Fact, OutageClosed, OutageOpened
from upheld.core.timeline import Duration, Instant, Span
from upheld.gateways.incidents.incident import Incident, Left


@dataclass(frozen=True, slots=True)
class Placing:
    """
    Where incidents belong. `components` maps the publisher's names to the agreement's; `usual` takes those that name
    none. `impacts` are the publisher's words that mean an outage (none: all). `late_by`: how long before the first post
    it can have begun, where the publisher states no start.
    """

    agreement: str
    source: str
    components: Mapping[str, str] = field(default_factory=dict)
    usual: str = ""
    impacts: tuple[str, ...] = ()
    late_by: Duration | None = None
    causes: Mapping[str, str] = field(default_factory=dict)
    covers: Span | None = None
    """The time of which the history tells everything; without it such time is not measured."""


def write_facts(incidents: Sequence[Incident], placing: Placing) -> tuple[list[Fact], list[Left]]:
    """The facts, and the incidents that give none, each with the reason."""
    facts: list[Fact] = []
    left: list[Left] = []
    for incident in incidents:
        if placing.impacts and incident.impact not in placing.impacts:
            left.append(Left(incident.id, f"its impact is {incident.impact or 'not told'}, which is no outage here"))
            continue
        touched = touches(incident, placing)
        if not touched:
            names = ", ".join(incident.components) or "no component"
            left.append(Left(incident.id, f"it names {names}; say with --component NAME=COMPONENT which that is, or --into"))
        for component in touched:
            facts += tell(incident, component, placing)
    if placing.covers:
        facts.append(declare(placing, placing.covers))
    return facts, left


def declare(placing: Placing, covers: Span) -> CoverageDeclared:
    return CoverageDeclared(
        id=f"{placing.source}/covers/{covers}", agreement=placing.agreement, source=placing.source, occurred_at=covers.end,
        recorded_at=covers.end, from_at=covers.start, to_at=covers.end, evidence=placing.source,
    )  # fmt: skip


def touches(incident: Incident, placing: Placing) -> list[str]:
    named = [placing.components[name] for name in incident.components if name in placing.components]
    return list(dict.fromkeys(named)) or ([placing.usual] if placing.usual else [])


def tell(incident: Incident, component: str, placing: Placing) -> Iterator[Fact]:
    outage = f"{placing.source}/{incident.id}" + (f"/{component}" if len(incident.components) > 1 else "")
    before = incident.good_before_at
    if before is None and placing.late_by is not None:
        before = Instant(incident.bad_at.micros - placing.late_by.micros)
    told_at = max(incident.told_at or incident.bad_at, incident.bad_at)
    because = "; ".join(part for part in (incident.title, incident.doubt) if part)

    def header(name: str, at: Instant) -> dict[str, Any]:
        recorded_at = max(told_at, at)
        return {
            "id": f"{outage}/{name}", "agreement": placing.agreement, "source": placing.source, "occurred_at": at,
            "recorded_at": recorded_at,
        }  # fmt: skip

    yield OutageOpened(
        **header("opened", incident.bad_at), outage=outage, component=component, first_bad_at=incident.bad_at,
        last_good_at=before, because=because,
    )  # fmt: skip
    if incident.good_at is None:
        return
    yield OutageClosed(
        **header("closed", incident.good_at),
        outage=outage,
        last_bad_at=incident.bad_until_at,
        first_good_at=incident.good_at,
    )
    if cause := placing.causes.get(incident.cause, incident.cause):
        yield CauseAssigned(
            **header("cause", incident.good_at), outage=outage, from_at=incident.bad_at, to_at=incident.good_at, cause=cause,
            evidence=placing.source, by=placing.source,
        )  # fmt: skip
