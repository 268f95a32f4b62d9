"""The invoice: lines rounded, their sum, credits before tax, tax of the sum; and what the agreement leaves open."""

from fractions import Fraction
from typing import Any

import pytest

from tests.core.orchard import GONE, JUNE, bound, state, told, work
from tests.core.sums import find_wrong_sums
from upheld.core.explain import Verdict
from upheld.core.fees import Invoice, reckon_invoice
from upheld.core.money import Money


def invoice(*facts, **places) -> Invoice:
    _, found = reckon_invoice(bound(**places), facts, JUNE, None, lambda by, at: None)
    assert found is not None
    return found


def credit(amount: str, at: str = "2025-06-20T00:00Z"):
    return told("credit-applied", at, f"credit-{amount}", credit="late", amount=Money.parse(amount))


def figures(found: Invoice) -> list[str]:
    return [str(found.net), str(found.tax), str(found.gross)]


TWENTY = [work("misuse", f"2025-06-1{day}T10:00Z", 20, f"w{day}", erroneous=True) for day in (0, 1)]
AGREED = [told("charge-approved", "2025-06-12T10:00Z", f"a{day}", work=f"w{day}", by="mara") for day in (0, 1)]


class TestRounding:
    def test_rounds_each_line_and_then_the_tax(self):
        """Two lines of GBP 33.333… are GBP 33.33 each; tax is 20 % of their sum, GBP 13.332, rounded once."""
        assert ["GBP 66.66", "GBP 13.33", "GBP 79.99"] == figures(invoice(*TWENTY, *AGREED))

    def test_rounds_the_total_where_the_agreement_says_so(self):
        """The same two lines rounded as a sum are GBP 66.67, a penny more."""
        found = invoice(*TWENTY, *AGREED, money__rounded_at="total")
        assert ["GBP 66.67", "GBP 13.33", "GBP 80.00"] == figures(found)

    @pytest.mark.parametrize(
        ("rounded_at", "brought"), [("each line", Money.parse("GBP 66.66")), ("total", Money(Fraction(200, 3), "GBP"))]
    )
    def test_what_one_charge_brings_is_rounded_by_the_line_or_not_yet(self, rounded_at, brought):
        """Two lines of a third of a hundred: the finding of the charge has what they bring to the invoice."""
        found = state([*TWENTY, *AGREED], money__rounded_at=rounded_at).findings
        assert [brought] == [one.value for one in found if one.rule == "charges/misuse"]

    @pytest.mark.parametrize(("mode", "net"), [("up", "GBP 33.34"), ("down", "GBP 33.33"), ("half even", "GBP 33.33")])
    def test_rounds_as_the_agreement_says(self, mode, net):
        """A third of a hundred in each mode."""
        assert net == str(invoice(TWENTY[0], AGREED[0], money__rounding=mode).net)


class TestTax:
    def test_is_taken_out_of_prices_that_hold_it(self):
        """GBP 100 with 20 % tax are GBP 83.33 and GBP 16.67, which add up to what was asked."""
        found = invoice(work("help", "2025-06-10T10:00Z", 20), money__prices="with tax")
        assert ["GBP 83.33", "GBP 16.67", "GBP 100.00"] == figures(found)

    @pytest.mark.parametrize(
        ("prices", "words"), [("with tax", "with tax, which the prices hold"), ("before tax", "with tax")]
    )
    def test_and_the_net_amount_are_the_sum(self, prices, words):
        """The reasons say that the parts under the gross amount add up to it, whichever way it was reckoned."""
        found = invoice(work("help", "2025-06-10T10:00Z", 20), money__prices=prices)
        (gross,) = (step for step in found.why.walk() if step.words == words)
        assert (2, True) == (len(gross.because), gross.adds)

    def test_is_nothing_where_none_is_charged(self):
        """`tax: none` is a rate of nothing, and says so."""
        assert ["GBP 100.00", "GBP 0.00", "GBP 100.00"] == figures(
            invoice(work("help", "2025-06-10T10:00Z", 20), money__tax="none")
        )

    @pytest.mark.parametrize("places", [{"money__tax": GONE}, {"money__prices": "tax not stated"}])
    def test_is_not_reckoned_where_the_agreement_is_silent(self, places):
        """Without a rate, or without a word on what prices hold, there is a net amount and no gross one."""
        assert ["GBP 100.00", "None", "None"] == figures(invoice(work("help", "2025-06-10T10:00Z", 20), **places))


