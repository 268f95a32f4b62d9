"""Home answers what the customer came to learn."""

import pytest

from tests.interfaces.console.reading import heading, plain, read

pytestmark = pytest.mark.django_db


def test_says_what_is_down(clients):
    """The heading is the answer: Acorn's service is down."""
    page = clients["acorn-manager"].get("/portal/")

    assert (200, "Teamplify is down for you") == (page.status_code, heading(page))


def test_says_that_it_works(clients):
    """Kettle's is up, whatever happens at Acorn's."""
    assert "Teamplify works" == heading(clients["kettle-reader"].get("/portal/"))


def test_tells_what_it_may_cost(clients):
    """How much more the month can bear, and what may be claimed then, as the console says it."""
    said = plain(read(clients["acorn-reader"].get("/portal/")))

    assert "more and August is missed" in said or "August is missed, by" in said
    assert "may claim" in said


def test_is_where_a_customer_is_at_home(clients):
    """Signing in leads there."""
    assert "/portal/" == clients["acorn-member"].get("/")["Location"]
