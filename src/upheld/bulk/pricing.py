"""
The price of a promise: what random years, or years of past facts, would have cost under an agreement.

Every amount is core's. Drawn periods without an outage share one judgement, and so do those whose down time cannot miss
anything: only what can cost something is judged one by one.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from upheld.bulk.years import DrawnOutages, draw_outages
from upheld.core.explain import Finding, Verdict
from upheld.core.facts import CoverageDeclared, Fact, OutageClosed, OutageOpened
from upheld.core.money import Money
from upheld.core.statement import Judged, bind_case, gather, judge_period
from upheld.core.terms import Document, Terms
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import Duration, Instant, Span

Tell = Callable[[int, int], None]
"""Told of progress: how many periods of how many were judged."""
KEY = "simulated"


@dataclass(frozen=True, slots=True)
class Offer:
    """Terms as they would bind one customer."""

    document: Document
    calendars: Mapping[str, Any]
    parameters: Mapping[str, str]
    readings: Mapping[str, str]

    def terms(self, at: Instant, facts: Sequence[Fact] = (), as_of: Instant | None = None) -> Terms:
        """The terms in force at an instant; where facts set the customer's parameters, with those values."""
        return bind_case(gather(self.document, self.calendars, facts, as_of or at, self.readings), at, self.parameters)

    def judge(self, terms: Terms, facts: Sequence[Fact], period: Span, as_of: Instant) -> Judged:
        """All findings of a period, under terms that were bound before."""
        return judge_period(gather(self.document, self.calendars, facts, as_of, self.readings), terms, period)


@dataclass(frozen=True, slots=True)
class Result:
    """What one period came to: the verdict of each promise, and what is credited at most, by currency."""

    period: Span
    verdicts: tuple[tuple[str, str], ...]
    shown: tuple[tuple[str, str], ...]
    credits: tuple[Money, ...]

    @property
    def is_missed(self) -> bool:
        return any(verdict == Verdict.MISSED.value for _, verdict in self.verdicts)

    @property
    def amount(self) -> Fraction:
        """The sum of its credits, in the one currency of the agreement."""
        return sum((money.amount for money in self.credits), Fraction(0))


