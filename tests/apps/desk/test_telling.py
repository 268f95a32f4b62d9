"""Whoever works on a ticket hears of it: that it was given to them, and that the customer wrote."""

import pytest

from tests.apps.desk.ground import after, open_one, sign, write_back
from tests.apps.oncall.people import add_person
from upheld.apps.desk import services
from upheld.apps.oncall.models import Message
from upheld.apps.parties.queries import pseudonym_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return add_person("Ada")


def subjects() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("to", "subject"))


def test_they_are_told_that_it_was_given_to_them(ada):
    """Once, and not again where it is theirs already."""
    ticket = open_one(sign())

    services.assign(ticket=ticket, to=ada, at=after(1), by="somebody-else")
    services.assign(ticket=ticket, to=ada, at=after(2), by="somebody-else")

    assert [(ada.email, "T-1 is yours: The search is slow")] == subjects()


def test_who_takes_it_knows(ada):
    """Nobody is told of their own deed."""
    services.assign(ticket=open_one(sign()), to=ada, at=after(1), by=pseudonym_of(ada))

    assert [] == subjects()


def test_they_are_told_that_the_customer_wrote(ada):
    """Without the customer's words: these stay where whoever may read them is."""
    ticket = open_one(sign())
    services.assign(ticket=ticket, to=ada, at=after(1), by=pseudonym_of(ada))

    write_back(ticket, after(5), "My password is hunter2.")

    [told] = Message.objects.all()
    assert (ada.email, "T-1: Acorn wrote", False) == (told.to, told.subject, "hunter2" in told.body)


def test_nobody_is_told_where_nobody_works_on_it():
    """What nobody has yet stands in the queue, and its clocks are chased."""
    write_back(open_one(sign()), after(5))

    assert [] == subjects()
