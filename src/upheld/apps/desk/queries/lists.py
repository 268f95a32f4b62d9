"""Lists of tickets: the queue, sorted by what is due, and the tickets of a customer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Kind, Message, Run, State, Ticket
from upheld.apps.parties.models import Customer, User
from upheld.core.timeline import Instant

MOST_SHOWN = 200
AT_ONCE = 500
"""Rows that one question names: a database takes only so many."""
KINDS = {kind.value: str(kind.label) for kind in Kind}
STATES = {state.value: str(state.label) for state in State}
"""Kinds and states of tickets with the words for them."""


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

    Held tickets come first: nothing runs on them until somebody says whose they are. Then what is due soonest; what has
    nothing due comes last, the oldest first.
    """
    return list(sort(choose(wanted), order)[after : after + limit])


def sort(rows: QuerySet[Ticket], order: Order) -> QuerySet[Ticket]:
    due = Run.objects.filter(ticket=OuterRef("pk"), state="running", due_us__isnull=False).order_by("due_us")
    rows = rows.annotate(
        due_us=Subquery(due.values("due_us")[:1], output_field=BigIntegerField()),
        due_clock=Subquery(due.values("clock")[:1]),
    )
    is_ours = Case(When(agreement__isnull=True, then=Value(0)), default=Value(1))
    orders = {
        Order.DUE: (is_ours, F("due_us").asc(nulls_last=True), "received_at", "number"),
        Order.NEWEST: ("-number",),
        Order.CHANGED: ("-changed_at", "-number"),
    }
    related = ("agreement__version", "agreement__customer", "customer", "assignee")
    return rows.select_related(*related).prefetch_related("tags").order_by(*orders[order])


def next_runs(tickets: Sequence[Ticket]) -> dict[int, Run]:
    """Of each ticket, by its row, the run that is due next as last reckoned; nothing of those on which nothing is due."""
    rows = Run.objects.filter(ticket__in=tickets, state="running", due_us__isnull=False)
    return {run.ticket_id: run for run in rows.order_by("-due_us", "-clock")}


def count_overdue(at: Instant) -> int:
    """How many tickets have a clock that runs although its time is over."""
    return Run.objects.filter(state="running", due_us__lt=at.micros).values("ticket").distinct().count()


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


def count_tickets() -> tuple[int, int, int]:
    """How many tickets there are, how many of them are held, and how many messages."""
    return Ticket.objects.count(), Ticket.objects.filter(agreement__isnull=True).count(), Message.objects.count()


def due_between(from_us: int, to_us: int) -> list[tuple[int, int]]:
    """Runs that fall due from an instant to before another: ids and due instants, the soonest first. Asked every minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, due_us FROM desk_run WHERE state = 'running' AND due_us IS NOT NULL AND due_us >= %s AND due_us < %s"
            " ORDER BY due_us",
            [from_us, to_us],
        )
        return list(cursor.fetchall())


def priorities_of(names: Collection[str]) -> dict[str, str]:
    """The priorities in force of the tickets among these names."""
    numbers = [int(name[2:]) for name in names if name.startswith("T-") and name[2:].isdigit()]
    found: dict[str, str] = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = Ticket.objects.filter(number__in=numbers[start : start + AT_ONCE])
        found |= {f"T-{number}": priority for number, priority in rows.values_list("number", "priority")}
    return found


def tickets_under(agreement: Agreement) -> list[Ticket]:
    """All tickets under one agreement, in the order in which they were opened."""
    return list(agreement.desk_tickets.select_related("split_from").order_by("number"))


def tickets_of(customer: Customer, *, limit: int = MOST_SHOWN) -> list[Ticket]:
    """A customer's tickets, the latest first."""
    return list(customer.tickets.select_related("agreement", "requester").order_by("-number")[:limit])
