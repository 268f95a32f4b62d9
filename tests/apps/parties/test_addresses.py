"""Where a customer is written to."""

import pytest

from upheld.apps.parties.queries import addresses_of
from upheld.apps.parties.services import add_contact, add_customer, add_user
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-03-02T12:00Z")


def test_contacts_are_written_to_and_without_any_the_managers():
    """A customer that named nobody is told all the same: by those of its people who manage the others."""
    acorn = add_customer(slug="acorn", name="Acorn Legal")
    assert [] == addresses_of(acorn)

    for short, role in (("ana", "manager"), ("rui", "reader")):
        add_user(
            email=f"{short}@acorn.example", name=short.title(), role="customer", password="a long enough password",
            at=NOON, customer=acorn, customer_role=role,
        )  # fmt: skip
    assert ["ana@acorn.example"] == addresses_of(acorn)

    add_contact(customer=acorn, name="Operations", email="ops@acorn.example")
    assert ["ops@acorn.example"] == addresses_of(acorn)
