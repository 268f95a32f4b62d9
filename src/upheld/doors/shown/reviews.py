"""Reviews of what went wrong, and what they ask of somebody, as entries of a list."""

from typing import Any

from upheld.apps.desk.queries import is_overdue
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for, say_person
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count, say_instant

Row = Any
"""A review or an action, as the desk's queries give it."""
DONE, LATE, OPEN = Badge("Done", "up", "up"), Badge("Late", "down", "down"), Badge("To be done", "run")
SHORT = 90


def tell_review(asked: Asked, one: Row) -> Entry:
    """One line of the list."""
    summary = one.summary.replace("\n", " ")
    shown = summary if len(summary) <= SHORT else f"{summary[:SHORT].rsplit(' ', 1)[0]}…"
    actions = list(one.actions.all())
    open_ = sum(1 for action in actions if not is_done(action, asked.as_of))
    asks = f"{say_count(len(actions), 'action', 'actions')}, {open_} open." if actions else "It asks nothing."
    return Entry(
        words=f"{one.name}: {shown}", url=asked.url_of("review", one.name), at=Instant.of(one.held_at), says=(asks,),
        agreement=name_for(asked, one.agreement),
        badge=Badge("The customer reads it", "up") if one.is_public and asked.frame.sees_all else None,
    )  # fmt: skip


def tell_matter(asked: Asked, one: Row, ticket_page: str = "ticket") -> tuple[Entry, ...]:
    """What was gone through, what was learnt, what caused it."""
    links = [Link(one.ticket.name, asked.url_of(ticket_page, one.ticket.name))] if one.ticket else []
    if one.outage:
        links.append(Link(f"outage {one.outage}", asked.url_of("outage", one.outage)))
    naming = name_for(asked, one.agreement)
    learnt = Entry(
        words="What was learnt", says=tuple(line for line in one.summary.splitlines() if line.strip()), links=tuple(links),
        at=Instant.of(one.held_at), agreement=naming,
    )  # fmt: skip
    if not one.cause:
        return (learnt,)
    cause = Entry(words="What caused it", says=tuple(line for line in one.cause.splitlines() if line.strip()))
    return learnt, cause


def is_done(action: Row, as_of: Instant) -> bool:
    return action.done_at is not None and Instant.of(action.done_at) <= as_of


def tell_action(asked: Asked, action: Row) -> Entry:
    """What is asked of whom until when, and what shows that it was done."""
    naming = name_for(asked, action.review.agreement)
    done = is_done(action, asked.as_of)
    face = DONE if done else LATE if is_overdue(action, asked.as_of) else OPEN
    owner = f"{action.owner.name} sees to it. " if action.owner else ""
    due = f"Due {say_instant(Instant.of(action.due_at), naming.zone, as_of=asked.as_of)}. " if action.due_at else ""
    serves = f"It serves the duty {action.duty}." if action.duty else ""
    says = [f"{owner}{due}{serves}".strip()]
    if done:
        told = say_instant(Instant.of(action.done_at), naming.zone, as_of=asked.as_of)
        says.append(f"Done by {say_person(action.done_by)}, {told}: {action.evidence}")
    return Entry(
        words=f"{action.name}: {action.what}", url=asked.url_of("review", action.review.name), badge=face, agreement=naming,
        says=tuple(line for line in says if line),
    )  # fmt: skip
