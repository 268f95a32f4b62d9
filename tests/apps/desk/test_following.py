"""An answer with what follows it: the wait stands on it, the settling names it, and a refusal leaves nothing behind."""

import pytest

from tests.apps.desk.ground import STAFF, after, open_one, raise_to, recorded, rows_of, runs_by_core, sign
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import State
from upheld.core.facts import TicketResolved

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return sign("redtrack")


@pytest.fixture
def ticket(agreement):
    made = open_one(agreement, way="email")
    raise_to(made, "high", after(0))
    return made


def say(ticket, then, text="Which browser do you use?", tags=()):
    return services.reply_and(
        ticket=ticket, said=services.Said(text), then=then, by=STAFF, shown_as="Tom", at=after(10), tags=tags
    )


def test_it_waits_for_what_the_answer_asked(agreement, ticket):
    """The answer is a question, and proves the wait; clocks stand as core says."""
    message = say(ticket, "wait")

    [hold] = queries.holds_of(ticket)
    ticket.refresh_from_db()
    assert (("question",), "customer", message.name, State.WAITING) == (
        tuple(message.says), hold.waiting_for, hold.evidence, ticket.state
    )  # fmt: skip
    assert rows_of(ticket) == runs_by_core(agreement, ticket, after(10))


def test_it_is_resolved_by_the_answer(agreement, ticket):
    """What settled it is the answer, by its name."""
    message = say(ticket, "resolve", "The pixel is back.")

    ticket.refresh_from_db()
    [resolved] = recorded(agreement, TicketResolved)
    assert (State.RESOLVED, f"answered in {message.name}") == (ticket.state, resolved.because)
    assert rows_of(ticket) == runs_by_core(agreement, ticket, after(10))


def test_tags_come_to_those_that_it_has(ticket):
    services.set_tags(ticket=ticket, names=["vip"])

    say(ticket, "", tags=["Shop", "vip"])

    assert ["shop", "vip"] == sorted(ticket.tags.values_list("name", flat=True))


@pytest.mark.parametrize(("then", "tags", "words"), [("sleep", [], "may follow wait, resolve"), ("", ["?"], "is no tag")])
def test_a_refusal_sends_nothing(ticket, then, tags, words):
    """Neither the answer nor anything that follows it."""
    before = len(queries.messages_of(ticket))

    with pytest.raises(services.CannotDo, match=words):
        say(ticket, then, tags=tags)

    assert (before, []) == (len(queries.messages_of(ticket)), list(ticket.tags.all()))


def test_nothing_is_sent_where_what_follows_cannot_be(ticket):
    """Somebody resolved it meanwhile: the answer that was to resolve it does not go out either."""
    services.resolve(ticket=ticket, by=STAFF, because="done", at=after(5))
    before = len(queries.messages_of(ticket))

    with pytest.raises(services.CannotDo, match="resolved already"):
        say(ticket, "resolve")

    assert before == len(queries.messages_of(ticket))
