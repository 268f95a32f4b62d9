"""Charges that come once or again: what is looked after, for how long, how often."""

from fractions import Fraction

import pytest

from tests.core.orchard import JUNE, bound, told, work
from upheld.core.fees import Line, reckon_invoice
from upheld.core.timeline import Instant, Span

SIGNED = Instant.parse("2025-01-15T00:00Z")
ONLY = {"charges__setup": {"price": "none", "for each": "contract", "least": "none"}}


def started(name: str, at: str, kind: str = "server"):
    return told("resource-started", at, f"start-{name}", resource=name, kind=kind)


def ended(name: str, at: str):
    return told("resource-ended", at, f"end-{name}", resource=name)


def lines(*facts, period=JUNE, signed_at=SIGNED, **places) -> list[Line]:
    found, _ = reckon_invoice(bound(**places), facts, period, signed_at, lambda by, at: None)
    return list(found)


def amounts(*facts, **given) -> list[str]:
    return [str(line.amount) for line in lines(*facts, **given) if line.is_charged]


class TestMonths:
    def test_charges_each_that_is_looked_after(self):
        """Three servers a month are three times the price."""
        facts = [started(name, "2025-01-20T00:00Z") for name in "abc"]
        assert ["GBP 750.00"] == amounts(*facts)

    @pytest.mark.parametrize(
        ("facts", "full", "in_proportion"),
        [
            ([started("a", "2025-06-16T00:00Z")], ["GBP 250.00"], ["GBP 125.00"]),
            ([started("a", "2025-01-01T00:00Z"), ended("a", "2025-06-01T00:00Z")], [], []),
            ([started("a", "2025-01-01T00:00Z"), ended("a", "2025-06-01T00:00:01Z")], ["GBP 250.00"], ["GBP 1/10368"]),
            ([started("a", "2025-07-01T00:00Z")], [], []),
            ([started("a", "2025-01-01T00:00Z", "mailbox")], [], []),
        ],
    )
    def test_charges_a_part_in_full_or_in_proportion(self, facts, full, in_proportion):
        """Half of June is the whole price, or half of it; a second is the whole price, or its share of the month."""
        assert full == amounts(*facts)
        assert in_proportion == amounts(*facts, charges__managing__part_period="in proportion")

    def test_puts_equal_parts_on_one_line(self):
        """Two whole servers and one half: two lines, the whole ones first."""
        facts = [started("a", "2025-01-01T00:00Z"), started("b", "2025-01-01T00:00Z"), started("c", "2025-06-16T00:00Z")]
        assert ["GBP 500.00", "GBP 125.00"] == amounts(*facts, charges__managing__part_period="in proportion")

    def test_counts_as_many_as_the_agreement_says(self):
        """`how many` takes the place of what is recorded."""
        assert ["GBP 1000.00"] == amounts(charges__managing__how_many="4", **ONLY)

    def test_counts_them_from_the_signature(self):
        """Four of them in the month of the signature, none in the month before; unsigned, in every month."""
        december = Span(Instant.parse("2024-12-01T00:00Z"), Instant.parse("2025-01-01T00:00Z"))
        four = {"charges__managing__how_many": "4", **ONLY}
        assert [] == amounts(period=december, **four)
        assert ["GBP 1000.00"] == amounts(period=december, signed_at=None, **four)

    def test_charges_the_contract_from_its_signature(self):
        """A charge for the contract is one, from the day on which it was signed."""
        places = {"charges__managing__for_each": "contract", **ONLY}
        assert ["GBP 250.00"] == amounts(**places)
        assert [] == amounts(period=Span(Instant.parse("2024-12-01T00:00Z"), Instant.parse("2025-01-01T00:00Z")), **places)

    def test_charges_each_month_of_a_quarter(self):
        """A monthly price in a quarter's invoice is three lines."""
        quarter = Span(Instant.parse("2025-04-01T00:00Z"), JUNE.end)
        assert ["GBP 250.00"] * 3 == amounts(started("a", "2025-01-01T00:00Z"), period=quarter)

    def test_charges_a_year_in_the_month_in_which_it_begins(self):
        """A yearly price is paid in the month of the anniversary, for what still runs then."""
        facts = [started("a", "2023-06-20T00:00Z"), started("b", "2023-05-20T00:00Z"), started("c", "2025-06-02T00:00Z")]
        gone = [started("d", "2023-06-20T00:00Z"), ended("d", "2025-06-10T00:00Z")]
        assert ["GBP 500.00"] == amounts(*facts, *gone, charges__managing__price="GBP 250 per year")
        assert [] == amounts(facts[1], charges__managing__price="GBP 250 per year")

    @pytest.mark.parametrize(
        ("start", "end", "charged"),
        [
            ("2023-06-01T00:00Z", "", ["GBP 250.00"]),
            ("2023-07-01T00:00Z", "", []),
            ("2023-06-20T00:00Z", "2025-06-20T00:00Z", []),
            ("2022-06-20T00:00Z", "", ["GBP 250.00"]),
            ("2023-06-20T00:00Z", "2025-06-20T00:00:01Z", ["GBP 250.00"]),
        ],
    )
    def test_a_year_begins_in_one_month_and_not_at_the_end_of_what_is_charged(self, start, end, charged):
        """The first of June is June's, the first of July is not; what ends on its anniversary has no year more."""
        facts = [started("a", start), *([ended("a", end)] if end else [])]
        assert charged == amounts(*facts, charges__managing__price="GBP 250 per year")

    def test_asks_the_condition(self):
        """A charge whose condition does not hold, or is not known, is not on the invoice; only the open one is shown."""
        held = {"charges__managing__when": {"deployment": "self-hosted"}}
        open_one = {"charges__managing__when": {"topic": "x"}}

        assert [] == lines(started("a", "2025-01-01T00:00Z"), **held)
        assert ["undecided"] == [line.state for line in lines(started("a", "2025-01-01T00:00Z"), **open_one)]

    def test_takes_the_price_of_the_case_that_holds(self):
        """One case is by the month, the other by quote: the calendar charges only the first."""
        cases = {
            "here": {"when": {"deployment": "hosted"}, "price": "by quote"},
            "there": {"when": {"deployment": "self-hosted"}, "price": "GBP 9 per month"},
        }
        assert [] == lines(started("a", "2025-01-01T00:00Z"), charges__managing__cases=cases)