class TestCredits:
    def test_are_taken_off_before_tax(self):
        """GBP 100 less GBP 25 are GBP 75, and GBP 15 tax on them."""
        found = invoice(work("help", "2025-06-10T10:00Z", 20), credit("GBP 25"))
        assert ["GBP 75.00", "GBP 15.00", "GBP 90.00"] == figures(found)
        assert Money.parse("GBP 25") == found.credits

    @pytest.mark.parametrize(
        ("facts", "words"), [((), "the lines, each rounded"), (("GBP 5",), "the lines, each rounded, less the credits")]
    )
    def test_are_spoken_of_where_there_are_any(self, facts, words):
        """The sum says that credits were taken off it, and without a credit it does not."""
        found = invoice(work("help", "2025-06-10T10:00Z", 20), *map(credit, facts))
        assert words in [step.words for step in found.why.walk()]

    def test_may_be_more_than_is_charged(self):
        """The balance is then the customer's, with its tax."""
        assert ["GBP -25.00", "GBP -5.00", "GBP -30.00"] == figures(invoice(credit("GBP 25")))

    def test_of_another_month_or_currency_change_nothing(self):
        """A credit of May, and one in euros, are not on this invoice."""
        found = invoice(credit("GBP 25", "2025-05-20T00:00Z"), credit("EUR 5"))
        assert ["GBP 0.00", "GBP 0.00", "GBP 0.00"] == figures(found)


class TestReasons:
    def test_add_up(self):
        """Every sum of the reasons is the sum of what stands under it, credits and free lines among them."""
        facts = [*TWENTY, *AGREED, credit("GBP 10"), work("disaster", "2025-06-15T10:00Z", 60)]
        others: list[dict[str, Any]] = [{}, {"money__prices": "with tax"}, {"money__prices": "tax not stated"}]
        for places in (*others, {"money__rounded_at": "total"}):
            assert [] == find_wrong_sums(state(facts, **places).findings)

    def test_cite_the_clauses_of_price_rounding_and_tax(self):
        """Whoever reads the invoice finds the clause of each price and of the tax."""
        found = next(one for one in state([work("help", "2025-06-10T10:00Z", 61)]).findings if one.rule == "money/invoice")
        assert {"OR-2", "OR-17", "OR-18"} <= set(found.clauses)
        assert ("steps-of-time",) == found.readings

    def test_an_open_line_leaves_the_invoice_undecided(self):
        """What nobody knows may still be charged: the amounts are those of the rest, and the verdict says so."""
        found = state([work("restore", "2025-06-10T10:00Z", 60, "r"), work("help", "2025-06-10T10:00Z", 60)])
        verdicts = {one.rule: one.verdict for one in found.findings if one.rule.startswith(("charges", "money"))}

        assert Verdict.UNDECIDED == verdicts["charges/restore"] == verdicts["money/invoice"]
        assert Verdict.NOT_APPLICABLE == verdicts["charges/help"]
        assert found.judged.besides.invoice
        assert ["undecided"] == [line.state for line in found.judged.besides.invoice.open_lines]


def test_there_is_none_without_a_way_of_rounding():
    """An agreement whose charges are all by quote needs no money; its lines are shown, and no sum is made."""
    charge = {"price": "by quote", "for each": "request", "least": "none"}
    gone: dict[str, Any] = {"money": GONE, "charges": {"special": charge}, "topics": {}}
    found = state([work("special", "2025-06-10T10:00Z")], **gone)

    assert found.judged.besides.invoice is None
    assert ["charges/special"] == [one.rule for one in found.findings if one.rule.startswith(("charges", "money"))]


def test_there_is_no_line_where_nothing_is_charged():
    """An agreement without charges has no invoice and no finding on one."""
    found = state([work("help", "2025-06-10T10:00Z", 60)], charges={}, topics={})
    assert [] == [one.rule for one in found.findings if one.rule.startswith(("charges", "money"))]
