"""A claim held against its conditions: every ground that holds is named, in the order of the text."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.core.sample import claim, header, outage, state, ticket
from tests.core.spans import at
from tests.core.terms.changed import terms
from upheld.core.credits.claims import Filed, check_claim
from upheld.core.facts import ClaimFiled, InvoiceIssued, InvoicePaid
from upheld.core.money import Money

DOWN = outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own")
TICKET, CLAIM = ticket("2025-06-11T14:00Z", "o1"), claim("2025-06-12T10:00Z", "o1")


def invoice(due: str, paid: str = "", amount: str = "EUR 720.00"):
    facts = [
        InvoiceIssued(**header(f"i-{due}", "2025-05-01T00:00Z"), invoice="i", amount=Money.parse(amount), due_at=at(due))
    ]
    return [*facts, *([InvoicePaid(**header(f"p-{due}", paid), invoice="i")] if paid else [])]


def judge(*facts, **kwargs):
    return state("2025-06", list(facts), **kwargs).judged.claims[0]


class TestCheckClaim:
    def test_accepts_what_fulfils_all(self):
        """TP-50: missed, and every requirement met; seven hours are granted."""
        found = judge(*DOWN, TICKET, CLAIM)

        assert (True, (), 7) == (found.checked.accepted, found.checked.refused_for, found.units)
        assert at("2025-06-19T00:00Z") == found.checked.deadline_at
        assert "claim for tenfold; it had to come before Thu 19 Jun 2025 00:00 UTC" == found.checked.tell().words

    @pytest.mark.parametrize(
        ("facts", "reasons"),
        [
            ((*DOWN, CLAIM), ("no-ticket",)),
            ((*DOWN, ticket("2025-06-19T09:00Z", "o1"), claim("2025-06-19T10:00Z", "o1")), ("ticket-late", "claim-late")),
            ((*DOWN, TICKET, claim("2025-06-19T00:00Z", "o1")), ("claim-late",)),
            ((*DOWN, TICKET, claim("2025-06-12T10:00Z", "o1", ("date and time", "notes"))), ("details-missing",)),
            ((*DOWN, TICKET, CLAIM, *invoice("2025-06-12T10:00Z")), ("invoice-in-default",)),
            ((*DOWN, TICKET, CLAIM, *invoice("2025-06-12T10:00:01Z")), ()),
            ((*DOWN, TICKET, CLAIM, *invoice("2025-06-01T00:00Z", "2025-06-12T10:00Z")), ()),
            ((*DOWN, TICKET, CLAIM, *invoice("2025-06-01T00:00Z", "2025-06-12T10:01Z")), ("invoice-in-default",)),
            ((*outage("o1", "2025-06-11T12:00Z", "2025-06-11T13:00Z"), TICKET, CLAIM), ("availability-met",)),
            (
                (*outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "storm"), TICKET, CLAIM),
                ("availability-met", "not-responsible"),
            ),
        ],
    )
    def test_names_every_ground(self, facts, reasons):
        """TP-48, TP-50 to TP-54: all that hold, and only those."""
        found = judge(*facts)

        assert (reasons, not reasons) == (found.checked.refused_for, found.checked.accepted)

    def test_all_failures_at_once(self):
        """Everything wrong: the list is cumulative, refused grounds come first in the telling."""
        found = judge(
            *DOWN,
            ticket("2025-06-23T09:00Z", "o1"),
            claim("2025-06-23T09:00Z", "o1", ("users",)),
            *invoice("2025-06-01T00:00Z"),
        )

        assert ("ticket-late", "invoice-in-default", "claim-late", "details-missing") == found.checked.refused_for
        told = found.checked.tell()
        assert ["refused"] * 4 + ["fulfilled"] * 3 == [step.value for step in told.because]
        assert "details-missing: details is missing: date and time" == told.because[3].words
        assert ("i-2025-06-01T00:00Z",) == told.because[1].facts

    def test_the_deadline_passes_over_new_year(self):
        """TP-09, TP-53: 1 January is closed; the fifth business day ends on 9 January, at which it is late."""
        facts = [*outage("o1", "2025-12-31T03:00Z", "2025-12-31T10:00Z", "own"), ticket("2025-12-31T11:00Z", "o1")]
        late, early = (
            state("2025-12", [*facts, claim(when, "o1")]).judged.claims[0].checked
            for when in ("2026-01-09T00:00Z", "2026-01-08T23:59:59Z")
        )

        assert at("2026-01-09T00:00Z") == late.deadline_at
        assert (("claim-late",), ()) == (late.refused_for, early.refused_for)

    def test_is_not_decided_while_the_outage_runs(self):
        """Nobody knows when five days after its end will be over: neither accepted nor refused."""
        found = judge(*outage("o1", "2025-06-11T06:00Z", None), TICKET, CLAIM)

        assert found.checked.accepted is None
        assert found.checked.deadline_at is None
        assert "not known yet" == found.checked.tell().value

    def test_is_not_accepted_before_the_month_is_known_to_be_missed(self):
        """One hour down on the 11th, claimed on the 12th: whether the month is missed is not known, so it waits."""
        found = judge(*outage("o1", "2025-06-11T12:00Z", "2025-06-11T13:00Z"), TICKET, CLAIM, as_of="2025-06-13T00:00Z")

        assert (None, ()) == (found.checked.accepted, found.checked.refused_for)

    def test_counts_from_the_ticket_where_that_is_read(self):
        """The other sense of the notice: five days after the ticket was opened."""
        found = judge(*DOWN, ticket("2025-06-16T09:00Z", "o1"), claim("2025-06-20T10:00Z", "o1"), notify_from="ticket")

        assert () == found.checked.refused_for

    def test_takes_the_ticket_that_the_claim_names(self):
        """A named ticket decides, though an earlier one is about the same outage."""
        other = ticket("2025-06-20T10:00Z", "", "T-9")
        assert isinstance(CLAIM, ClaimFiled)
        named = replace(CLAIM, ticket="T-9")

        assert ("ticket-late",) == judge(*DOWN, TICKET, other, named).checked.refused_for


class TestFiled:
    def test_is_the_first_unless_another_is_told(self):
        """A claim of which no earlier one is known is not refused for having come twice."""
        bound = terms(**{"claims__tenfold-claim__refused_when": {"again": {"claimed before": True}}})
        filed = Filed(at("2025-06-12T10:00Z"), "email", (), None, Fraction(0), None, None, (), {})
        rule = replace(bound.claims["tenfold-claim"], details=())
        checked = [check_claim(bound, rule, one) for one in (filed, replace(filed, is_claimed_before=True))]

        assert [(), ("again",)] == [one.refused_for for one in checked]


class TestGranted:
    def test_pays_an_interruption_once(self):
        """Two claims for one interruption: seven hours, not fourteen."""
        statement = state("2025-06", [*DOWN, TICKET, CLAIM, claim("2025-06-13T10:00Z", "o1", name="C-2")])
        written = statement.to_json()

        assert [7, 7] == [entry["units"] for entry in written["claims"]]
        assert (7, "EUR 70.00") == (written["credits"][0]["granted_units"], written["credits"][0]["granted"])

    def test_pays_all_units_where_they_are_counted_over_the_period(self):
        """Any accepted claim brings the units of the month, which no interruption has alone."""
        statement = state("2025-06", [*DOWN, TICKET, CLAIM], per_interruption="over the period")

        assert 7 == statement.judged.granted(statement.judged.credits[0]).units

    def test_pays_nothing_for_what_was_refused(self):
        """No ticket, no credit."""
        assert "EUR 0.00" == state("2025-06", [*DOWN, CLAIM]).to_json()["credits"][0]["granted"]
