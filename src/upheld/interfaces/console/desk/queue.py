"""The queue: tickets by what is due next, chosen and found."""

from urllib.parse import urlencode

from upheld.apps.agreements.queries import list_agreements
from upheld.apps.desk.queries import (
    KINDS,
    STATES,
    Order,
    Wanted,
    count_overdue,
    list_priorities,
    list_queue,
    list_tags,
    search,
)
from upheld.apps.desk.queries.chat import CHATS
from upheld.apps.parties.queries import list_customers
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.refusing import BadAsking, CannotShow
from upheld.doors.shown.due import Ticket, find_due, tell_needs
from upheld.interfaces.console.desk.forms import NO_TROUBLE, Trouble
from upheld.interfaces.console.desk.several import make_several
from upheld.pages.contexts.desk import DueClock, QueuePage, TicketRow
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field

AT_ONCE = 50
MOST_AFTER = 100_000
OPEN, EVERY = "open", "every"
ORDERS = (Choice("due", "what is due next"), Choice("newest", "the newest first"), Choice("changed", "changed last"))
WHO = (Choice("", "anybody’s"), Choice("mine", "mine"), Choice("nobody", "nobody’s yet"))
STOOD = (Choice(OPEN, "open"), *(Choice(one, words.lower()) for one, words in STATES.items()), Choice(EVERY, "every"))
PLACES = (Choice("", "held or not"), Choice("held", "only held"))
FILTERS = ("q", "state", "customer", "agreement", "priority", "kind", "tag", "who", "held", "sort")
REFUSED = "refused"
"""In the session: what was left as it was by a deed on several tickets, until it is read."""


def show_desk(asked: Asked) -> QueuePage:
    """The queue is of now: what is due next has no past. Each ticket can be looked at from another instant."""
    if asked.is_past:
        raise CannotShow(
            "The queue is of now",
            "Each ticket can be looked at from another instant, on its own page; what was due then is in its reasons.",
            (Link("The queue as it is now", asked.url_of("desk")),),
        )
    is_looked_at = asked.is_signed_in and not asked.form and "X-Refresh" not in asked.request.headers
    return make_queue(asked, refused=tuple(asked.request.session.pop(REFUSED, ())) if is_looked_at else ())


def read_filters(asked: Asked) -> dict[str, str]:
    return {name: asked.query(name) for name in (*FILTERS, "after")}


def make_queue(
    asked: Asked, *, trouble: Trouble = NO_TROUBLE, chosen: tuple[str, ...] = (), refused: tuple[str, ...] = ()
) -> QueuePage:
    """The rows that the address asks for; the rest is of a deed on several of them that was refused."""
    sent = read_filters(asked)
    query, after = write_query(sent), read_after(sent.pop("after"))
    rows = look_up(asked, sent, after)
    shown, due = rows[:AT_ONCE], find_due(rows[:AT_ONCE], asked.as_of)
    needs = tell_needs(shown, asked.as_of)
    names: dict[int, AgreementName] = {}
    here = asked.url_of("desk")
    return QueuePage(
        as_of=asked.as_of,
        rows=tuple(tell_row(asked, row, due.get(row.pk), needs.get(row.pk, ""), names) for row in shown),
        overdue=count_overdue(asked.as_of),
        url=here,
        search=Field(name="q", label="Words in it", value=sent["q"], kind="search", is_needed=False),
        filters=list_filters(sent),
        is_filtered=any(value for name, value in sent.items() if value not in ("", OPEN, "due")),
        earlier=turn(here, sent, max(after - AT_ONCE, 0), "Tickets before these") if after else None,
        later=turn(here, sent, after + AT_ONCE, "Tickets after these") if len(rows) > AT_ONCE else None,
        several=make_several(asked, query, trouble=trouble, chosen=chosen, refused=refused),
        deeds=list_deeds(asked),
        rooms=list_rooms(asked),
    )


def read_after(written: str) -> int:
    if not written:
        return 0
    if not (written.isascii() and written.isdigit() and int(written) <= MOST_AFTER):
        raise BadAsking("The place in the list cannot be read", f"after: expected 0 to {MOST_AFTER:,}, came {written!r}.")
    return int(written)


