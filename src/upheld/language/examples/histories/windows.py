"""Maintenance windows of an example, with their notices."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer


def write_window(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    window, start, end = f"W-{number}", one.at("from"), one.at("to")
    notice, vendor = one.instant("notice at"), one.instant("vendor notice at")
    planned_at = min(at for at in (notice, vendor, start) if at is not None)
    yield writer.fact("window-planned", planned_at, window=window, kind=one.text("kind"), from_at=start, to_at=end)
    if vendor:
        yield writer.fact("vendor-notice-received", vendor, window=window, vendor="vendor")
    if notice:
        yield writer.fact("notice-given", notice, window=window, to="customer", by="email")
    if agreed := one.instant("approved at"):
        for party in parties_of(writer, one.text("kind")):
            yield writer.fact("window-approved", agreed, window=window, party=party, by="somebody")
    yield writer.fact("window-started", start, window=window)
    yield writer.fact("window-ended", end, window=window)


def parties_of(writer: Writer, kind: str) -> list[str]:
    """Who must agree to work of a kind."""
    named = writer.document.blocks.get("maintenance", {}).get(kind, {}).get("approval", [])
    return [str(party) for party in (named if isinstance(named, list) else [named])]
