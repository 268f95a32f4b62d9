"""A payment that was counted wrongly: two persons reverse it, nothing is deleted, and everything that counts it follows."""

import json
from fractions import Fraction

import pytest

from tests.apps.billed import AFTER, ANNA, BEN, MARCH, look_after, sign
from tests.apps.billing.test_invoices_export import read_beancount
from upheld.apps.approvals.services import AlreadyDecided, SamePerson
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Invoice, Payment
from upheld.apps.billing.queries.accounts import account_of
from upheld.apps.billing.queries.invoices_standing import arrears_of
from upheld.apps.ledger.queries import facts_of
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.services import add_recipient
from upheld.core.facts import FactCorrected, InvoicePaid, PaymentReceived, known_at, of_kind
from upheld.core.money import Money
from upheld.core.statement.gathering import overdue_at
from upheld.core.timeline import DAY, Instant
from upheld.gateways.bank import read_rows

pytestmark = pytest.mark.django_db

LATER = AFTER + DAY * 40
FILE = b"date,amount,currency,reference\n2026-04-03,300.00,GBP,INV-2026-0001\n"


@pytest.fixture
def invoices() -> tuple[Invoice, Invoice]:
    """Two customers owe GBP 300 each; what came was counted to the first."""
    found = []
    for key in ("harbour-hosting", "acorn-hosting"):
        agreement = sign(key)
        look_after(agreement, 1)
        found.append(services.issue_draft(agreement=agreement, period=MARCH, by=ANNA, at=AFTER))
    services.import_payments(rows=read_rows(FILE), origin="april.csv", by=ANNA, at=AFTER + DAY * 5)
    return found[0], found[1]


def reverse(name: str, fate: str, invoice: Invoice | None = None, at: Instant = LATER) -> Payment:
    proposed = services.propose_reversal(
        payment=queries.payment(name), fate=fate, because="it was Acorn's", by=ANNA, at=at, invoice=invoice
    )
    return services.confirm_reversal(approval=proposed, by=BEN, at=at)


def state(invoice: Invoice, at: Instant = LATER) -> str:
    return queries.standing_of(Invoice.objects.get(pk=invoice.pk), at).state


def paid(invoice: Invoice) -> list[Instant]:
    """When it was paid, as the judge knows it."""
    known = known_at(facts_of(invoice.agreement.key), LATER)
    return [fact.occurred_at for fact in of_kind(known, InvoicePaid) if fact.invoice == invoice.number]


def test_it_counts_towards_the_right_invoice_from_the_day_it_came(invoices: tuple[Invoice, Invoice]) -> None:
    """The wrong one is overdue, in rows and for the judge of claims; the right one is paid since the money came."""
    wrong, right = invoices
    before = state(wrong), paid(wrong)

    reverse("P-1", "another", right)

    came = Instant.parse("2026-04-03T00:00Z")
    assert (("paid", [came]), "overdue", [], "paid", [came]) == (
        before, state(wrong), paid(wrong), state(right), paid(right)
    )  # fmt: skip
    known = known_at(facts_of(wrong.agreement.key), LATER)
    assert [] == of_kind(known, PaymentReceived)
    assert Fraction(300) == overdue_at(known, LATER, "GBP")[0]
    assert [wrong.number] == [one.invoice.number for one in arrears_of(wrong.agreement, LATER)]
    assert ["paid"] == [state(wrong, AFTER + DAY * 6)]


def test_both_persons_are_on_record_nothing_is_deleted_and_programs_are_told(invoices: tuple[Invoice, Invoice]) -> None:
    """The payment stays; each fact that holds no longer names who proposed it and who confirmed it."""
    wrong, right = invoices
    add_recipient(kind="webhook", address="https://hooks.example/x", events=["payment.reversed", "payment.received"])
    reverse("P-1", "another", right)

    told = [json.loads(one.body) for one in Message.objects.order_by("pk")]
    assert [("payment.reversed", "P-1", wrong.number), ("payment.received", "P-2", right.number)] == [
        (one["type"], one["data"]["payment"], one["data"]["invoice"]) for one in told
    ]
    said = of_kind(facts_of(wrong.agreement.key), FactCorrected)

    assert {("payment-P-1", ANNA, BEN), (f"invoice-{wrong.number}-paid", ANNA, BEN)} == {
        (fact.corrects, fact.by, fact.approved_by) for fact in said
    }
    assert ["P-1", "P-2"] == [row.name for row in Payment.objects.order_by("number")]


