"""Invoices for others: the standard's sums by hand, paper with the same bytes, CSV without formulas, balanced entries."""

import csv
import io
import re
from fractions import Fraction

import pytest

from tests.apps.billed import AFTER, ANNA, BEN, MARCH, look_after, sign
from upheld.apps.billing import queries, services
from upheld.apps.billing.queries.invoices_export import fit
from upheld.apps.desk.services import Done, Report, Sender, approve_charge, log_work, open_ticket
from upheld.core.money import Money
from upheld.core.timeline import DAY, MINUTE, Duration

pytestmark = pytest.mark.django_db
LATER = AFTER + DAY * 3


def work(agreement, minutes):
    """A false report that took so long: CE-56 charges it by the hour, without a least."""
    at = MARCH.start + DAY
    report = Report(subject="Down!", text="It was not.")
    ticket = open_ticket(agreement=agreement, way="portal", report=report, sender=Sender(by=BEN), at=at)
    done = Done(charge="misuse", from_at=at, lasted=Duration(MINUTE.micros * minutes), is_erroneous=True)
    logged = log_work(ticket=ticket, done=done, by=ANNA, at=at + DAY)
    approve_charge(work=logged, by=BEN, at=at + DAY)


def issue(agreement):
    return services.issue_draft(agreement=agreement, period=MARCH, by=ANNA, at=AFTER)


class TestSums:
    def test_are_those_of_the_standard(self):
        """
        By hand: 250.00, and three times 20 minutes at GBP 100 an hour, 33.33 each; 349.99 without tax. 20 % of it are
        69.998, rounded once 70.00. Tax rounded at each line would be 69.98 + 50.00: another invoice.
        """
        agreement = sign()
        look_after(agreement, 1)
        for _ in range(3):
            work(agreement, 20)

        invoice = issue(agreement)

        assert ("GBP 349.99", "GBP 70.00", "GBP 419.99") == (invoice.net, invoice.tax, invoice.amount)
        assert [] == queries.explain_misfit(invoice)

    def test_that_a_clause_rounds_otherwise_are_named(self):
        """An invoice that rounds up a third of a penny has a line of its own sum, and tax as its own clause rounds it."""
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)
        invoice.content = {**invoice.content, "tax": "GBP 50.01", "gross": "GBP 300.01"}

        assert ["BR-CO-17: tax rounded half up on the sum is GBP 50.00, the agreement's rounding makes it GBP 50.01"] == (
            queries.explain_misfit(invoice)
        )


class TestPaper:
    def test_is_the_same_bytes_on_every_day(self):
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)
        first = queries.paper_of(invoice)
        services.record_payment(invoice=invoice, paid_at=LATER, by=ANNA, at=LATER)

        again = queries.paper_of(queries.invoice(invoice.number))

        assert first == again
        assert first.startswith(b"%PDF-")

    def test_of_a_credit_note_is_printed_too(self):
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)
        proposed = services.propose_credit_note(invoice=invoice, because="wrong", by=ANNA, at=LATER)

        note = services.confirm_credit_note(approval=proposed, by=BEN, at=LATER)

        assert queries.paper_of(note).startswith(b"%PDF-")

    def test_is_none_where_it_was_written_elsewhere(self):
        row = services.issue_invoice(
            agreement=sign(), number="R-7", amount=Money.parse("GBP 5.00"), issued_at=AFTER, due_at=LATER, by=ANNA, at=AFTER
        )

        with pytest.raises(queries.NotDrawnUp, match="was written elsewhere"):
            queries.paper_of(row)


class TestCsv:
    def test_has_a_row_for_each_line(self):
        agreement = sign()
        look_after(agreement, 1)
        work(agreement, 20)
        issue(agreement)

        rows = list(csv.DictReader(io.StringIO(queries.write_csv(queries.list_invoices(), AFTER))))

        assert [("managing", "CE-32", "250.00"), ("misuse", "33.33")] == [
            (rows[0]["charge"], rows[0]["clauses"], rows[0]["amount"]),
            (rows[1]["charge"], rows[1]["amount"]),
        ]
        assert {("283.33", "56.67", "340.00", "open")} == {
            (row["net"], row["tax"], row["gross"], row["state"]) for row in rows
        }

    @pytest.mark.parametrize(
        ("cell", "fitted"),
        [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-2+3", "'-2+3"), ("+1", "'+1"), ("-50.00", "-50.00"), ("", "")],
    )
    def test_holds_no_formula(self, cell, fitted):
        assert fitted == fit(cell)


class TestBeancount:
    def test_adds_up_to_nothing_in_each_transaction(self):
        """An invoice, a part taken back, a payment: three transactions, each balanced, on accounts that were opened."""
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)
        part = Money.parse("GBP 100.01")
        proposed = services.propose_credit_note(invoice=invoice, because="a week less", by=ANNA, at=LATER, amount=part)
        services.confirm_credit_note(approval=proposed, by=BEN, at=LATER)
        services.record_payment(invoice=invoice, paid_at=LATER, by=ANNA, at=LATER)

        written = queries.write_beancount(queries.list_invoices(), queries.list_payments())

        opened, balances = read_beancount(written)
        assert [Fraction(0)] * 3 == [sum(amount for _, amount in postings) for postings in balances]
        assert {account for postings in balances for account, _ in postings} == opened
        assert Fraction(0) == sum(
            amount for postings in balances for account, amount in postings if account == "Assets:Receivable:Harbour"
        )


def read_beancount(written):
    """The accounts that are opened, and the postings of each transaction: what the grammar of Beancount makes of it."""
    opened: set[str] = set()
    transactions: list[list[tuple[str, Fraction]]] = []
    for line in filter(None, written.splitlines()):
        if found := re.fullmatch(r"\d{4}-\d\d-\d\d open ([A-Z][A-Za-z0-9-]*(?::[A-Z0-9][A-Za-z0-9-]*)+)", line):
            opened.add(found[1])
        elif re.fullmatch(r'\d{4}-\d\d-\d\d \* "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*"', line):
            transactions.append([])
        else:
            found = re.fullmatch(r"  ([A-Z][A-Za-z0-9:-]+)  (-?\d+\.\d\d) ([A-Z]{3})", line)
            assert found, f"no line of Beancount: {line!r}"
            transactions[-1].append((found[1], Fraction(found[2])))
    return opened, transactions
