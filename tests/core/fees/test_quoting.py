"""Charges by quote: given, accepted by who may, before the work began."""

import pytest

from tests.core.orchard import GONE, JUNE, bound, state, told, work
from upheld.core.explain import Step, tell
from upheld.core.fees import reckon_invoice
from upheld.core.money import Money
from upheld.core.timeline import Instant, Span


def quote(amount="GBP 300.00", at="2025-06-02T10:00Z"):
    return told("quote-given", at, quote="Q-1", charge="special", amount=Money.parse(amount), by="provider")


def accepted(at="2025-06-03T10:00Z", by="ana@x.example"):
    return told("quote-accepted", at, quote="Q-1", by=by)


def lines(*facts, refuse=lambda by, at: None, period=JUNE, **places):
    found, _ = reckon_invoice(bound(**places), facts, period, None, refuse)
    return list(found)


DONE = work("special", "2025-06-10T10:00Z", quote="Q-1")


def test_charges_an_accepted_quote():
    """The quote's amount, once, however often work for it is logged."""
    again = work("special", "2025-06-12T10:00Z", quote="Q-1")
    (line,) = lines(quote(), accepted(), DONE, again)

    assert ("charged", "GBP 300.00") == (line.state, str(line.amount))
    assert "quote Q-1, accepted by ana@x.example" in line.why.words


def test_charges_it_in_the_month_in_which_its_work_began():
    """More work for the same quote in the next month costs nothing."""
    july = Span(JUNE.end, Instant.parse("2025-08-01T00:00Z"))
    later = work("special", "2025-07-10T10:00Z", quote="Q-1")

    assert ["free"] == [line.state for line in lines(quote(), accepted(), DONE, later, period=july)]


def test_work_at_the_first_midnight_is_of_the_month():
    """Begun as June begins, it is charged in June; a second before, it was charged in May."""
    agreed = [quote(at="2025-05-02T10:00Z"), accepted("2025-05-03T10:00Z")]
    states = [
        [
            line.state
            for line in lines(*agreed, work("special", at, quote="Q-1"), work("special", "2025-06-02T10:00Z", quote="Q-1"))
        ]
        for at in ("2025-06-01T00:00Z", "2025-05-31T23:59:59Z")
    ]

    assert [["charged"], ["free"]] == states


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ([work("special", "2025-06-10T10:00Z")], "names no quote"),
        ([DONE], "no quote Q-1 was given for special"),
        ([quote(), DONE], "was given and not accepted"),
        ([quote(), accepted("2025-06-10T10:01Z"), DONE], "before the quote was accepted"),
        ([quote("EUR 300.00"), accepted(), DONE], "the quote is in EUR, the agreement's money in GBP"),
    ],
)
def test_charges_nothing_without_a_quote_that_holds(facts, reason):
    """Without a quote, an acceptance or in time, the line waits and says for what."""
    (line,) = lines(*facts)

    assert ("waits", None) == (line.state, line.amount)
    assert any(reason in words for words in tell(line.why))


@pytest.mark.parametrize("amount", ["GBP 300.00", "EUR 300.00"])
def test_takes_a_quote_in_any_money_where_the_agreement_names_none(amount):
    """An agreement whose charges are all by quote has no currency that a quote could differ from."""
    places = {"money": GONE, "charges": {"special": {"price": "by quote", "for each": "request", "least": "none"}}}
    (line,) = lines(quote(amount), accepted(), DONE, topics={}, **places)

    assert ("charged", amount) == (line.state, str(line.amount))


def test_work_may_begin_when_the_quote_is_accepted():
    """At the very instant of the consent it is in time."""
    (line,) = lines(quote(), accepted("2025-06-10T10:00Z"), DONE)
    assert ("charged", "GBP 300.00") == (line.state, str(line.amount))


def test_refuses_the_consent_of_a_stranger():
    """Whose word does not count accepts no quote; the reason is the one of the rule on instructions."""
    (line,) = lines(quote(), accepted(), DONE, refuse=lambda by, at: Step("refused", f"{by} may not"))
    assert any("ana@x.example may not" in words for words in tell(line.why))


def test_a_case_without_work_in_the_month_has_no_line():
    """Work of May under one case and of June under another: June shows its own case alone."""
    cases = {"mine": {"when": {"responsible": "customer"}}, "yours": {"when": {"responsible": "provider"}}}
    may, june = (
        work("special", f"2025-0{month}-10T10:00Z", quote="Q-1", responsible=who)
        for month, who in ((5, "customer"), (6, "provider"))
    )
    found = lines(quote(), accepted(), may, june, charges__special__cases=cases)
    assert ["charged"] == [line.state for line in found]


def test_leaves_work_of_another_month_alone():
    """Work by quote that was done in May is no line of June."""
    assert [] == lines(quote(), accepted(), work("special", "2025-05-10T10:00Z", quote="Q-1"))


def test_a_statement_knows_whose_word_counts():
    """In a statement the consent of somebody who is not named is refused, and that of a named person charged."""
    charged = {
        by: state([quote(), accepted(by=by), DONE]).judged.besides.invoice for by in ("ana@x.example", "zed@x.example")
    }
    assert ["GBP 300.00", "GBP 0.00"] == [str(invoice.net) for invoice in charged.values() if invoice]
