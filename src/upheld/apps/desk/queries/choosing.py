"""Which tickets are wanted, and in which order: a page of them is found without looking at the others."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from django.db.models import Exists, OuterRef, Q

from upheld.apps.desk.models import Run, State, Ticket
from upheld.apps.parties.models import User

CHUNK = 200
"""Runs that are looked at together: a ticket may have several that are due."""


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


OVER = (State.RESOLVED, State.MERGED)
BY_AGE = ("received_at", "number")
BY_ROW = {Order.NEWEST: ("-number",), Order.CHANGED: ("-changed_at", "-number")}


def choose(wanted: Wanted, of: str = "") -> Q:
    """The condition on tickets, or on rows that belong to one: `of` is then the way to it, `ticket__`."""
    asked = {
        "customer__slug": wanted.customer,
        "agreement__key": wanted.agreement,
        "priority": wanted.priority,
        "kind": wanted.kind,
        "tags__name": wanted.tag,
        "state__in": wanted.states,
        "assignee": wanted.assignee,
        "assignee__isnull": wanted.unassigned,
        "agreement__isnull": wanted.held,
    }
    condition = Q(**{f"{of}{name}": value for name, value in asked.items() if value})
    return condition & ~Q(**{f"{of}state__in": OVER}) if wanted.is_open else condition


def find_page(here: Q, through_runs: Q, order: Order, limit: int, after: int) -> list[int]:
    """
    The keys of the tickets on one page. `here` is the condition on tickets, `through_runs` the same on their runs.

    By what is due: held ones, then those on which something is due, the soonest first, then those of which nobody can say
    yet when they are due, then those on which nothing is.
    """
    if order is not Order.DUE:
        return list(Ticket.objects.filter(here).order_by(*BY_ROW[order]).values_list("pk", flat=True)[after : after + limit])
    end = after + limit
    rows = Ticket.objects.filter(here)
    found = list(rows.filter(agreement__isnull=True).order_by(*BY_AGE).values_list("pk", flat=True)[:end])
    if len(found) < end:
        found += list_due(through_runs, end - len(found))
    if len(found) < end:
        due = Exists(Run.objects.filter(ticket=OuterRef("pk"), state="running", due_us__isnull=False))
        unknown = Q(Exists(Run.objects.filter(ticket=OuterRef("pk"), state="not known"))) & ~Q(state__in=OVER)
        quiet = rows.filter(~due, agreement__isnull=False).order_by(*BY_AGE)
        found += quiet.filter(unknown).values_list("pk", flat=True)[: end - len(found)]
        if len(found) < end:
            found += quiet.exclude(unknown).values_list("pk", flat=True)[: end - len(found)]
    return found[after:end]


def list_due(through_runs: Q, most: int) -> list[int]:
    """Tickets by their first run that is due: the index of due instants is read no further than needed."""
    runs = Run.objects.filter(through_runs, state="running", due_us__isnull=False, ticket__agreement__isnull=False)
    ordered = runs.order_by("due_us", "ticket__received_at", "ticket__number").values_list("ticket", flat=True)
    found: dict[int, None] = {}
    for start in count(0, CHUNK):
        some = list(ordered[start : start + CHUNK])
        found |= dict.fromkeys(some)
        if len(found) >= most or len(some) < CHUNK:
            return list(found)[:most]
    raise AssertionError("a list has an end")
