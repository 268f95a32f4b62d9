"""Invoices in the portal: what is due, each line with its clause, the paper; the contract's end, answered at once."""

import pytest

from tests.apps.billed import invoice_july
from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.billing import queries, services
from upheld.apps.billing.queries.accounts import account_of
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import EndRequested, of_kind
from upheld.core.money import Money
from upheld.core.timeline import DAY, Instant

pytestmark = pytest.mark.django_db

ONE = "/portal/invoices/acorn-legal-hosting/of/INV-2026-0001"


@pytest.fixture
def july(lived, db):
    return invoice_july("acorn-legal")


def test_what_is_due_is_the_heading(july, clients):
    """GBP 540 with tax; after it is paid nothing is due, and the invoice stays with its paper."""
    member = clients["acorn-member"]
    before = heading(member.get("/portal/invoices"))
    services.record_payment(invoice=july, paid_at=cast.NOW.before(DAY), by="person-1", at=cast.NOW)

    after = member.get("/portal/invoices")

    assert ("GBP 540.00 is due", "Nothing is due") == (before, heading(after))
    assert "INV-2026-0001" in plain(read(after))


def test_each_line_has_its_clause_and_its_reasons(july, clients):
    told = plain(read(clients["acorn-reader"].get(ONE)))

    assert all(words in told for words in ("CE-31", "CE-32", "GBP 450.00 without tax", "GBP 90.00 of tax, 20.00 %"))
    assert clients["acorn-reader"].get(f"{ONE}.pdf").content.startswith(b"%PDF-")


def test_the_account_has_every_line_with_what_is_owed_after_it(july, clients):
    """Invoice, two payments and a credit note: 540, 500, −10 and −20; the last is what came too much."""
    for amount, days in (("GBP 40.00", 3), ("GBP 510.00", 2)):
        services.record_payment(
            invoice=july, paid_at=cast.NOW.before(DAY * days), by="person-1", at=cast.NOW, amount=Money.parse(amount)
        )
    proposal = services.propose_credit_note(
        invoice=july, because="One hour", by="person-1", at=cast.NOW, amount=Money.parse("GBP 10.00")
    )
    services.confirm_credit_note(approval=proposal, by="person-2", at=cast.NOW)

    bookings = account_of(july.agreement.customer, cast.NOW)
    page = plain(read(clients["acorn-reader"].get("/portal/invoices")))
    stranger = plain(read(clients["kettle-manager"].get("/portal/invoices")))

    assert ["GBP 540.00", "GBP 500.00", "GBP -10.00", "GBP -20.00"] == [str(one.owed) for one in bookings]
    assert ["invoice", "payment", "payment", "credit note"] == [one.kind for one in bookings]
    assert all(words in page for words in ("Payment P-2 of INV-2026-0001: GBP −510.00", "GBP 20.00 too much."))
    assert "GBP 20.00 came too much." in plain(read(clients["acorn-reader"].get(ONE)))
    assert "Nothing was invoiced yet." in stranger


def test_nobody_elses_invoice_is_there(july, clients):
    """Not the page, not the paper, not in the list."""
    stranger = clients["kettle-manager"]

    assert [404, 404] == [stranger.get(ONE).status_code, stranger.get(f"{ONE}.pdf").status_code]
    assert "INV-2026-0001" not in plain(read(stranger.get("/portal/invoices")))


def test_an_early_end_is_refused_with_the_date_and_on_record(july, clients):
    """CE-33: the wish is a fact, and the page says from when it is possible."""
    member = clients["acorn-member"]

    answer = member.post("/portal/endings", {"agreement": july.agreement.key, "on": "2026-12-31", "because": "We close."})
    told = plain(read(member.get("/portal/endings")))

    [fact] = of_kind(facts_of(july.agreement.key), EndRequested)
    assert (303, "customer", Instant.parse("2026-12-31T00:00Z")) == (answer.status_code, fact.by, fact.ends_at)
    assert "Possible from 1 Jul 2027" in told
    assert queries.ends_on(july.agreement, cast.NOW) is None


def test_a_reader_asks_for_no_end(july, clients):
    answer = clients["acorn-reader"].post("/portal/endings", {"agreement": july.agreement.key})

    assert (403, []) == (answer.status_code, queries.endings_of(july.agreement, cast.NOW))
