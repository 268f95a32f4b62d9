"""Who keeps our heads, and which they have seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.witnesses.models import Countersignature, HeadReader, Mailing, Witness
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


def list_countersigned(size: int) -> Sequence[Countersignature]:
    """The countersignatures under the head over all ledgers of this size."""
    return list(Countersignature.objects.filter(size=size).select_related("witness").order_by("pk"))
