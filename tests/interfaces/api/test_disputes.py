"""What a customer disputes is decided by a program as by a page: once, with its reason, on record."""

import pytest

from tests.interfaces.api.test_permissions import open_dispute
from upheld.apps.desk.models import Ticket
from upheld.apps.desk.queries.disputes import find_decision
from upheld.core.timeline import HOUR, Instant

SENT = {"accepted": True, "because": "The probe saw it too late"}


@pytest.fixture
def place(cast):
    open_dispute("acorn")
    return f"/api/v1/tickets/{Ticket.objects.get(kind='complaint').name}/dispute/decision"


def test_is_decided_once_for_one_key(cast, place):
    """The same answer comes again; under another key it is settled, and opened again first."""
    first, again = (cast.post(place, SENT, key="a") for _ in range(2))
    other = cast.post(place, SENT, key="b")

    ticket = Ticket.objects.get(kind="complaint")
    decided = find_decision(ticket, Instant.of(ticket.changed_at) + HOUR)
    assert (201, first.json(), 422) == (again.status_code, again.json(), other.status_code)
    assert (ticket.name, True, SENT["because"]) == tuple(first.json()[name] for name in ("ticket", "accepted", "because"))
    assert (True, "resolved") == (decided is not None and decided.is_accepted, ticket.state)


@pytest.mark.parametrize(("member", "status"), [("acorn", 403), ("birch", 404)])
def test_is_the_providers(cast, place, member, status):
    """A customer decides nothing of what they dispute; another one learns not that it is there."""
    assert status == cast.post(place, SENT, member).status_code
    assert "resolved" != Ticket.objects.get(kind="complaint").state


def test_of_what_is_no_dispute_is_refused(cast):
    """An ordinary ticket is answered."""
    refused = cast.post("/api/v1/tickets/T-1/dispute/decision", SENT)

    assert (422, True) == (refused.status_code, "disputes nothing" in refused.text)
