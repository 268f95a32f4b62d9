"""A price of its own for each promise that a credit is for."""

import copy

import pytest

from tests.core.credits.owed import BASE, down, state_credits
from tests.core.sample import BLOCKS, header
from tests.core.sums import find_wrong_sums
from tests.core.terms.changed import GONE, problems
from upheld.core.facts import ParameterSet
from upheld.core.timeline import Instant

TWICE = {"uptime": BLOCKS["availability"]["uptime"], "again": copy.deepcopy(BLOCKS["availability"]["uptime"])}
EACH = {"each of": ["uptime", "again"], "when": {"figure": "missed"}, "pays": "10 %"}
PRICES = {"uptime": "parameter monthly-price", "again": "parameter other-price"}
KINDS = {**BLOCKS["parameters"], "other-price": {"kind": "money"}}


def other_price(amount: str, start: str) -> ParameterSet:
    return ParameterSet(**header(f"other-{start}", start), name="other-price", value=amount, from_at=Instant.parse(start))


def amounts(credit, *facts, **rest):
    seen = (other_price("EUR 50.00", "2020-01-01T00:00Z"), *facts)
    statement = state_credits({"one": {**EACH, **credit}}, *seen, availability=TWICE, parameters=KINDS, **rest)
    assert [] == find_wrong_sums(statement.findings)
    return {one.finding.rule: one.finding.shown for one in statement.judged.credits}


def test_is_the_one_of_which_a_share_is_paid():
    """A tenth of 720 for the one, a tenth of 50 for the other."""
    assert {"credits/one/uptime": "EUR 72.00", "credits/one/again": "EUR 5.00"} == amounts({"of": PRICES}, *down(300))


def test_may_be_the_one_of_another_time():
    """The second price was 50 in May and rose to 80 in June: of the period before, May's counts."""
    rise = other_price("EUR 80.00", "2025-06-01T00:00Z")
    found = amounts({"of": PRICES, "of period": "period before"}, rise, *down(300))

    assert "EUR 5.00" == found["credits/one/again"]
    assert "EUR 8.00" == amounts({"of": PRICES}, rise, *down(300))["credits/one/again"]


def test_is_capped_as_a_share_of_itself():
    """At most 5 % of its own price for each."""
    cap = {"at most": "5 %", "of": "monthly price", "per": "period"}

    assert {"credits/one/uptime": "EUR 36.00", "credits/one/again": "EUR 2.50"} == amounts(
        {"of": PRICES, "cap": cap}, *down(300)
    )


def test_is_one_for_all_where_one_is_said():
    """One price: the same tenth of it for each promise."""
    assert {"credits/one/uptime": "EUR 72.00", "credits/one/again": "EUR 72.00"} == amounts(
        {"of": "parameter monthly-price"}, *down(300)
    )


@pytest.mark.parametrize(
    ("of", "what"),
    [
        ({"uptime": "EUR 5"}, "credits/one/of: has no price for again; write of: {NAME: parameter NAME}"),
        ({**PRICES, "third": "EUR 5"}, "credits/one/of: third is not under each of, and has a price"),
        ({**PRICES, "again": "USD 5"}, "credits/one/of/again: the price is in USD, the agreement's money in EUR"),
    ],
)
def test_stands_for_every_promise_and_no_other(of, what):
    """Each is named at its place."""
    known = {**KINDS, "other-price": {"kind": "money", "usual": "EUR 5"}}
    rules = {"one": {**BASE, **EACH, "of": of}}
    found = problems(credits=rules, claims=GONE, availability=TWICE, parameters=known)

    assert any(what in one for one in found), found
