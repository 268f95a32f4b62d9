"""Lists of tickets: the queue, sorted by what is due, and the tickets of a customer."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import BigIntegerField, OuterRef, Subquery

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Kind, Message, Run, State, Ticket
from upheld.apps.desk.queries.choosing import OVER, Order, Wanted, choose, find_page
from upheld.apps.parties.models import Customer
from upheld.core.timeline import Instant

MOST_SHOWN = 200
AT_ONCE = 500
"""Rows that one question names: a database takes only so many."""
KINDS = {kind.value: str(kind.label) for kind in Kind}
STATES = {state.value: str(state.label) for state in State}
"""Kinds and states of tickets with the words for them."""


def list_queue(wanted: Wanted, *, order: Order = Order.DUE, limit: int = MOST_SHOWN, after: int = 0) -> list[Ticket]:
    """
    Tickets with `due_us`, the next due instant of a clock that runs on them (None where none does).

    Held tickets come first: nothing runs on them until somebody says whose they are. Then what is due soonest, then
    what needs to be known before anything can be due; what has nothing due comes last, the oldest first.
    """
    return read_page(find_page(choose(wanted), choose(wanted, "ticket__"), order, limit, after))


def read_page(keys: Sequence[int]) -> list[Ticket]:
    """The tickets of these keys, in their order, with all that a list shows of them."""
    due = Run.objects.filter(ticket=OuterRef("pk"), state="running", due_us__isnull=False).order_by("due_us")
    rows = Ticket.objects.filter(pk__in=keys).annotate(
        due_us=Subquery(due.values("due_us")[:1], output_field=BigIntegerField()),
        due_clock=Subquery(due.values("clock")[:1]),
    )
    related = ("agreement__version", "agreement__customer", "customer", "assignee")
    found = {row.pk: row for row in rows.select_related(*related).prefetch_related("tags")}
    return [found[key] for key in keys if key in found]


def next_runs(tickets: Sequence[Ticket]) -> dict[int, Run]:
    """Of each ticket, by its row, the run that is due next as last reckoned; nothing of those on which nothing is due."""
    rows = Run.objects.filter(ticket__in=tickets, state="running", due_us__isnull=False)
    return {run.ticket_id: run for run in rows.order_by("-due_us", "-clock")}


def find_unknown(tickets: Sequence[Ticket]) -> set[int]:
    """The rows of the open tickets with a clock of which nobody can say yet how long it may take."""
    rows = Run.objects.filter(ticket__in=[one for one in tickets if one.state not in OVER], state="not known")
    return set(rows.values_list("ticket", flat=True))


def count_overdue(at: Instant) -> int:
    """How many tickets have a clock that runs although its time is over."""
    return Run.objects.filter(state="running", due_us__lt=at.micros).values("ticket").distinct().count()


def count_held() -> int:
    """How many tickets are open of which nobody has said whose they are."""
    return Ticket.objects.filter(agreement__isnull=True).exclude(state__in=OVER).count()


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