class TestOnce:
    def test_is_due_with_the_signature_or_the_work(self):
        """Whichever was first; the month of the other charges nothing."""
        january = Span(Instant.parse("2025-01-01T00:00Z"), Instant.parse("2025-02-01T00:00Z"))
        done = work("setup", "2025-06-05T00:00Z")

        assert ["GBP 200.00"] == amounts(period=january)
        assert [] == amounts()
        assert ["GBP 200.00"] == amounts(done, signed_at=None)
        assert ["not charged"] == [line.state for line in lines(done)]
        assert [] == lines(signed_at=None)

    def test_is_charged_once_though_logged_twice(self):
        """The second time is shown, and costs nothing."""
        facts = [work("setup", "2025-06-05T00:00Z"), work("setup", "2025-06-06T00:00Z")]
        assert ["charged", "not charged"] == [line.state for line in lines(*facts, signed_at=None)]

    def test_is_charged_for_each_that_came(self):
        """For each server: those that came in the month, and no others."""
        facts = [started("a", "2025-06-02T00:00Z"), started("b", "2025-06-03T00:00Z"), started("c", "2025-05-03T00:00Z")]
        gone = {"charges__managing": {"price": "none", "for each": "server", "least": "none"}}
        assert ["GBP 400.00"] == amounts(*facts, charges__setup__for_each="server", **gone)
        assert [] == amounts(facts[2], charges__setup__for_each="server", **gone)


def test_shares_are_exact():
    """A month's shares add up to the price: half and half, to the microsecond."""
    first = [started("a", "2025-01-01T00:00Z"), ended("a", "2025-06-11T00:00Z")]
    second = [started("b", "2025-06-11T00:00Z")]
    found = lines(*first, *second, charges__managing__part_period="in proportion")
    assert Fraction(250) == sum((line.amount.amount for line in found if line.amount), Fraction(0))