def look_up(asked: Asked, sent: dict[str, str], after: int) -> list[Ticket]:
    """One row more than is shown, so that it is known whether there are more."""
    state = sent["state"] or (EVERY if sent["q"] else OPEN)
    wanted = Wanted(
        states=() if state in (OPEN, EVERY) else (state,),
        customer=sent["customer"],
        agreement=sent["agreement"],
        priority=sent["priority"],
        kind=sent["kind"],
        tag=sent["tag"],
        assignee=asked.user if sent["who"] == "mine" else None,
        unassigned=sent["who"] == "nobody",
        held=sent["held"] == "held",
        is_open=state == OPEN,
    )
    order = Order(sent["sort"]) if sent["sort"] in set(Order) else Order.DUE
    if sent["q"]:
        return search(sent["q"], wanted, order=order, limit=AT_ONCE + 1, after=after)
    return list_queue(wanted, order=order, limit=AT_ONCE + 1, after=after)


def list_filters(sent: dict[str, str]) -> tuple[Field, ...]:
    """Every state of them stands in the address."""
    nothing = Choice("", "any")

    def pick(name: str, label: str, choices: tuple[Choice, ...], value: str = "") -> Field:
        return Field(name=name, label=label, value=sent[name] or value, choices=choices, is_list=True)

    def named(names: list[str]) -> tuple[Choice, ...]:
        return (nothing, *(Choice(one, one) for one in names))

    customers = tuple(Choice(one.slug, one.name) for one in list_customers())
    return (
        pick("state", "State", STOOD, EVERY if sent["q"] else OPEN),
        pick("who", "Whose", WHO),
        pick("held", "Held", PLACES),
        pick("customer", "Customer", (nothing, *customers)),
        pick("agreement", "Agreement", named([one.key for one in list_agreements()])),
        pick("priority", "Priority", named(list_priorities())),
        pick("kind", "Kind", (nothing, *(Choice(one, words) for one, words in KINDS.items()))),
        pick("tag", "Tag", named(list_tags())),
        pick("sort", "Order", ORDERS, "due"),
    )


def turn(here: str, sent: dict[str, str], after: int, words: str) -> Link:
    return Link(words, f"{here}{write_query(sent | {'after': str(after or '')})}")


def write_query(sent: dict[str, str]) -> str:
    """Nothing where nothing was chosen."""
    query = {name: value for name, value in sent.items() if value}
    return f"?{urlencode(query)}" if query else ""


def tell_row(asked: Asked, row: Ticket, due: DueClock | None, needs: str, names: dict[int, AgreementName]) -> TicketRow:
    if row.agreement is not None and row.agreement.pk not in names:
        names[row.agreement.pk] = name_for(asked, row.agreement)
    return TicketRow(
        name=row.name,
        url=asked.url_of("ticket", row.name),
        subject=row.subject,
        state=str(row.get_state_display()),
        kind=str(row.get_kind_display()).lower(),
        agreement=names[row.agreement.pk] if row.agreement else None,
        customer=row.customer.name if row.customer else row.address,
        priority=row.priority,
        assignee=row.assignee.name if row.assignee else "",
        held_because=row.held_because,
        tags=tuple(tag.name for tag in row.tags.all()),
        due=due,
        needs=needs,
        is_chat=row.channel in CHATS,
    )


def list_deeds(asked: Asked) -> tuple[Link, ...]:
    if not asked.may_change:
        return ()
    return Link("Open a ticket for a customer", asked.url_of("ticket-open")), Link("Record a call", asked.url_of("call"))


def list_rooms(asked: Asked) -> tuple[Link, ...]:
    """What else the desk keeps, besides tickets."""
    rooms = {
        "attainment": "How well clocks were kept", "appointments": "Appointments", "plans": "Plans", "reviews": "Reviews",
        "prepaid": "Prepaid time", "misuse": "Misuse", "loads": "High load", "told": "Who is told", "macros": "Macros",
        "templates": "Templates",
    }  # fmt: skip
    return tuple(Link(words, asked.url_of(name)) for name, words in rooms.items())