@dataclass(frozen=True, slots=True)
class Prices:
    """The periods of many drawn years. `each` counts what they came to; `yearly` is the sum of each year."""

    years: int
    periods_a_year: int
    currency: str
    down: Fraction
    """Microseconds of down time a year, on average."""
    missed: int
    years_missed: int
    each: Mapping[Fraction, int]
    yearly: tuple[Fraction, ...]

    @property
    def mean(self) -> Fraction:
        return sum(self.yearly, Fraction(0)) / self.years

    def share_of_years(self, share: Fraction) -> Fraction:
        """The amount that this share of all years does not exceed."""
        return self.yearly[max(0, -(-self.years * share // 1) - 1)]


def result_of(judged: Judged, period: Span) -> Result:
    promises = [account.finding for account in judged.accounts]
    credits = tuple(value for one in judged.credits if isinstance(value := one.finding.value, Money))
    return Result(period, tuple(map(verdict_of, promises)), tuple((one.rule, one.shown) for one in promises), credits)


def verdict_of(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.verdict.value


def judge_past(offer: Offer, facts: Sequence[Fact], periods: Sequence[Span], tell: Tell) -> list[Result]:
    """What each of these periods would have come to; each is seen from its end, or from the last fact if that is later."""
    last = max((fact.recorded_at for fact in facts), default=periods[-1].end)
    found = []
    for place, period in enumerate(periods, 1):
        as_of = max(last, period.end)
        found.append(result_of(offer.judge(offer.terms(period.start, facts, as_of), facts, period, as_of), period))
        tell(place, len(periods))
    return found


def periods_of(terms: Terms, span: Span) -> list[Span]:
    """The statement's periods that touch a span."""
    found, period = [], terms.statement_period.containing(span.start)
    while period.start < span.end:
        found.append(period)
        period = terms.statement_period.containing(period.end)
    return found


def price_years(offer: Offer, year: int, years: int, between: Duration, repair: Duration, seed: int, tell: Tell) -> Prices:
    """Draw years of failures and repairs, and judge what can cost something. The same seed gives the same prices."""
    zone_start = Instant.parse(f"{year}-01-01T00:00Z")
    terms = offer.terms(zone_start)
    first = terms.statement_period.containing(zone_start)
    if first.start < zone_start:
        first = terms.statement_period.containing(first.end)
    periods = a_year_from(terms, first)
    drawn = draw_outages(periods, years, between, repair, seed)
    quiet = [offer.judge(terms, cover(period), period, period.end) for period in periods]
    calm = [result_of(judged, period) for judged, period in zip(quiet, periods, strict=True)]
    harmless = np.array([least_harm(terms, judged) for judged in quiet], np.int64)
    down = drawn.down()
    doubtful = np.argwhere(down > harmless)
    results = dict(judge_drawn(offer, terms, drawn, doubtful, tell))
    each: Counter[Fraction] = Counter()
    yearly, missed, years_missed = [], 0, 0
    for life in range(years):
        found = [results.get((life, place), calm[place]) for place in range(len(periods))]
        each.update(one.amount for one in found)
        bad = sum(one.is_missed for one in found)
        missed, years_missed = missed + bad, years_missed + bool(bad)
        yearly.append(sum((one.amount for one in found), Fraction(0)))
    total = Fraction(int(down.sum()), years)
    return Prices(
        years, len(periods), terms.currency, total, missed, years_missed, dict(sorted(each.items())), tuple(sorted(yearly))
    )


def a_year_from(terms: Terms, first: Span) -> list[Span]:
    """Whole periods from one on, for as near to a year as they come."""
    year = Duration(366 * 24 * 3600 * 10**6)
    found = periods_of(terms, Span(first.start, first.start + year))
    return [period for period in found if period.end <= first.start + year] or found[:1]


def least_harm(terms: Terms, judged: Judged) -> int:
    """The down time, in microseconds, up to which a period certainly costs nothing: none, where a credit asks otherwise."""
    promises = {account.finding.rule.removeprefix("availability/") for account in judged.accounts}
    for credit in terms.credits.values():
        asked = {test.fact for test in tests_of(credit.when) if test.wanted == ("missed",)}
        if not asked & promises:
            return 0
    borne = [account.borne.micros if account.borne is not None else 0 for account in judged.accounts]
    return min(borne, default=0)


def judge_drawn(
    offer: Offer, terms: Terms, drawn: DrawnOutages, doubtful: np.ndarray, tell: Tell
) -> Iterator[tuple[tuple[int, int], Result]]:
    components = [name for service in list(terms.services.values())[:1] for name in service.components]
    for place, (life, period) in enumerate(doubtful.tolist(), 1):
        span = drawn.periods[period]
        facts = [*cover(span), *outages(components, drawn.outages_in(life, period))]
        yield (life, period), result_of(offer.judge(terms, facts, span, span.end), span)
        tell(place, len(doubtful))


def header(name: str, at: Instant) -> dict[str, Any]:
    return {"id": name, "agreement": KEY, "source": KEY, "occurred_at": at, "recorded_at": at}


def cover(period: Span) -> list[Fact]:
    """A record that says of the whole period that it was seen."""
    return [CoverageDeclared(**header("covered", period.end), from_at=period.start, to_at=period.end, evidence=KEY)]


def outages(components: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[Fact]:
    for number, (start, end) in enumerate(spans):
        begun, ended = Instant(start), Instant(end)
        for component in components:
            name = f"{number}/{component}"
            yield OutageOpened(
                **header(f"{name}/opened", begun), outage=name, component=component, first_bad_at=begun, last_good_at=begun
            )
            yield OutageClosed(**header(f"{name}/closed", ended), outage=name, last_bad_at=ended, first_good_at=ended)
