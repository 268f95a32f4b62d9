"""Charges, invoicing and the term as rules: what is read, and what is refused with what to write."""

from fractions import Fraction
from typing import Any

import pytest

from tests.core.orchard import GONE, bound, problems
from upheld.core.money import Money
from upheld.core.terms.charges import Fees, Rate, parse_rate
from upheld.core.timeline import HOUR, MINUTE


def fees(**places: Any) -> Fees:
    return bound(**places).fees


@pytest.mark.parametrize(
    ("written", "per", "time", "months"),
    [
        ("GBP 100 per hour", "hour", HOUR, 0),
        ("GBP 1.50 per minute", "minute", MINUTE, 0),
        ("GBP 250 per month", "month", None, 1),
        ("GBP 250 per quarter", "quarter", None, 3),
        ("GBP 250 per year", "year", None, 12),
        ("GBP 200 once", "once", None, 0),
        ("GBP 2 per mail-box", "mail-box", None, 0),
    ],
)
def test_a_rate_says_what_it_is_for(written, per, time, months):
    """Time worked, months, once, or each of something; and is written as it was read."""
    rate = parse_rate(written)
    assert (per, time, months) == (rate.per, rate.time, rate.months)
    assert rate == parse_rate(str(rate))


def test_reads_a_charge_with_its_clauses_and_readings():
    """Each value knows where it stands, and which reading chose it."""
    help_ = fees().charges["help"].each[0].rule
    assert Rate(Money(Fraction(100), "GBP"), "hour") == help_.price.value
    assert help_.step is not None
    assert (MINUTE, ("OR-2", "OR-18"), ("steps-of-time",)) == (help_.step.value, help_.step.clauses, help_.step.readings)


@pytest.mark.parametrize(
    ("places", "problem"),
    [
        (
            {"charges__help__price": "100 GBP"},
            "charges/help/price: '100 GBP' is no price; write for instance",
        ),
        (
            {"charges__help__price": "EUR 5 per hour"},
            "charges/help/price: the price is in EUR, the agreement's money",
        ),
        ({"charges__help__step": GONE}, "charges/help/step: 'step' is missing"),
        ({"charges__help__least": "2 months"}, "charges/help/least: 2 months is no time that can be charged"),
        ({"charges__managing__part_period": GONE}, "charges/managing/part period: 'part period' is missing"),
        ({"charges__managing__part_period": "half"}, "charges/managing/part period: 'half' is not one of full"),
        ({"charges__managing__how_many": "many"}, "charges/managing/how many: 'many' is not a number"),
        ({"charges__managing__how_many": "1.5"}, "charges/managing/how many: 3/2 is no whole number of things"),
        ({"charges__help__when": {"weather": "fine"}}, "charges/help/when/weather: 'weather' is not known here"),
        (
            {"charges__help__cases": {"a": {"when": {"weather": "fine"}}}},
            "charges/help/cases/a/when/weather: 'weather' is not known here",
        ),
        ({"topics__advice__charge": "halp"}, "topics/advice/charge: no charge is called 'halp'; nearest is 'help'"),
        ({"money__rounded_at": "the end"}, "money/rounded at: 'the end' is not one of each line, total"),
        ({"money__rounded_at": GONE}, "money/rounded at: 'rounded at' is missing"),
        ({"money__rounding": "sideways"}, "money/rounding: 'sideways' is not one of half up"),
        ({"term__renews": "for ever"}, "term/renews: 'for ever' is not a length of time"),
        ({"term__early_end": "maybe"}, "term/early end: 'maybe' is not one of refused, accepted"),
        ({"term__least": "5 business days"}, "term/least: 5 business days are counted on a calendar"),
        ({"term__least": "36 hours"}, "term/least: '36 hours' does not end with a day"),
        ({"term__least": "101 years"}, "term/least: '101 years' is longer than a hundred years"),
        ({"term__notice": "36601 calendar days"}, "term/notice: '36601 calendar days' is longer than a hundred years"),
        ({"term__renews": "0 months"}, "term/renews: '0 months' renews nothing"),
        ({"term__starts": "soon"}, "term/starts: 'soon' is not a date"),
    ],
)
def test_refuses_what_cannot_be_charged(places, problem):
    """Located, with what to write instead."""
    found = problems(**places)
    assert any(line.startswith(problem) for line in found), found


def test_a_charge_without_money_needs_none():
    """Where all is by quote nothing is rounded; a rate without money is refused."""
    quoted: dict[str, Any] = {"special": {"price": "by quote", "for each": "request", "least": "none"}}
    assert fees(money=GONE, charges=quoted, topics={}).invoicing is None
    assert fees(charges={}, topics={}).invoicing is None
    assert any("in GBP, the agreement's money in" in line for line in problems(money=GONE))


def test_an_agreement_may_say_nothing_of_money():
    """No charge, no term: nothing to reckon."""
    empty = fees(charges={}, topics={}, term=GONE)
    assert ({}, {}, None, None) == (dict(empty.charges), dict(empty.topics), empty.invoicing, empty.term)
