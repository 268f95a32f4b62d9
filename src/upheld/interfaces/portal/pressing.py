"""How pressing a ticket is, where the agreement lets the customer say: asked on the ticket while it is open."""

from typing import Any

from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.apps.parties.queries import may_act_for_customer
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.pages.contexts.lists import Section
from upheld.pages.contexts.parts import Choice, Field, Form, Problem


def make_section(asked: Asked, ticket: Any, problems: tuple[Problem, ...] = ()) -> Section | None:
    """The question; nothing where it is not theirs to say, or nobody who may say it asks."""
    if ticket.agreement is None or not ticket.is_open or asked.is_past or not may_act_for_customer(asked.user):
        return None
    try:
        desk = terms_of(ticket.agreement, asked.as_of).desk
    except CannotJudge:
        return None
    if desk.set_by.value != "customer" or not desk.priorities:
        return None
    known = tuple(Choice(one.name, one.name, one.clauses, one.means) for one in desk.priorities.values())
    form = Form(
        url=asked.url_of("ticket-priority", ticket.name), deed="Say how pressing it is", problems=problems,
        agreement=name_for(asked, ticket.agreement),
        fields=(
            Field(name="priority", label="Priority", value=asked.sent("priority") or ticket.priority, choices=known,
                  hint="Your agreement lets you say it.", clauses=desk.set_by.clauses),
            Field(name="because", label="Because", value=asked.sent("because"), is_needed=False),
        ),
    )  # fmt: skip
    return Section(anchor="pressing", heading="How pressing is it?", form=form)
