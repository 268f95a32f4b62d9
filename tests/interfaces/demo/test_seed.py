"""The demo's seed: an operator's deeds by the operator's services, safe to repeat."""

from pathlib import Path

import pytest

from upheld.apps.agreements.queries import agreement, parameters_at
from upheld.apps.fleet.queries import list_assignments
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties.queries import contacts_of, provider_name
from upheld.core.timeline import HOUR, Instant
from upheld.interfaces.demo.cast import NoDemo
from upheld.interfaces.demo.seed import seed

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")
AGREEMENTS = Path("agreements")
CONTROL = "http://127.0.0.1:9001/"


def test_makes_the_cast():
    """Provider, customer, contact, agreement with its price, and one service that is watched every five seconds."""
    key = seed(AGREEMENTS, port=9000, controls=[CONTROL], at=NOON)

    bound = agreement(key)
    assert ("Acorn Legal", ["ops@acorn.example"]) == (
        bound.customer.name,
        [contact.email for contact in contacts_of(bound.customer)],
    )
    values = parameters_at(bound, NOON)
    assert ("EUR 7440.00", "Upheld probes", "5 seconds") == (
        values["monthly-price"], values["measured-by"], values["sample-every"]
    )  # fmt: skip
    [check] = list_assignments()
    assert ("http://127.0.0.1:9000/", 5, ("127.0.0.0/8",), (CONTROL,)) == (
        check.url, check.interval_seconds, check.allow, check.controls
    )  # fmt: skip
    assert provider_name()


def test_repeated_it_records_nothing_and_follows_the_port():
    """Every start of the demo seeds again: nothing new is signed; a service that moved is watched where it is now."""
    key = seed(AGREEMENTS, port=9000, controls=[CONTROL], at=NOON)
    before = facts_of(key)

    seed(AGREEMENTS, port=9002, controls=[CONTROL], at=NOON + HOUR)

    assert before == facts_of(key)
    assert ["http://127.0.0.1:9002/"] == [check.url for check in list_assignments()]


def test_says_where_the_agreement_was_looked_for(tmp_path):
    """Started elsewhere than in the checkout: the sentence says which option names the folder."""
    with pytest.raises(NoDemo, match="name the folder of the agreements with --agreements"):
        seed(tmp_path, port=9000, controls=[CONTROL], at=NOON)
