"""Many at once: each period is invoiced once, numbers have no gap and no twin, a file of payments counts once."""

import pytest
from django.db import connection

from tests.apps.billed import AFTER, ANNA, MARCH, look_after, sign
from tests.at_once import run_at_once
from upheld.apps.billing import services
from upheld.apps.billing.models import Invoice, Payment
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import InvoiceIssued, InvoicePaid, PaymentReceived, of_kind
from upheld.core.timeline import DAY
from upheld.gateways.bank import read_rows


@pytest.fixture
def agreements(transactional_db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
    made = [sign(f"{name}-hosting") for name in ("a", "b", "c")]
    for agreement in made:
        look_after(agreement, 1)
    return made


def test_each_period_is_invoiced_once_and_numbers_have_no_gap(agreements):
    """Three customers' invoices, each issued by three at once: 0001 to 0003, and six are told that there is one."""
    deeds = [
        lambda agreement=agreement: services.issue_draft(agreement=agreement, period=MARCH, by=ANNA, at=AFTER)
        for agreement in agreements * 3
    ]

    told = run_at_once(*deeds)

    assert (3, 6) == (
        sum(isinstance(one, Invoice) for one in told),
        sum(isinstance(one, services.CannotIssue) for one in told),
    )
    assert ["INV-2026-0001", "INV-2026-0002", "INV-2026-0003"] == sorted(Invoice.objects.values_list("number", flat=True))
    assert [1, 1, 1] == [len(of_kind(facts_of(agreement.key), InvoiceIssued)) for agreement in agreements]


def test_one_file_read_by_several_at_once_counts_once(agreements):
    """Four readers of the same three lines: three payments, one invoice paid, no number twice."""
    invoice = services.issue_draft(agreement=agreements[0], period=MARCH, by=ANNA, at=AFTER)
    lines = f"2026-04-05,100.00,GBP,{invoice.number}\n" * 3
    rows = read_rows(f"date,amount,currency,reference\n{lines}".encode())

    told = run_at_once(*[lambda: services.import_payments(rows=rows, origin="same.csv", by=ANNA, at=AFTER + DAY * 5)] * 4)

    facts = facts_of(invoice.agreement.key)
    assert [] == [one for one in told if isinstance(one, Exception)]
    assert ([1, 2, 3], 3, 1) == (
        sorted(Payment.objects.values_list("number", flat=True)),
        len(of_kind(facts, PaymentReceived)),
        len(of_kind(facts, InvoicePaid)),
    )
