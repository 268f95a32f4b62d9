"""Backups, restores and drills of an example, and what an outage tells of its recovery."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.core.terms.sizes import parse_size
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import SOURCE, Writer


def write_backup(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A copy that was finished: `kind` is its duty, `state` what it is."""
    size = read_size(one.text("volume")) if "volume" in one.fields else 0
    yield writer.fact(
        "backup-taken", one.at("at"), backup=f"backup-{number}", kind=one.text("kind"), properties=one.texts("state"),
        bytes=size,
    )  # fmt: skip


def read_size(written: str) -> int:
    """Bytes, from `120 GB` or `100000000001 bytes`."""
    found = parse_size(written)
    if found is None:
        raise ValueError(f"{written!r} is no size; write for instance 120 GB, or 100000000001 bytes")
    return int(found.bytes)


def write_restore(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """What was restored on request: asked for `from`, done `to`; `kind` is disaster or single."""
    lost = {"deleted_by": one.text("by")} if "by" in one.fields else {}
    ticket = {"ticket": writer.tickets[-1]} if writer.tickets else {}
    yield writer.fact(
        "restore-done", one.at("to"), restore=f"restore-{number}", kind=one.text("kind"), asked_at=one.at("from"), **lost,
        **ticket,
    )  # fmt: skip


def write_drill(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A rehearsed recovery: it failed `from`, and all was back `to`."""
    told = {"point_at": one.instant("recovery point"), "declared_at": one.instant("declared at")}
    known = {name: at for name, at in told.items() if at is not None}
    yield writer.fact(
        "drill-run",
        one.at("to"),
        drill=f"drill-{number}",
        from_at=one.at("from"),
        restored_at=one.at("to"),
        by=SOURCE,
        **known,
    )


def write_recovery(writer: Writer, one: Happened, outage: str) -> Iterator[Fact]:
    """The point from which an outage's data were had back, and the disaster that was declared."""
    if "recovery point" in one.fields:
        point = one.at("recovery point")
        yield writer.fact("recovery-point-used", one.at("to"), outage=outage, point_at=point, by=SOURCE)
    if "declared at" in one.fields:
        yield writer.fact("disaster-declared", one.at("declared at"), outage=outage, by=SOURCE)
