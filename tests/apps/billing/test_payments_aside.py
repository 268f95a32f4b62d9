"""A payment that is for no invoice is put aside: it waits no longer, keeps its reason, and can be counted after all."""

import pytest

from tests.apps.billed import AFTER, ANNA, BEN, MARCH, look_after, sign
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Payment
from upheld.core.timeline import DAY
from upheld.gateways.bank import read_rows

pytestmark = pytest.mark.django_db

LATER = AFTER + DAY * 5
FILE = b"date,amount,currency,reference\n2026-04-05,300.00,GBP,from Harbour\n04/05/2026,4.00,GBP,fee\n"


@pytest.fixture
def waiting() -> list[Payment]:
    """One that could be read, and one that could not."""
    services.import_payments(rows=read_rows(FILE), origin="april.csv", by=ANNA, at=LATER)
    return queries.list_waiting_payments()


def put(payment: Payment, because: str = "the bank's fee") -> Payment:
    return services.put_aside(payment=payment, because=because, by=BEN, at=LATER + DAY)


def test_nothing_waits_once_all_is_put_aside(waiting: list[Payment]) -> None:
    """Also what could not be read; who, when and why stay, and the same file again brings none of it back."""
    for payment in waiting:
        put(payment)

    again = services.import_payments(rows=read_rows(FILE), origin="copy.csv", by=ANNA, at=LATER + DAY * 2)

    assert [] == queries.list_waiting_payments()
    assert [("P-2", BEN, "the bank's fee"), ("P-1", BEN, "the bank's fee")] == [
        (row.name, row.aside_by, row.aside_because) for row in queries.list_aside_payments()
    ]
    assert [("duplicate", "it is on record as P-1 and was put aside")] == [(row.answer, row.words) for row in again[:1]]
    assert 2 == Payment.objects.count()


def test_counting_it_after_all_brings_it_back(waiting: list[Payment]) -> None:
    """It is paid by it as if nobody had put it aside; what counts cannot be put aside."""
    agreement = sign("harbour-hosting")
    look_after(agreement, 1)
    invoice = services.issue_draft(agreement=agreement, period=MARCH, by=ANNA, at=AFTER)

    services.assign_payment(payment=put(waiting[0]), invoice=invoice, by=ANNA, at=LATER + DAY * 2)

    found = queries.payment("P-1")
    assert (None, "", "") == (found.aside_at, found.aside_by, found.aside_because)
    assert ("paid", []) == (queries.standing_of(invoice, LATER + DAY * 2).state, queries.list_aside_payments())
    with pytest.raises(services.CannotPay, match="reversed on the page of that invoice"):
        put(found)


def test_a_reason_is_needed_and_once_is_enough(waiting: list[Payment]) -> None:
    with pytest.raises(services.CannotPay, match="say why"):
        put(waiting[0], " ")
    put(waiting[0], "a gift")

    with pytest.raises(services.CannotPay, match="put aside already: a gift"):
        put(waiting[0])
