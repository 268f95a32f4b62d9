"""Who keeps the heads, in the portal: addresses and witnesses are named by members, and everybody sees them."""

import pytest

from tests.interfaces.console.reading import plain, read
from upheld.apps.witnesses.queries import list_readers, list_watches
from upheld.interfaces.cli.witness.notes import cosigner_key

pytestmark = pytest.mark.django_db

KEY = "acorn-legal-teamplify"
ARCHIVE = "archive@elsewhere.example"


def ask(client, deed, **sent):
    return client.post("/portal/heads", {"agreement": KEY, "deed": deed, **sent})


def test_an_address_is_named_and_taken_back(lived, clients):
    """The page shows it to everybody of the customer, and to nobody of another."""
    member = clients["acorn-member"]
    named = ask(member, "mail", address=ARCHIVE)
    shown = [ARCHIVE in plain(read(clients[who].get("/portal/heads"))) for who in ("acorn-reader", "kettle-manager")]
    ended = ask(member, "stop", address=ARCHIVE)

    assert (303, [True, False], 303) == (named.status_code, shown, ended.status_code)
    assert [] == list_readers()


def test_a_witness_is_named_by_its_key(lived, clients):
    """What is no such key is said beside the field, and stays in it."""
    member = clients["acorn-member"]
    wrong = ask(member, "witness", key="no key")
    named = ask(member, "witness", key=cosigner_key("acorn.example", bytes(32)))

    told = plain(read(member.get("/portal/heads")))
    assert (422, True, 303) == (wrong.status_code, "A verifier key is name+id+key" in plain(read(wrong)), named.status_code)
    assert "acorn.example" in told
    assert "It has countersigned nothing yet." in told


def test_nobody_names_them_for_another_customer(lived, clients):
    """The agreement is not there for them; a reader is told that they may not."""
    answers = [ask(clients[who], "mail", address=ARCHIVE).status_code for who in ("kettle-manager", "acorn-reader")]

    assert ([404, 403], [], []) == (answers, list_readers(), list_watches())
