"""Who keeps our heads, and which they have seen."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.ledger.platform import place_of_head
from upheld.apps.witnesses.models import Countersignature, HeadReader, Mailing, Stamp, Witness
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Watch:
    """A witness with the newest head that it countersigned; a size of 0 before the first."""

    agreement: str
    name: str
    key: str
    added_at: Instant
    size: int = 0
    line: str = ""
    seen_at: Instant | None = None


def list_watches(agreement: Agreement | None = None) -> list[Watch]:
    """Every witness, or those of an agreement, by agreement and name."""
    rows = Witness.objects.select_related("agreement").order_by("agreement__key", "name", "pk")
    return [read_watch(row) for row in (rows if agreement is None else rows.filter(agreement=agreement))]


def read_watch(row: Witness) -> Watch:
    newest = row.countersignatures.order_by("size").last()
    told = Watch(row.agreement.key, row.name, row.key, Instant.of(row.added_at))
    if newest is None:
        return told
    return Watch(told.agreement, told.name, told.key, told.added_at, newest.size, newest.line, Instant.of(newest.seen_at))


def list_readers(agreement: Agreement | None = None) -> list[HeadReader]:
    """Every address that gets heads, or those of an agreement."""
    rows = HeadReader.objects.select_related("agreement").order_by("agreement__key", "address")
    return list(rows if agreement is None else rows.filter(agreement=agreement))


def list_mailings(limit: int = 30) -> list[Mailing]:
    """The latest first."""
    return list(Mailing.objects.order_by("-day")[:limit])


def latest_stamp() -> Stamp | None:
    """The newest; None before the first."""
    return Stamp.objects.order_by("day").last()


def list_sightings(agreement: Agreement, size: int, as_of: Instant) -> list[tuple[str, Instant]]:
    """Each witness of an agreement that saw its ledger with at least so many facts, and when it first did."""
    rows = Countersignature.objects.filter(witness__agreement=agreement, received_at__lte=as_of.utc())
    # Most ledgers have no witness: then the tree is not looked into.
    if not rows.exists() or (place := place_of_head(agreement.key, size)) is None:
        return []
    covering = rows.filter(size__gt=place).order_by("-size").select_related("witness")
    first = {row.witness: Instant.of(row.seen_at) for row in covering}
    return sorted((witness.name, at) for witness, at in first.items())
