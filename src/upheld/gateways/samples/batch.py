"""A sealed batch: what a prober saw since its last batch, and what its own clocks did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from upheld.gateways.samples.document import (
    UnreadableDocument,
    read_document,
    read_int,
    read_list,
    read_text,
    read_text_or_none,
    require,
    write_document,
)
from upheld.gateways.samples.observation import Attempted, Observation, Outcome

FORMAT = "upheld-batch/1"


class Disturbance(NamedTuple):
    """Something that happened to the prober itself.

    `amount` is in microseconds: how far the clock stepped (signed), how long the prober stalled or the machine was
    suspended. For dropped observations it is their number.
    """

    kind: str  # "clock stepped", "stalled", "suspended", "observations dropped"
    noticed_at: int
    amount: int


class Batch(NamedTuple):
    """`sequence` counts 1, 2, 3 ... within one boot; `boot` is new each time the prober starts."""

    prober: str
    boot: str
    sequence: int
    started_at: int
    sealed_at: int
    disturbances: tuple[Disturbance, ...]
    observations: tuple[Observation, ...]

    @property
    def name(self) -> str:
        """The file this batch is kept in; names sort in the order of sealing."""
        return f"{self.boot}-{self.sequence:012d}.json"


def write_batch(batch: Batch) -> bytes:
    """The canonical bytes of a batch."""
    document = {
        **batch._asdict(),
        "format": FORMAT,
        "disturbances": [disturbance._asdict() for disturbance in batch.disturbances],
        "observations": [],
    }
    # One by one: json holds the interpreter for a whole document, and probes run in the same process. The empty list
    # is there once, since quotation marks within texts are escaped.
    observations = b",".join(write_document(_write_observation(seen))[:-1] for seen in batch.observations)
    return write_document(document).replace(b'"observations":[]', b'"observations":[%s]' % observations, 1)


def read_batch(raw: bytes) -> Batch:
    """Read what `write_batch` wrote. Raises UnreadableDocument."""
    document = read_document(raw)
    require(document, (*Batch._fields, "format"), "batch")
    if document["format"] != FORMAT:
        raise UnreadableDocument(f"batch: expected the format {FORMAT}, got {document['format']!r:.80}")
    return Batch(
        prober=read_text(document["prober"], "prober"),
        boot=read_text(document["boot"], "boot"),
        sequence=read_int(document["sequence"], "sequence", least=1),
        started_at=read_int(document["started_at"], "started_at"),
        sealed_at=read_int(document["sealed_at"], "sealed_at"),
        disturbances=tuple(_read_disturbance(entry) for entry in read_list(document["disturbances"], "disturbances")),
        observations=tuple(_read_observation(entry) for entry in read_list(document["observations"], "observations")),
    )


def _write_observation(observation: Observation) -> dict[str, Any]:
    document = observation._asdict()
    document["attempts"] = [attempted._asdict() for attempted in observation.attempts]
    document["controls"] = [attempted._asdict() for attempted in observation.controls]
    return document


def _read_disturbance(entry: Mapping[str, Any]) -> Disturbance:
    require(entry, Disturbance._fields, "disturbance")
    return Disturbance(
        read_text(entry["kind"], "kind"),
        read_int(entry["noticed_at"], "noticed_at"),
        read_int(entry["amount"], "amount", least=1 - 2**53),
    )


def _read_observation(entry: Mapping[str, Any]) -> Observation:
    require(entry, Observation._fields, "observation")
    try:
        outcome = Outcome(entry["outcome"])
    except ValueError:
        raise UnreadableDocument(f"outcome: expected good, bad or unseen, got {entry['outcome']!r:.80}") from None
    if not isinstance(entry["phases"], dict):
        raise UnreadableDocument(f"phases: expected an object, got {entry['phases']!r:.80}")
    return Observation(
        check_id=read_text(entry["check_id"], "check_id"),
        sequence=read_int(entry["sequence"], "sequence", least=1),
        started_at=read_int(entry["started_at"], "started_at"),
        finished_at=read_int(entry["finished_at"], "finished_at"),
        seen_at=read_int(entry["seen_at"], "seen_at"),
        vouches_from=read_int(entry["vouches_from"], "vouches_from"),
        duration_us=read_int(entry["duration_us"], "duration_us"),
        outcome=outcome,
        reason=read_text(entry["reason"], "reason"),
        phases={name: read_int(spent, name) for name, spent in entry["phases"].items()},
        address=read_text_or_none(entry["address"], "address"),
        status=None if entry["status"] is None else read_int(entry["status"], "status"),
        attempts=tuple(_read_attempted(attempted) for attempted in read_list(entry["attempts"], "attempts")),
        controls=tuple(_read_attempted(attempted) for attempted in read_list(entry["controls"], "controls")),
    )


def _read_attempted(entry: Mapping[str, Any]) -> Attempted:
    require(entry, Attempted._fields, "attempt")
    return Attempted(
        url=read_text(entry["url"], "url"),
        started_at=read_int(entry["started_at"], "started_at"),
        finished_at=read_int(entry["finished_at"], "finished_at"),
        verdict=read_text(entry["verdict"], "verdict"),
        reason=read_text(entry["reason"], "reason"),
        address=read_text_or_none(entry["address"], "address"),
    )
