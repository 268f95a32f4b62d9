"""What the hub asks a prober to watch: one check each, as text that the prober reads into a probe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

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

FORMAT = "upheld-assignments/1"
KINDS = {"http": ("http", "https"), "tcp": ("tcp",)}


@dataclass(frozen=True, slots=True)
class Assignment:
    """One check. Durations are whole seconds.

    `status` and `body` are the conditions of a good answer (`body` None: none), `allow` the networks that may be
    connected although they are not public (by the target, its redirects and its controls), `controls` the URLs of the
    control targets: a failure is bad only while one of them answers, so without one it is recorded as unseen. Choose
    what shares nothing with the target but this prober's way out: in production two hosts outside, one of them by
    name; where everything is on one machine, a listener of another process.
    """

    id: str
    kind: str
    url: str
    interval_seconds: int
    deadline_seconds: int
    status: str = "200-299"
    body: str | None = None
    redirects: int = 0
    allow: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()


def write_assignments(assignments: Iterable[Assignment]) -> bytes:
    """The canonical bytes of all assignments of one prober. Raises ValueError when two have one id."""
    entries = [asdict(assignment) for assignment in assignments]
    ids = [entry["id"] for entry in entries]
    if len(set(ids)) != len(ids):
        raise ValueError(f"expected one assignment per check, got several for {_first_double(ids)!r}")
    return write_document({"format": FORMAT, "checks": entries})


def read_assignments(raw: bytes) -> tuple[Assignment, ...]:
    """Read what the hub wrote. Raises UnreadableDocument: all or nothing."""
    document = read_document(raw)
    require(document, ("format", "checks"), "assignments")
    if document["format"] != FORMAT:
        raise UnreadableDocument(f"assignments: expected the format {FORMAT}, got {document['format']!r:.80}")
    assignments = tuple(_read_assignment(entry) for entry in read_list(document["checks"], "checks"))
    ids = [assignment.id for assignment in assignments]
    if len(set(ids)) != len(ids):
        raise UnreadableDocument(f"assignments: expected each check once, got {_first_double(ids)!r} twice")
    return assignments


def _read_assignment(entry: Mapping[str, Any]) -> Assignment:
    require(entry, (field.name for field in fields(Assignment)), "check")
    where = f"check {entry['id']!r:.80}"
    assignment = Assignment(
        id=read_text(entry["id"], "id"),
        kind=read_text(entry["kind"], f"{where}: kind"),
        url=read_text(entry["url"], f"{where}: url"),
        interval_seconds=read_int(entry["interval_seconds"], f"{where}: interval_seconds", least=1),
        deadline_seconds=read_int(entry["deadline_seconds"], f"{where}: deadline_seconds", least=1),
        status=read_text(entry["status"], f"{where}: status"),
        body=read_text_or_none(entry["body"], f"{where}: body"),
        redirects=read_int(entry["redirects"], f"{where}: redirects"),
        allow=tuple(read_text(text, f"{where}: allow") for text in read_list(entry["allow"], f"{where}: allow")),
        controls=tuple(read_text(url, f"{where}: controls") for url in read_list(entry["controls"], where)),
    )
    if assignment.url.partition("://")[0] not in KINDS.get(assignment.kind, ()):
        raise UnreadableDocument(
            f"{where}: expected kind http with an http or https URL, or kind tcp with tcp://host:port; "
            f"got kind {assignment.kind!r} with {assignment.url!r:.120}"
        )
    if assignment.deadline_seconds > assignment.interval_seconds:
        raise UnreadableDocument(
            f"{where}: expected a deadline within the interval of {assignment.interval_seconds} s, "
            f"got {assignment.deadline_seconds} s"
        )
    return assignment


def _first_double(ids: list[str]) -> str:
    return next(name for name in ids if ids.count(name) > 1)
