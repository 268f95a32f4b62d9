"""How content the customer is with a ticket that is settled: asked below it, said as often as they like."""

from typing import Any

from upheld.apps.desk.queries import rating_of
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.pages.contexts.lists import Entry, Section
from upheld.pages.contexts.parts import Choice, Field, Form, Problem

SCORES = {"5": "very content", "4": "content", "3": "so-so", "2": "not content", "1": "not content at all"}


def make_section(asked: Asked, ticket: Any, problems: tuple[Problem, ...] = ()) -> Section | None:
    """What was said, and the question; nothing while the ticket is open and was never rated."""
    said = rating_of(ticket)
    if said is not None and Instant.of(said.at) > asked.as_of:
        said = None
    may = may_act_for_customer(asked.user) and not asked.is_past and ticket.state == "resolved"
    if said is None and not may:
        return None
    entries: tuple[Entry, ...] = ()
    if said is not None:
        words = tuple(line for line in said.words.splitlines() if line.strip())
        entries = (
            Entry(words=f"{SCORES[str(said.score)].capitalize()}, {said.score} of 5", at=Instant.of(said.at), says=words),
        )
    return Section(
        anchor="rated", heading="How content are you?", entries=entries,
        form=make_form(asked, ticket, str(said.score) if said else "", problems) if may else None,
    )  # fmt: skip


def make_form(asked: Asked, ticket: Any, score: str, problems: tuple[Problem, ...]) -> Form:
    choices = tuple(Choice(value, words.capitalize()) for value, words in SCORES.items())
    return Form(
        url=asked.url_of("ticket-rating", ticket.name), deed="Say it again" if score else "Tell us",
        not_done="Nothing was kept.", problems=problems,
        fields=(
            Field(name="score", label="How it was settled", choices=choices, value=asked.sent("score") or score),
            Field(name="words", label="What you want to say to it", kind="long", is_needed=False, value=asked.sent("words")),
        ),
    )  # fmt: skip