def test_one_person_or_a_second_time_is_refused(invoices: tuple[Invoice, Invoice]) -> None:
    """Who proposed it cannot confirm it; confirmed twice it is done once; what was reversed is not reversed again."""
    wrong, _ = invoices
    first = queries.payment("P-1")
    proposed = services.propose_reversal(payment=first, fate="gone", because="bounced", by=ANNA, at=LATER)
    with pytest.raises(SamePerson):
        services.confirm_reversal(approval=proposed, by=ANNA, at=LATER)
    assert "paid" == state(wrong)
    services.confirm_reversal(approval=proposed, by=BEN, at=LATER)

    with pytest.raises((AlreadyDecided, services.CannotReverse)):
        services.confirm_reversal(approval=proposed, by=BEN, at=LATER)
    with pytest.raises(services.CannotReverse, match="was reversed at"):
        reverse("P-1", "gone")


def test_the_same_invoice_or_none_is_no_other_one(invoices: tuple[Invoice, Invoice]) -> None:
    for invoice, why in ((invoices[0], "counts towards"), (None, "name the invoice")):
        with pytest.raises(services.CannotReverse, match=why):
            reverse("P-1", "another", invoice)


def test_the_banks_line_still_counts_once(invoices: tuple[Invoice, Invoice]) -> None:
    """Waiting, it is said later what it was for; the same file brings nothing new, before and after."""
    _, right = invoices
    reverse("P-1", "waits")
    waiting = [row.name for row in queries.list_waiting_payments()]
    again = services.import_payments(rows=read_rows(FILE), origin="april.csv", by=ANNA, at=LATER)

    services.assign_payment(payment=queries.payment("P-2"), invoice=right, by=ANNA, at=LATER)
    last = services.import_payments(rows=read_rows(FILE), origin="april.csv", by=ANNA, at=LATER)

    assert (["P-2"], "paid", 2) == (waiting, state(right), Payment.objects.count())
    assert [("duplicate", "it is on record as P-2 and counts once", None), ("duplicate", right.number)] == [
        *((one.answer, one.words, one.invoice) for one in again),
        *((one.answer, one.invoice.number if one.invoice else "") for one in last),
    ]


def test_an_invoice_that_others_paid_too_is_paid_since_the_last_of_them(invoices: tuple[Invoice, Invoice]) -> None:
    """Paid twice: without the first it is paid since the second; without that it is not; paid anew it is again."""
    wrong, right = invoices
    second = AFTER + DAY * 8
    services.record_payment(
        invoice=wrong, paid_at=second, by=ANNA, at=second, amount=Money.parse("GBP 300.00"), reference="again"
    )  # fmt: skip
    reverse("P-1", "another", right)
    since = paid(wrong)
    reverse("P-2", "gone")
    then = paid(wrong)
    services.record_payment(invoice=wrong, paid_at=LATER, by=ANNA, at=LATER)

    assert ([second], [], [LATER], "paid") == (since, then, paid(wrong), state(wrong))


def test_the_account_and_beancount_have_an_entry_back(invoices: tuple[Invoice, Invoice]) -> None:
    """Both lines stand in the account, and every transaction adds up to nothing, all in all to what is owed."""
    wrong, right = invoices
    reverse("P-1", "another", right)

    lines = [(one.kind, one.name, str(one.amount), str(one.owed)) for one in account_of(wrong.agreement.customer, LATER)]
    written = queries.write_beancount(queries.list_invoices(), queries.list_payments())
    _, transactions = read_beancount(written)

    assert [
        ("invoice", wrong.number, "GBP 300.00", "GBP 300.00"), ("payment", "P-1", "GBP -300.00", "GBP 0.00"),
        ("reversal of payment", "P-1", "GBP 300.00", "GBP 300.00"),
    ] == lines  # fmt: skip
    assert [0] * 5 == [sum(amount for _, amount in postings) for postings in transactions]
    owed = {"Assets:Receivable:Harbour": 300, "Assets:Receivable:Acorn": 0, "Assets:Bank:Payments": 300}
    assert owed == {
        name: sum(amount for postings in transactions for account, amount in postings if account == name) for name in owed
    }
