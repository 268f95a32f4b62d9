"""Payments: recorded by a person or imported; in parts, too much, for nobody knows what; each counts once."""

from fractions import Fraction

import pytest

from tests.apps.billed import AFTER, ANNA, MARCH, look_after, sign
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Invoice, Payment
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import InvoicePaid, PaymentReceived, of_kind
from upheld.core.money import Money
from upheld.core.statement.gathering import overdue_at
from upheld.core.timeline import DAY, Instant
from upheld.gateways.bank import read_rows

pytestmark = pytest.mark.django_db

LATER = AFTER + DAY * 5
HEAD = "date,amount,currency,reference\n"


def issue(key="harbour-hosting"):
    agreement = sign(key)
    look_after(agreement, 1)
    return services.issue_draft(agreement=agreement, period=MARCH, by=ANNA, at=AFTER)


def pay(invoice, amount=None, paid_at=AFTER + DAY, at=LATER):
    return services.record_payment(
        invoice=invoice, paid_at=paid_at, by=ANNA, at=at, amount=Money.parse(amount) if amount else None
    )


def bring(text, at=LATER, origin="march.csv"):
    return services.import_payments(rows=read_rows((HEAD + text).encode()), origin=origin, by=ANNA, at=at)


class TestPayment:
    def test_in_parts_reaches_the_sum(self):
        """Of GBP 300, 100 and then 200: part paid, then paid on the day of the second; a fact for each, and one at last."""
        invoice = issue()
        pay(invoice, "GBP 100.00")
        part = queries.standing_of(invoice, LATER)

        paid = pay(invoice, "GBP 200.00", AFTER + DAY * 2)

        facts = facts_of(invoice.agreement.key)
        assert ("part paid", "GBP 200.00", "paid") == (part.state, str(part.left), queries.standing_of(paid, LATER).state)
        assert [AFTER + DAY * 2] == [fact.occurred_at for fact in of_kind(facts, InvoicePaid)]
        assert ["GBP 100.00", "GBP 200.00"] == [str(fact.amount) for fact in of_kind(facts, PaymentReceived)]

    def test_of_more_than_is_left_is_kept_and_shown(self):
        invoice = pay(issue(), "GBP 350.00")

        standing = queries.standing_of(invoice, LATER)

        assert ("overpaid", "GBP -50.00") == (standing.state, str(standing.left))

    def test_of_the_rest_twice_is_one_payment(self):
        """Who records `paid` again changes nothing: the first record stays."""
        invoice = issue()

        pay(pay(invoice), paid_at=AFTER + DAY * 3)

        assert ["GBP 300.00"] == [row.amount for row in queries.payments_of(invoice)]

    @pytest.mark.parametrize(
        ("amount", "paid_at", "why"),
        [
            ("EUR 300.00", AFTER, "the payment is in EUR"),
            ("GBP 0.00", AFTER, "is no payment"),
            ("GBP 1.00", LATER + DAY, "lies ahead"),
        ],
    )
    def test_is_refused_with_the_reason(self, amount, paid_at, why):
        invoice = issue()

        with pytest.raises(services.CannotPay, match=why):
            pay(invoice, amount, paid_at)

    def test_that_is_missing_is_known_to_claims(self):
        """The judge finds the whole sum overdue from the due day on, until the last part is there."""
        invoice = issue()
        due = Instant.of(invoice.due_at)
        pay(invoice, "GBP 299.99")
        before = overdue_at(facts_of(invoice.agreement.key), due, "GBP")[0]
        arrears = queries.arrears_of(invoice.agreement, due)

        pay(invoice, "GBP 0.01", due, due)

        assert (Fraction(300), ["GBP 0.01"]) == (before, [str(one.left) for one in arrears])
        assert (Fraction(0), []) == (
            overdue_at(facts_of(invoice.agreement.key), due, "GBP")[0],
            queries.arrears_of(invoice.agreement, due),
        )


class TestImport:
    def test_answers_every_row(self):
        """Matched, part, too much, unknown and unreadable: each has its answer, and none is lost."""
        first, second, third = issue(), issue("quay-hosting"), issue("pier-hosting")
        rows = (
            f"2026-04-05,300.00,GBP,Invoice {first.number}\n"
            f'05.04.2026,"100,00",GBP,inv 2026/0002 first part\n'
            f"2026-04-06,301,GBP,{third.number}\n"
            "2026-04-06,12.00,GBP,thank you\n"
            "04/05/2026,12.00,GBP,INV-2026-0001\n"
        )

        answered = bring(rows)

        assert ["matched", "part payment", "overpaid", "unknown reference", "not readable"] == [
            one.answer for one in answered
        ]
        assert ["paid", "part paid", "overpaid"] == [
            queries.standing_of(Invoice.objects.get(pk=row.pk), LATER).state for row in (first, second, third)
        ]
        assert [("2026-04-06,12.00,GBP,thank you", True), ("04/05/2026,12.00,GBP,INV-2026-0001", True)] == [
            (row.line, bool(row.problem)) for row in queries.list_waiting_payments()
        ]

    def test_of_the_same_file_again_changes_nothing(self):
        """Two equal lines of one file are two payments; the same file again, under another name, is none."""
        invoice = issue()
        line = f"2026-04-05,100.00,GBP,{invoice.number}\n"
        bring(line * 2)

        again = bring(line * 2, origin="copy.csv")

        assert ["duplicate", "duplicate"] == [one.answer for one in again]
        assert "GBP 100.00" == str(queries.standing_of(invoice, LATER).left)

    def test_preview_writes_nothing_and_counts_the_rows_before(self):
        """Two halves of one invoice: the second one completes it, and nothing is on record yet."""
        invoice = issue()
        line = f"2026-04-05,150.00,GBP,{invoice.number}\n"

        seen = services.preview_payments(read_rows((HEAD + line * 2).encode()), LATER)

        assert (["part payment", "matched"], 0) == ([one.answer for one in seen], Payment.objects.count())

    def test_preview_and_import_answer_alike(self):
        """Also where the bank names one payment twice in a file: the second row is a duplicate."""
        invoice = issue()
        line = f"T1,2026-04-05,150.00,GBP,{invoice.number}\n"
        rows = read_rows(f"id,{HEAD}{line * 2}".encode())

        seen = services.preview_payments(rows, LATER)
        done = services.import_payments(rows=rows, origin="april.csv", by=ANNA, at=LATER)

        assert ["part payment", "duplicate"] == [one.answer for one in seen] == [one.answer for one in done]

    def test_a_person_says_what_a_payment_was_for(self):
        invoice = issue()
        [found] = bring("2026-04-05,300.00,GBP,from Harbour\n")

        services.assign_payment(payment=found.payment, invoice=invoice, by=ANNA, at=LATER)

        assert ("paid", []) == (queries.standing_of(invoice, LATER).state, queries.list_waiting_payments())
        with pytest.raises(services.CannotPay, match="counts towards an invoice already"):
            services.assign_payment(payment=found.payment, invoice=invoice, by=ANNA, at=LATER)

    def test_no_number_is_found_within_a_longer_one(self):
        invoice = issue()

        [found] = bring(f"2026-04-05,300.00,GBP,{invoice.number}1\n")

        assert "unknown reference" == found.answer
