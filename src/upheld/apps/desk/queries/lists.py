"""Lists of tickets: the queue, sorted by what is due, and the tickets of a customer."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Run, State, Ticket
from upheld.apps.parties.models import Customer, User

MOST_SHOWN = 200


class Order(StrEnum):
    """What a list is sorted by."""

    DUE = "due"
    NEWEST = "newest"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets are looked for. Empty fields ask for nothing."""

    states: tuple[str, ...] = ()
    customer: str = ""
    agreement: str = ""
    priority: str = ""
    kind: str = ""
    tag: str = ""
    assignee: User | None = None
    unassigned: bool = False
    held: bool = False
    is_open: bool = True


def list_queue(wanted: Wanted, *, order: Order = Order.DUE, limit: int = MOST_SHOWN, after: int = 0) -> list[Ticket]:
    """
    Tickets with `due_us`, the next due instant of a clock that runs on them (None where none does).

    What is due soonest comes first; what has nothing due comes last, the oldest first.
    """
    due = Run.objects.filter(ticket=OuterRef("pk"), state="running", due_us__isnull=False).order_by("due_us")
    rows = choose(wanted).annotate(
        due_us=Subquery(due.values("due_us")[:1], output_field=BigIntegerField()),
        due_clock=Subquery(due.values("clock")[:1]),
    )
    orders = {
        Order.DUE: (F("due_us").asc(nulls_last=True), "received_at", "number"),
        Order.NEWEST: ("-number",),
        Order.CHANGED: ("-changed_at", "-number"),
    }
    return list(rows.select_related("agreement", "customer", "assignee").order_by(*orders[order])[after : after + limit])


def choose(wanted: Wanted) -> QuerySet[Ticket]:
    rows = Ticket.objects.all()
    if wanted.is_open:
        rows = rows.exclude(state__in=[State.RESOLVED, State.MERGED])
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.customer:
        rows = rows.filter(customer__slug=wanted.customer)
    if wanted.agreement:
        rows = rows.filter(agreement__key=wanted.agreement)
    if wanted.priority:
        rows = rows.filter(priority=wanted.priority)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.tag:
        rows = rows.filter(tags__name=wanted.tag)
    if wanted.assignee:
        rows = rows.filter(assignee=wanted.assignee)
    if wanted.unassigned:
        rows = rows.filter(assignee__isnull=True)
    return rows.filter(Q(agreement__isnull=True)) if wanted.held else rows


def tickets_under(agreement: Agreement) -> list[Ticket]:
    """All tickets under one agreement, in the order in which they were opened."""
    return list(agreement.desk_tickets.select_related("split_from").order_by("number"))


def tickets_of(customer: Customer, *, limit: int = MOST_SHOWN) -> list[Ticket]:
    """A customer's tickets, the latest first."""
    return list(customer.tickets.select_related("agreement", "requester").order_by("-number")[:limit])
