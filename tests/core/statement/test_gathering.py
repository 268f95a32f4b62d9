"""What a statement is made from: parameters in force, invoices in default, the period that a month names."""

from fractions import Fraction

import pytest

from tests.core.sample import CALENDARS, DOCUMENT, header, price
from tests.core.spans import at, span
from tests.core.terms.changed import terms
from upheld.core.facts import AgreementSigned, InvoiceIssued, InvoicePaid
from upheld.core.money import Money
from upheld.core.statement import TermsDoNotBind, bind_case, gather, read_period
from upheld.core.statement.gathering import ALWAYS, overdue_at, parameters_at

JUNE, JULY = at("2025-06-01T00:00Z"), at("2025-07-01T00:00Z")


def invoice(name: str, due: str, amount: str = "EUR 10.00") -> InvoiceIssued:
    return InvoiceIssued(**header(name, "2025-05-01T00:00Z"), invoice=name, amount=Money.parse(amount), due_at=at(due))


class TestParametersAt:
    def test_takes_the_value_in_force(self):
        """A price that rises on 1 July holds from then; June keeps the old one."""
        facts = [price("EUR 900.00", "2025-07-01T00:00Z"), price("EUR 720.00", "2025-01-01T00:00Z")]

        assert ["EUR 720.00", "EUR 900.00"] == [parameters_at(facts, when)["monthly-price"] for when in (JUNE, JULY)]

    def test_one_first_set_later_counts_back_to_the_signing(self):
        """Before its first value there is no other; later ones do not count back."""
        facts = [price("EUR 900.00", "2025-08-01T00:00Z"), price("EUR 720.00", "2025-07-01T00:00Z")]

        assert {"monthly-price": "EUR 720.00"} == parameters_at(facts, JUNE)


class TestBindCase:
    def test_refuses_what_cannot_be_judged(self):
        """No price is known: the judge refuses with the place and the reason, and keeps the problems."""
        case = gather(DOCUMENT, CALENDARS, [], JULY, {})
        with pytest.raises(TermsDoNotBind, match="credits/tenfold/of: parameter 'monthly-price' has no value") as refused:
            bind_case(case, JUNE, {})

        assert [("credits", "tenfold", "of")] == [problem.path for problem in refused.value.problems]

    def test_lets_a_fact_stand_above_a_stand_in(self):
        """What the customer signed beats what somebody asks with."""
        bound = bind_case(gather(DOCUMENT, CALENDARS, [price("EUR 720.00")], JULY, {}), JUNE, {"monthly-price": "EUR 1.00"})

        found = bound.credits["tenfold"].price

        assert found
        assert Money.parse("EUR 720.00") == found.value


class TestSignedAt:
    def test_is_the_first_signature(self):
        """An agreement that was signed anew in July has bound both sides since May; without any, it always did."""
        texts = ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest", "verifier_key")
        signed = [
            AgreementSigned(**{**header(day, f"2025-{day}T00:00Z"), **dict.fromkeys(texts, "x")})
            for day in ("05-01", "07-01")
        ]

        assert at("2025-05-01T00:00Z") == gather(DOCUMENT, CALENDARS, signed, at("2026-01-01T00:00Z"), {}).signed_at
        assert ALWAYS == gather(DOCUMENT, CALENDARS, [], JULY, {}).signed_at


class TestOverdueAt:
    def test_adds_up_what_was_due_and_unpaid(self):
        """Due by then, not paid by then, in the agreement's money."""
        facts = [
            invoice("a", "2025-06-01T00:00Z"),
            invoice("b", "2025-06-01T00:00:01Z"),
            invoice("c", "2025-05-01T00:00Z", "GBP 5.00"),
            invoice("d", "2025-05-01T00:00Z"),
            InvoicePaid(**header("paid", "2025-06-01T00:00Z"), invoice="d"),
            invoice("e", "2025-05-01T00:00Z"),
            InvoicePaid(**header("late", "2025-06-01T00:00:01Z"), invoice="e"),
        ]

        assert (Fraction(20), ("a", "e")) == overdue_at(facts, JUNE, "EUR")


class TestReadPeriod:
    def test_names_the_period_in_which_a_month_begins(self):
        """A month, and the quarter that a month lies in."""
        quarters = terms(periods__month__length="1 quarter", periods__month__starts="1 February")

        assert span("2024-02-01T00:00Z", "2024-03-01T00:00Z") == read_period(terms(), "2024-02")
        assert span("2024-11-01T00:00Z", "2025-02-01T00:00Z") == read_period(quarters, "2025-01")

    def test_may_name_a_day(self):
        """Of weeks the one in which the day begins; of months the one that it lies in."""
        weeks = terms(periods__month__length="1 week", periods__month__starts="monday")

        assert span("2024-02-12T00:00Z", "2024-02-19T00:00Z") == read_period(weeks, "2024-02-14")
        assert span("2024-02-01T00:00Z", "2024-03-01T00:00Z") == read_period(terms(), "2024-02-14")

    @pytest.mark.parametrize(
        "written", ["February", "2024", "2024-13", "2024-00", "9999-01", "0-01", "²-01", "٢٠٢٤-01", "2024-1-1", ""]
    )
    def test_refuses_what_names_none(self, written):
        """Year and month, in figures."""
        with pytest.raises(ValueError, match="names no period; write year and month"):
            read_period(terms(), written)
