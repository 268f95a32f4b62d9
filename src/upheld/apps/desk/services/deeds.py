"""How a deed at the desk begins and ends: the ticket is locked, its facts get their ids, its clocks are reckoned anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from upheld.apps.desk.facts import envelope
from upheld.apps.desk.models import State, Ticket
from upheld.apps.desk.services.reckoning import reckon
from upheld.apps.ledger.services import record
from upheld.core.timeline import Instant


class CannotDo(ValueError):
    """What does not follow from where a ticket stands, or lacks what it needs; the message says what to do."""


def lock(ticket: Ticket) -> Ticket:
    """The row, ours until the transaction ends, as it is now."""
    rows = Ticket.objects.select_for_update(of=("self",))
    return rows.select_related("agreement__version", "agreement__customer", "customer", "merged_into").get(pk=ticket.pk)


@contextmanager
def change(ticket: Ticket, at: Instant) -> Iterator[Ticket]:
    """A deed on a ticket that nobody else changes meanwhile; at its end the clocks are reckoned. Raises CannotDo."""
    with transaction.atomic():
        locked = lock(ticket)
        if locked.state == State.MERGED:
            goes_on = locked.merged_into.name if locked.merged_into else ""
            raise CannotDo(f"{locked.name} was merged into {goes_on}, which goes on for both; do it there")
        yield locked
        locked.changed_at = at.utc()
        locked.save()
        reckon(ticket=locked, at=at)
    ticket.refresh_from_db()


@contextmanager
def touch(ticket: Ticket, at: Instant) -> Iterator[None]:
    """A deed that moves no clock: it may be done on a merged ticket as well, whose papers stay with it."""
    with transaction.atomic():
        yield
        Ticket.objects.filter(pk=ticket.pk).update(changed_at=at.utc())
    ticket.refresh_from_db()


def note(ticket: Ticket, kind: type[Any], *, at: Instant, source: str, **fields: Any) -> None:
    """Record a fact about a ticket that is ours; on a held one nothing, since nobody knows in which ledger."""
    if ticket.agreement is None:
        return
    ticket.deeds += 1
    number = f"{kind.TYPE}-{ticket.deeds}"
    record(facts=[kind(**envelope(ticket, number, occurred_at=at, at=at, by=source), ticket=ticket.name, **fields)])


def refuse_held(ticket: Ticket, deed: str) -> None:
    """Raise CannotDo for a ticket of which nobody knows whose it is."""
    if ticket.agreement is None:
        raise CannotDo(f"{ticket.name} is held ({ticket.held_because}); say whose it is, then {deed}")
