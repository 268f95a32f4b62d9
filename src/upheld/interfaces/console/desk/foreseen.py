"""What another priority would make of a ticket's clocks, before anybody sets it: by the agreement's rule, and by others."""

from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.queries.weighed import Moved, foresee_priority
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.core.terms import Terms
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.doors.refusing import CannotShow, NotHere
from upheld.doors.shown.due import Ticket, name_clock
from upheld.interfaces.console.desk.forms import NO_TROUBLE, dress, list_terms
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName
from upheld.pages.contexts.work import WorkPage
from upheld.pages.words import join_words, say_instant, say_length

RULES = {
    "from start": "as if it had been so from the start",
    "from change": "anew from the change",
    "earlier of both": "the earlier of what was promised and what is promised anew",
    "elapsed share": "with the share of the time that is left",
}
"""What a change of priority does to a clock that runs, as agreements call it, in words."""


def show_foreseen(asked: Asked, name: str) -> Answer:
    """Every priority of the agreement with what it would make due; nothing is recorded by looking."""
    ticket = read_ticket(name)
    if ticket.agreement is None or not ticket.is_open:
        raise NotHere(says=f"{name} has no clock that another priority would move.")
    look = (Link(f"Look at {name}", asked.url_of("ticket", name)),)
    if asked.is_past:
        raise CannotShow("What would change is of now", "Go back to now: a priority holds from when it is set.", look)
    naming = name_for(asked, ticket.agreement)
    try:
        terms = terms_of(ticket.agreement, asked.as_of)
        sections = tuple(tell_priority(asked, ticket, one, naming) for one in terms.desk.priorities)
    except CannotJudge as problem:
        raise CannotShow(f"{name} cannot be judged", f"{problem}.", look) from None
    if not sections:
        raise NotHere(says=f"{naming.words} knows no priorities.")
    wished = f"The customer wished {ticket.wish}. " if ticket.wish else ""
    stands = f"It is {ticket.priority or 'without a priority'} now."
    return WorkPage(
        as_of=asked.as_of,
        answer=f"{name}: what each priority would make due",
        lede=f"{wished}{stands} A time that was missed stays missed, whatever is set.",
        way=(Link("Desk", asked.url_of("desk")), Link(name, asked.url_of("ticket", name)), Link("Priorities")),
        sections=(*sections, make_section(asked, ticket, terms)) if asked.may_change else sections,
    )


def tell_priority(asked: Asked, ticket: Ticket, priority: str, naming: AgreementName) -> Section:
    is_now = priority == ticket.priority
    moved = foresee_priority(ticket, priority, asked.as_of)
    return Section(
        anchor=f"p-{priority}", heading=f"{priority.capitalize()}, as it is now" if is_now else priority.capitalize(),
        entries=tuple(tell_moved(asked, one, naming) for one in moved),
        empty="No clock would run.",
    )  # fmt: skip


def tell_moved(asked: Asked, moved: Moved, naming: AgreementName) -> Entry:
    """When it would be due, by how much that is moved, and when by each other rule."""
    due = say_instant(moved.due_at, naming.zone, as_of=asked.as_of) if moved.due_at else ""
    badge = None
    if moved.due_at is not None and moved.due_at < asked.as_of:
        badge = Badge("Would be over at once", "down", "down")
    by_others: dict[str, list[str]] = {}
    for how, other_at in moved.otherwise:
        if how != moved.rule:
            said = say_instant(other_at, naming.zone, as_of=asked.as_of) if other_at else "nothing due"
            by_others.setdefault(said, []).append(RULES[how])
    says = [f"Our agreement times it {RULES[moved.rule]}.", tell_step(moved)]
    says += [f"Timed {join_words(rules)}: {said}." for said, rules in by_others.items()]
    words = f"is due {due}" if due else {"paused": "stands still"}.get(moved.state, "has nothing due")
    return Entry(
        words=f"{name_clock(moved.clock).capitalize()} {words}", badge=badge, agreement=naming, clauses=moved.clauses,
        says=tuple(line for line in says if line),
    )  # fmt: skip


def tell_step(moved: Moved) -> str:
    if moved.before_at is None or moved.due_at is None:
        return ""
    if moved.due_at == moved.before_at:
        return "That is when it is due already."
    if moved.due_at < moved.before_at:
        return f"That is {say_length(moved.before_at - moved.due_at)} sooner than now."
    return f"That is {say_length(moved.due_at - moved.before_at)} later than now."


def make_section(asked: Asked, ticket: Ticket, terms: Terms) -> Section:
    """The same form as on the ticket."""
    deed, words, fields = next(list_terms(ticket, terms, NO_TROUBLE))
    naming = name_for(asked, ticket.agreement)
    return Section(anchor="set", heading="Set it", form=dress(asked, ticket, deed, words, fields, naming, NO_TROUBLE))
