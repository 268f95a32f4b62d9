"""Invoices drawn up here: the judge's lines, numbers without gaps, credit notes of two persons, never altered."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from tests.apps.billed import AFTER, ANNA, APRIL, BEN, MARCH, SIGNED, draft, look_after, sign
from upheld.apps.approvals.services import SamePerson
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Invoice
from upheld.apps.ledger.queries import facts_of
from upheld.core.facts import InvoiceCredited, InvoiceIssued, InvoicePaid, of_kind
from upheld.core.money import Money
from upheld.core.timeline import DAY, MINUTE, Span

pytestmark = pytest.mark.django_db


def issue(agreement, period=MARCH, at=AFTER, **changes):
    return services.issue_draft(agreement=agreement, period=period, by=ANNA, at=at, **changes)


def take_back(invoice, amount=None, at=AFTER + DAY):
    proposed = services.propose_credit_note(
        invoice=invoice, because="a server too many", by=ANNA, at=at, amount=Money.parse(amount) if amount else None
    )
    return services.confirm_credit_note(approval=proposed, by=BEN, at=at)


class TestDraft:
    def test_is_the_judges_invoice_of_the_period(self):
        """Three servers at GBP 250 a month and 20 % of tax: 750, 150, 900. Set-up was due in January."""
        agreement = sign()
        look_after(agreement, 3)

        seen = draft(agreement, MARCH, AFTER)

        assert ("GBP 750.00", "GBP 150.00", "GBP 900.00") == tuple(
            str(seen.content[name]) for name in ("net", "tax", "gross")
        )
        assert [("managing", "GBP 750.00", ["CE-32"])] == [
            (line["charge"], line["amount"], line["clauses"]) for line in seen.content["lines"]
        ]

    def test_is_there_by_itself_after_each_period_until_it_is_issued(self):
        """January to March are over: three drafts; the one that is issued is no draft any more, and April still runs."""
        agreement = sign()
        look_after(agreement, 1)
        before = [draft.period.start.utc().month for draft in queries.list_drafts(AFTER)]

        issue(agreement)

        assert ([1, 2, 3], [1, 2]) == (before, [draft.period.start.utc().month for draft in queries.list_drafts(AFTER)])

    def test_waits_for_facts_on_their_way(self):
        """Ten minutes after the period it is there, not before."""
        agreement = sign(signed_at=MARCH.start)
        look_after(agreement, 1, MARCH.start)

        assert (0, 1) == (
            len(queries.list_drafts(MARCH.end + MINUTE * 9)),
            len(queries.list_drafts(MARCH.end + MINUTE * 10)),
        )

    def test_is_none_where_nothing_is_charged(self):
        """An agreement without charges has no invoice, and none is listed."""
        agreement = sign("acorn-flow", "teamplify")

        assert (None, []) == (queries.draft_of(agreement, MARCH, AFTER), queries.list_drafts(AFTER))


class TestIssuing:
    def test_keeps_the_lines_and_records_the_fact(self):
        agreement = sign()
        look_after(agreement, 3)

        invoice = issue(agreement)

        [fact] = of_kind(facts_of(agreement.key), InvoiceIssued)
        assert ("INV-2026-0001", "GBP 900.00", AFTER + DAY * 30) == (fact.invoice, str(fact.amount), fact.due_at)
        assert ("GBP 750.00", "GBP 150.00", "managing: 3") == (
            invoice.net,
            invoice.tax,
            f"{invoice.content['lines'][0]['charge']}: {invoice.content['lines'][0]['words'].split(': ')[1][0]}",
        )

    def test_happens_once_for_a_period(self):
        agreement = sign()
        look_after(agreement, 1)
        issue(agreement)

        with pytest.raises(services.CannotIssue, match="INV-2026-0001 is the invoice of"):
            issue(agreement)

    def test_numbers_follow_without_a_gap_also_after_a_refusal(self):
        """A refused invoice takes no number: it was taken in the transaction that failed."""
        agreement, other = sign(), sign("quay-hosting")
        look_after(agreement, 1)
        look_after(other, 1)
        issue(agreement)
        with pytest.raises(services.CannotIssue):
            issue(agreement)
        with pytest.raises(services.CannotIssue, match="is due at"):
            issue(other, due_at=AFTER.before(DAY))

        last = issue(other)

        assert "INV-2026-0002" == last.number

    def test_a_year_begins_its_own_series(self):
        agreement = sign()
        look_after(agreement, 1)
        issue(agreement)
        later = AFTER + DAY * 365

        invoice = issue(agreement, APRIL, later)

        assert "INV-2027-0001" == invoice.number

    def test_refuses_a_period_that_runs(self):
        agreement = sign()
        look_after(agreement, 1)

        with pytest.raises(services.CannotIssue, match="runs until"):
            issue(agreement, APRIL)

    def test_refuses_a_draft_that_changed_since_it_was_seen(self):
        """A second server was told of after the page was loaded: the person looks again before anything is issued."""
        agreement = sign()
        look_after(agreement, 1)
        seen = draft(agreement, MARCH, AFTER)
        services.start_resource(
            agreement=agreement, resource="late", kind="managed server", from_at=SIGNED, by=ANNA, at=AFTER
        )

        with pytest.raises(services.DraftChanged, match=r"it is over GBP 600\.00 now"):
            issue(agreement, digest=seen.digest)

        assert not Invoice.objects.exists()

    def test_the_database_refuses_to_alter_or_delete_one(self):
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)

        for change in (
            lambda: Invoice.objects.filter(pk=invoice.pk).update(amount="GBP 1.00"),
            lambda: Invoice.objects.filter(pk=invoice.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="never altered"), transaction.atomic():
                change()


class TestCreditNote:
    def test_needs_a_second_person(self):
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)
        proposed = services.propose_credit_note(invoice=invoice, because="wrong", by=ANNA, at=AFTER)

        with pytest.raises(SamePerson):
            services.confirm_credit_note(approval=proposed, by=ANNA, at=AFTER)

        assert [] == queries.notes_of(invoice)

    def test_takes_back_the_whole_with_a_number_of_its_own_series(self):
        """Nothing is left to pay, so the invoice counts as settled; the period has a draft again."""
        agreement = sign(signed_at=MARCH.start)
        look_after(agreement, 1, MARCH.start)
        invoice = issue(agreement)

        note = take_back(invoice)

        [fact] = of_kind(facts_of(agreement.key), InvoiceCredited)
        assert ("CN-2026-0001", "GBP 540.00", "GBP 450.00", "GBP 90.00") == (note.number, note.amount, note.net, note.tax)
        assert ("INV-2026-0001", BEN, 1) == (
            fact.invoice,
            fact.approved_by,
            len(of_kind(facts_of(agreement.key), InvoicePaid)),
        )
        assert [MARCH] == [draft.period for draft in queries.list_drafts(AFTER + DAY * 2)]
        assert ("INV-2026-0002", 2) == ((again := issue(agreement, at=AFTER + DAY * 2)).number, again.turn)

    def test_takes_back_a_part_and_notes_of_the_whole_add_up(self):
        """GBP 100.01 of 540 at 20 %: 83.34 and 16.67; the rest takes what is left of both sums, to the penny."""
        agreement = sign(signed_at=MARCH.start)
        look_after(agreement, 1, MARCH.start)
        invoice = issue(agreement)

        part, rest = take_back(invoice, "GBP 100.01"), take_back(invoice)

        assert ("GBP 83.34", "GBP 16.67") == (part.net, part.tax)
        assert ("GBP 439.99", "GBP 366.66", "GBP 73.33") == (rest.amount, rest.net, rest.tax)

    def test_never_takes_back_more_than_there_is(self):
        agreement = sign()
        look_after(agreement, 1)
        invoice = issue(agreement)
        take_back(invoice, "GBP 200.00")

        with pytest.raises(services.CannotCredit, match=r"GBP 100\.00 can be taken back"):
            take_back(invoice, "GBP 100.01")


class TestEnd:
    def test_is_refused_with_the_date_from_which_it_is_possible(self):
        """CE-33: twelve months at least. The wish is on record all the same, and the judge finds the same of its fact."""
        agreement = sign()

        ending = services.request_end(
            agreement=agreement, side="customer", by=BEN, at=AFTER, wished_on=date(2026, 6, 30), because="we move"
        )

        assert (False, date(2027, 1, 1)) == (ending.decided.is_accepted, ending.decided.earliest_on)
        assert [ending.termination.name] == [one.termination.name for one in queries.endings_of(agreement, AFTER)]
        assert queries.ends_on(agreement, AFTER) is None

    def test_is_accepted_after_the_least_term(self):
        agreement = sign()

        services.request_end(agreement=agreement, side="customer", by=BEN, at=AFTER, wished_on=date(2027, 2, 1))

        assert date(2027, 2, 1) == queries.ends_on(agreement, AFTER)

    def test_refuses_a_day_that_has_passed(self):
        with pytest.raises(services.CannotEnd, match="has passed"):
            services.request_end(agreement=sign(), side="customer", by=BEN, at=AFTER, wished_on=date(2026, 1, 2))


def test_a_third_of_a_penny_is_rounded_as_the_clause_says():
    """CE-74, half up at each line: 250 over a month of 31 days in full, and tax once on the sum."""
    agreement = sign(vat="17.5 %")
    look_after(agreement, 1)

    seen = draft(agreement, Span(MARCH.start, MARCH.end), AFTER)

    assert ("GBP 250.00", "GBP 43.75") == (seen.content["net"], seen.content["tax"])
    assert Fraction(175, 1000) == Fraction(seen.content["tax_rate"])
