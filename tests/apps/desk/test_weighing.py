"""A ticket that is weighed anew: the agreement's matrix gives its priority, and the core says what becomes of its clock."""

from dataclasses import replace

import pytest

from tests.apps.desk.ground import MONDAY, SIGNED, STAFF, after, open_one, recorded, rows_of, runs_by_core, sign
from tests.core.sample import CALENDARS, DOCUMENT
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.desk import services
from upheld.apps.parties.services import add_customer
from upheld.core.facts import PrioritySet
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

CLOCK = {
    "strength": "promise", "starts": "received", "stops": "reply by a person", "repeats": "never", "hours": "business",
    "pauses": "none", "after change": "from start", "evidence": ["probes"],
}  # fmt: skip
MATRIX = {
    "desk": {
        "priority set by": "matrix", "high load": "declared before",
        "matrix": {"all": {"now": "high", "later": "low"}, "one": {"now": "low", "later": "low"}},
    },
    "channels": {"portal": {"opens ticket": True}},
    "priorities": {"high": {"is": "the shop is down"}, "low": {"is": "all else"}},
    "clocks": {
        "respond": {
            **CLOCK,
            "cases": {
                "fast": {"when": {"priority": "high"}, "within": "1 hour"},
                "slow": {"when": {"priority": "low"}, "within": "8 hours"},
            },
        }
    },
}  # fmt: skip


@pytest.fixture
def agreement() -> Agreement:
    """Orchard's, whose priorities come from impact and urgency."""
    document = replace(DOCUMENT, blocks={**DOCUMENT.blocks, **MATRIX})
    return sign_agreement(
        key="orchard-harbour", customer=add_customer(slug="orchard", name="Orchard"),
        version=add_version(source="# Harbour\n", document=document, calendars=CALENDARS, at=SIGNED),
        parameters={"monthly-price": "EUR 720.00"}, signed_at=SIGNED, by=STAFF, at=SIGNED, signer=FakeSigner(),
    )  # fmt: skip


def test_the_matrix_gives_the_priority_and_the_core_the_clock(agreement):
    """Eight hours become one from the start, seen from later; the fact has both words in its reason, the rows follow."""
    ticket = open_one(agreement, MONDAY, impact="one", urgency="now")
    before = rows_of(ticket)["respond", 1][3]

    services.weigh(ticket=ticket, impact="all", urgency="now", by=STAFF, because="nobody can order", at=after(5))

    [fact] = recorded(agreement, PrioritySet)
    services.chase(at=after(6))
    ticket.refresh_from_db()
    assert ("high", "impact all, urgency now: nobody can order") == (fact.priority, fact.because)
    assert ("high", "all", "now") == (ticket.priority, ticket.impact, ticket.urgency)
    assert (after(480).micros, after(60).micros) == (before, rows_of(ticket)["respond", 1][3])
    assert runs_by_core(agreement, ticket, after(6)) == rows_of(ticket)


def test_words_that_the_matrix_does_not_have_are_refused(agreement):
    ticket = open_one(agreement, MONDAY, impact="one", urgency="now")

    with pytest.raises(services.CannotDo, match="it knows all: now, later; one: now, later"):
        services.weigh(ticket=ticket, impact="some", urgency="now", by=STAFF, because="", at=after(5))


def test_without_a_matrix_there_is_nothing_to_weigh():
    ticket = open_one(sign())

    with pytest.raises(services.CannotDo, match="it knows no matrix"):
        services.weigh(ticket=ticket, impact="all", urgency="now", by=STAFF, because="", at=after(5))
