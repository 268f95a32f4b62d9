"""A customer hands over files of their own: kept as they came, once, with what cannot be read of them beside them."""

import logging
from collections.abc import Sequence
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from upheld.apps.desk.models import Exhibit, ExhibitKind
from upheld.apps.desk.queries.exhibits import Room, room_of
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.desk.services.opening import Attached
from upheld.apps.parties.models import Customer
from upheld.apps.parties.services import take_turn
from upheld.core.timeline import Instant
from upheld.gateways.incidents.table import look_through

log = logging.getLogger("upheld.desk")

LONGEST_SAYS = 500
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    ExhibitKind.MEASUREMENTS: (("at", "result"), ("at",)),
    ExhibitKind.INCIDENTS: (("start",), ("start", "end")),
}
"""Of each table which columns it must have, and which of them hold instants."""


class NoRoom(CannotDo):
    """A customer has handed over as much as the installation takes of one."""

    def __init__(self, room: Room, size: int) -> None:
        self.room = room
        super().__init__(
            f"there is no room for it: {room.used:,} of {room.allowed:,} bytes are used, {room.left:,} are left, and it has "
            f"{size:,}. Ask us for more room, or attach it to a ticket; what you handed over before stays"
        )


def keep_exhibits(
    *, customer: Customer, kind: str, files: Sequence[Attached], says: str, by: str, shown_as: str, at: Instant
) -> list[Exhibit]:  # fmt: skip
    """Keep several, all or none. Raises what `keep_exhibit` raises."""
    with transaction.atomic():
        return [
            keep_exhibit(customer=customer, kind=kind, file=one, says=says, by=by, shown_as=shown_as, at=at) for one in files
        ]


def keep_exhibit(
    *, customer: Customer, kind: str, file: Attached, says: str, by: str, shown_as: str, at: Instant
) -> Exhibit:  # fmt: skip
    """
    Keep a file of the customer's own, whatever it holds; the same bytes again are the same one. It is no fact and counts
    for nothing by itself: a claim or a dispute puts it forward, and the ledger keeps its digest then.

    Raises CannotDo for one that is empty, or of no kind that we know; NoRoom once the customer's files fill what
    UPHELD_RECORDS_MEGABYTES allows. What a table holds is never a reason: a wrong one is kept like a right one.
    """
    if not file.content:
        raise CannotDo(f"{file.file_name} is empty: choose a file that holds something")
    if kind not in ExhibitKind.values:
        raise CannotDo(f"say what it is: {', '.join(ExhibitKind.values)}")
    digest = sha256(file.content).hexdigest()
    table = look_through(file.content, *COLUMNS[kind]) if kind in COLUMNS else None
    flaws = [[flaw.line, flaw.column, flaw.words] for flaw in table.flaws] if table else []
    with transaction.atomic():
        take_turn()
        known = Exhibit.objects.filter(customer=customer, kind=kind, digest=digest).first()
        if known is not None:
            return known
        room = room_of(customer, settings.UPHELD_RECORDS_MEGABYTES)
        if len(file.content) > room.left:
            raise NoRoom(room, len(file.content))
        kept = Exhibit.objects.create(
            number=(Exhibit.objects.aggregate(last=Max("number"))["last"] or 0) + 1, customer=customer, kind=kind,
            says=" ".join(says.split())[:LONGEST_SAYS], file_name=file.file_name[:255], media_type=file.media_type[:100],
            size=len(file.content), digest=digest, content=file.content, rows=table.rows if table else None, flaws=flaws,
            by=by, shown_as=shown_as[:200], received_at=at.utc(),
        )  # fmt: skip
    log.info("exhibit kept", extra={"exhibit": kept.name, "customer": customer.slug, "flaws": len(flaws)})
    return kept
