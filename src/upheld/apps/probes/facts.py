"""Rows of the probes and their facts; a prober's observations and the judge's sightings."""

import unicodedata
from typing import Any

from upheld.apps.fleet.models import Service
from upheld.apps.probes.models import Outage, Seal
from upheld.core.availability.confirm import Blind
from upheld.core.availability.sighting import Sighting
from upheld.core.facts import ClockStepped, NotMeasured, ObservationsSealed, OutageClosed, OutageOpened
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import SECOND, Duration, Instant
from upheld.gateways.samples import Disturbance
from upheld.gateways.samples import Observation as Answer

# Lateness of a probe that its prober still vouches for, and a second more for two clocks to be read.
SLACK = SECOND * 3


def allowance_of(service: Service) -> Duration:
    """How far apart two observations of a service may begin before the time between them is unmeasured."""
    return SECOND * (service.interval_seconds + service.deadline_seconds) + SLACK


def read_sighting(boot: str, answer: Answer) -> Sighting:
    """
    What the judge needs of a prober's observation, in whole seconds: it began at the last one, it speaks for the next.

    An answer is never told before it was there; the sealed samples keep the microseconds.
    """
    return Sighting(
        boot=boot,
        sequence=answer.sequence,
        started_at=Instant(answer.started_at).floored(),
        seen_at=Instant(answer.seen_at).raised(),
        vouches_from=Instant(answer.vouches_from).raised(),
        outcome=answer.outcome.value,
        reason=tidy(answer.reason),
    )


def write_line(prober: str, boot: str, answer: Answer) -> str:
    """An observation as one line of a sealed file: canonical JSON, whole numbers (microseconds) and texts."""
    written: dict[str, Any] = {**answer._asdict(), "prober": prober, "boot": boot, "outcome": answer.outcome.value}
    written["phases"] = dict(answer.phases)
    written["attempts"] = [attempted._asdict() for attempted in answer.attempts]
    written["controls"] = [attempted._asdict() for attempted in answer.controls]
    return canonical_bytes(fit(written)).decode()


def fit(value: Any) -> Any:
    """The value as the canonical profile wants it: what is not there is absent, every text is tidy."""
    if isinstance(value, dict):
        return {key: fit(held) for key, held in value.items() if held is not None}
    if isinstance(value, list):
        return [fit(held) for held in value]
    return tidy(value) if isinstance(value, str) else value


def tidy(text: str) -> str:
    """A text in one spelling (NFC), without halves of letters: the words of a target may be in it."""
    return unicodedata.normalize("NFC", text.encode(errors="replace").decode())


def opened_fact(outage: Outage, *, source: str, at: Instant) -> OutageOpened:
    return OutageOpened(
        id=f"{outage.name}-opened",
        agreement=outage.service.agreement,
        occurred_at=outage.began_at,
        recorded_at=at,
        source=source,
        outage=outage.name,
        component=outage.service.component,
        first_bad_at=outage.began_at,
        last_good_at=Instant.of(outage.last_good_at) if outage.last_good_at else None,
        because=outage.because,
    )


def closed_fact(outage: Outage, *, source: str, at: Instant) -> OutageClosed:
    """Of an outage that has ended."""
    assert outage.ended_at is not None
    assert outage.last_bad_at is not None
    return OutageClosed(
        id=f"{outage.name}-closed",
        agreement=outage.service.agreement,
        occurred_at=outage.ended_at,
        recorded_at=at,
        source=source,
        outage=outage.name,
        last_bad_at=Instant.of(outage.last_bad_at),
        first_good_at=outage.ended_at,
    )


def blind_fact(service: Service, blind: Blind, number: int, *, source: str, at: Instant) -> NotMeasured:
    return NotMeasured(
        id=f"not-measured-{service.slug}-{number}",
        agreement=service.agreement,
        occurred_at=blind.span.end,
        recorded_at=at,
        source=source,
        component=service.component,
        from_at=blind.span.start,
        to_at=blind.span.end,
        because=blind.because,
    )


def sealed_fact(seal: Seal, *, source: str, at: Instant) -> ObservationsSealed:
    return ObservationsSealed(
        id=f"sealed-{seal.service.slug}-{seal.number}",
        agreement=seal.service.agreement,
        occurred_at=Instant.of(seal.to_at),
        recorded_at=at,
        source=source,
        component=seal.service.component,
        from_at=Instant.of(seal.from_at),
        to_at=Instant.of(seal.to_at),
        every=(SECOND * seal.service.interval_seconds).micros,
        good=seal.good,
        bad=seal.bad,
        unseen=seal.unseen,
        digest=seal.digest,
    )


def stepped_fact(agreement: str, boot: str, step: Disturbance, *, source: str, at: Instant) -> ClockStepped:
    noticed = Instant(step.noticed_at)
    return ClockStepped(
        id=f"clock-stepped-{boot}-{step.noticed_at}-{step.amount}",
        agreement=agreement,
        occurred_at=noticed,
        recorded_at=at,
        source=source,
        by=step.amount,
    )
