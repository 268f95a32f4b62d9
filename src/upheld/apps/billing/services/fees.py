"""What is looked after and how large it is: facts from which the judge reckons recurring charges and surcharges."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.queries.fees import list_kinds, list_resources
from upheld.apps.findings.queries import terms_of
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import record
from upheld.core.facts import ResourceEnded, ResourceStarted, VolumeMeasured, of_kind
from upheld.core.timeline import Instant

log = logging.getLogger("upheld.billing")
MOST_NAME = 100
"""Letters of a name: it stands in the id of its fact."""


class CannotCharge(ValueError):
    """A kind of thing, a name or a size that the agreement charges nothing for."""


def start_resource(
    *, agreement: Agreement, resource: str, kind: str, from_at: Instant, by: str, at: Instant
) -> ResourceStarted:
    """
    Record that one more of something is looked after from an instant on: a managed server, a workspace.

    Raises CannotCharge for a kind that the agreement names no price for, a name that is taken, and what lies ahead.
    """
    resource = resource.strip()
    kinds = list_kinds(agreement, at)
    if kind not in kinds:
        raise CannotCharge(f"{agreement.key} charges for each {', '.join(kinds) or 'nothing'}; came {kind!r}")
    if not resource or any(one.name == resource for one in list_resources(agreement, at)):
        raise CannotCharge(f"{resource!r} is no name of its own; each thing that is looked after has one")
    if from_at > at:
        raise CannotCharge(f"it would begin at {from_at}, which lies ahead; record it once it began")
    fact = ResourceStarted(
        id=f"resource-{resource}-started", agreement=agreement.key, occurred_at=from_at, recorded_at=at, source=by,
        resource=resource, kind=kind,
    )  # fmt: skip
    record(facts=[fact])
    return fact


def end_resource(*, agreement: Agreement, resource: str, ended_at: Instant, by: str, at: Instant) -> ResourceEnded:
    """Record that it is no longer looked after. Raises CannotCharge for one that is not, or was ended before."""
    found = next((one for one in list_resources(agreement, at) if one.name == resource), None)
    if found is None or found.ended_at is not None:
        running = [one.name for one in list_resources(agreement, at) if one.ended_at is None]
        raise CannotCharge(f"{resource!r} is not looked after; these are: {', '.join(running) or 'none'}")
    if not found.from_at <= ended_at <= at:
        raise CannotCharge(f"{resource} began at {found.from_at}; it ended later than that and not after {at}")
    fact = ResourceEnded(
        id=f"resource-{resource}-ended", agreement=agreement.key, occurred_at=ended_at, recorded_at=at, source=by,
        resource=resource,
    )  # fmt: skip
    record(facts=[fact])
    return fact


def measure_volume(
    *, agreement: Agreement, charge: str, name: str, size: int, measured_at: Instant, by: str, at: Instant
) -> VolumeMeasured:
    """
    Record how large something was found to be, in bytes; what is on record already stays as it is.

    Raises CannotCharge for a charge that is not the agreement's, a thing without a name, and another size at that time.
    """
    name = name.strip()
    charges = terms_of(agreement, at).fees.charges
    if charge not in charges:
        raise CannotCharge(f"{agreement.key} has no charge {charge!r}; it has {', '.join(charges) or 'none'}")
    if size < 0 or measured_at > at:
        raise CannotCharge(f"a size is measured in bytes, none below 0, and not ahead of {at}")
    if not name or len(name) > MOST_NAME:
        raise CannotCharge(f"what was measured has a name of 1 to {MOST_NAME} letters; came {len(name)}")
    fact = VolumeMeasured(
        id=f"volume-{charge}-{name}-{measured_at}", agreement=agreement.key, occurred_at=measured_at, recorded_at=at,
        source=by, charge=charge, name=name, bytes=size,
    )  # fmt: skip
    known = of_kind(facts_of(agreement.key, kinds=(VolumeMeasured,)), VolumeMeasured)
    if earlier := next((one for one in known if one.id == fact.id), None):
        if earlier.bytes != size:
            raise CannotCharge(f"{name} was measured at {measured_at} as {earlier.bytes} bytes; correct that fact first")
        return earlier
    record(facts=[fact])
    return fact


@dataclass(frozen=True, slots=True)
class Measured:
    """One size to be recorded, in bytes."""

    name: str
    size: int
    measured_at: Instant


def measure_volumes(
    *, agreement: Agreement, charge: str, measured: Sequence[Measured], by: str, at: Instant
) -> list[VolumeMeasured]:
    """Record many sizes, or none of them. Raises CannotCharge, with the number of the one that does not fit."""
    found: list[VolumeMeasured] = []
    with transaction.atomic():
        for number, one in enumerate(measured, start=1):
            try:
                fact = measure_volume(
                    agreement=agreement, charge=charge, name=one.name, size=one.size, measured_at=one.measured_at, by=by,
                    at=at,
                )  # fmt: skip
            except CannotCharge as problem:
                raise CannotCharge(f"line {number}: {problem}") from None
            found.append(fact)
    return found
