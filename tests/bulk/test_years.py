"""Drawn years are lives of the same calendar: outages in order, cut at the edges, as often and as long as was asked."""

from itertools import pairwise

import numpy as np

from upheld.bulk.years import draw_outages
from upheld.core.timeline import DAY, HOUR, Duration, Instant, Span

EDGES = [Instant.parse(f"2026-{month:02d}-01T00:00Z") for month in range(1, 13)] + [Instant.parse("2027-01-01T00:00Z")]
YEAR = tuple(Span(start, end) for start, end in pairwise(EDGES))


def test_every_outage_lies_within_its_period_and_none_overlaps() -> None:
    drawn = draw_outages(YEAR, 50, DAY * 5, HOUR * 20, seed=1)
    for life in range(50):
        spans = [pair for period in range(12) for pair in drawn.outages_in(life, period)]
        assert spans == sorted(spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        for period, span in enumerate(YEAR):
            found = drawn.outages_in(life, period)
            assert all(span.start.micros <= start < end <= span.end.micros for start, end in found)
            assert drawn.down()[life, period] == sum(end - start for start, end in found)


def test_the_share_of_down_time_is_the_one_asked_for() -> None:
    drawn = draw_outages(YEAR, 4000, HOUR * 99, HOUR, seed=2)
    share = drawn.down().sum() / (4000 * (EDGES[-1].micros - EDGES[0].micros))
    assert abs(share - 0.01) < 0.0005


def test_an_outage_over_an_edge_is_one_in_each_period() -> None:
    drawn = draw_outages(YEAR, 200, DAY * 20, DAY * 40, seed=3)
    touching = sum(
        one[1] == other[0]
        for life in range(200)
        for spans in [[pair for period in range(12) for pair in drawn.outages_in(life, period)]]
        for one, other in pairwise(spans)
    )
    assert touching > 100


def test_the_same_seed_draws_the_same_lives() -> None:
    one, same, other = (draw_outages(YEAR, 20, DAY * 30, HOUR, seed).down() for seed in (7, 7, 8))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_no_failure_in_sight_is_no_outage() -> None:
    assert draw_outages(YEAR, 10, Duration(DAY.micros * 10**7), HOUR, seed=1).down().sum() == 0
