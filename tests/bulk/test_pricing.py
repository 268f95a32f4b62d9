"""The price of a promise is the sum of what core says of each period: what is skipped is what could cost nothing."""

from collections import Counter
from fractions import Fraction
from importlib.resources import files

from upheld.bulk.pricing import Offer, cover, judge_past, outages, periods_of, price_years, result_of
from upheld.bulk.years import draw_outages
from upheld.core.facts import Fact
from upheld.core.timeline import DAY, HOUR, Instant, Span
from upheld.language import check

SEED, YEARS = 5, 6


def offer() -> Offer:
    checked = check(
        files("upheld.language").joinpath("starter.md").read_text("utf-8"), as_of=Instant.parse("2026-01-01T00:00Z")
    )
    assert checked.document is not None
    return Offer(checked.document, checked.calendars, {"monthly-price": "EUR 720"}, {})


def silent(done: int, of: int) -> None:
    assert done <= of


def test_every_amount_is_the_one_that_core_gives_for_that_period() -> None:
    given = offer()
    prices = price_years(given, 2026, YEARS, DAY * 9, HOUR * 2, SEED, silent)
    terms = given.terms(Instant.parse("2026-01-01T00:00Z"))
    months = periods_of(terms, Span(Instant.parse("2026-01-01T00:00Z"), Instant.parse("2027-01-01T00:00Z")))
    drawn = draw_outages(months, YEARS, DAY * 9, HOUR * 2, SEED)
    each: Counter[Fraction] = Counter()
    missed = 0
    for life in range(YEARS):
        for place, month in enumerate(months):
            facts: list[Fact] = [*cover(month), *outages(["application"], drawn.outages_in(life, place))]
            found = result_of(given.judge(terms, facts, month, month.end), month)
            each[found.amount] += 1
            missed += found.is_missed
    assert dict(prices.each) == dict(each)
    assert (prices.missed, prices.periods_a_year) == (missed, 12)
    assert prices.mean * YEARS == sum(amount * times for amount, times in each.items())


def test_shares_of_years_are_in_order() -> None:
    prices = price_years(offer(), 2026, 20, DAY * 9, HOUR * 2, SEED, silent)
    half, most, worst = prices.share_of_years(Fraction(1, 2)), prices.share_of_years(Fraction(19, 20)), prices.yearly[-1]
    assert prices.yearly[0] <= half <= most <= worst
    assert sum(amount <= half for amount in prices.yearly) >= 10


def test_past_facts_give_what_the_statement_of_each_month_gives() -> None:
    given = offer()
    start = Instant.parse("2026-04-07T10:00Z")
    facts: list[Fact] = [*outages(["application"], [(start.micros, (start + HOUR * 3).micros)])]
    months = periods_of(given.terms(start), Span(Instant.parse("2026-03-10T00:00Z"), Instant.parse("2026-05-02T00:00Z")))
    found = judge_past(given, facts, months, silent)
    assert [one.is_missed for one in found] == [False, True, False]
    assert [str(money) for one in found for money in one.credits] == ["EUR 0.00", "EUR 15.00", "EUR 0.00"]
