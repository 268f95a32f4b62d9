"""Random years: outages drawn from a mean time between failures and a mean time to repair, laid over periods."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from upheld.bulk.micros import Micros
from upheld.core.timeline import SECOND, Duration, Span


@dataclass(frozen=True, slots=True)
class DrawnOutages:
    """
    Outages of many lives of the same periods: row n lies in life `life[n]`, period `period[n]`, cut at the period's edges.

    `starts` and `ends` are microseconds of the real calendar, whole seconds as everywhere.
    """

    lives: int
    periods: tuple[Span, ...]
    life: Micros
    period: Micros
    starts: Micros
    ends: Micros

    def down(self) -> Micros:
        """The down time of each period of each life, in microseconds, as a table of lives and periods."""
        table = np.zeros((self.lives, len(self.periods)), np.int64)
        np.add.at(table, (self.life, self.period), self.ends - self.starts)
        return table

    def outages_in(self, life: int, period: int) -> list[tuple[int, int]]:
        """The outages of one period of one life."""
        first, last = (int(np.searchsorted(self.life, life, side)) for side in ("left", "right"))
        rows = first + np.flatnonzero(self.period[first:last] == period)
        return [(int(self.starts[row]), int(self.ends[row])) for row in rows]


def draw_outages(periods: Sequence[Span], lives: int, between: Duration, repair: Duration, seed: int) -> DrawnOutages:
    """
    Draw `lives` independent lives of consecutive periods: up and down times alternate, both exponential, as reliability
    engineering has them for failures without memory. The same seed draws the same lives.
    """
    begin, end = periods[0].start.micros, periods[-1].end.micros
    chance = np.random.default_rng(seed)
    mean = between.micros + repair.micros
    expected = (end - begin) // mean + 1
    rows = int(expected + 6 * int(np.sqrt(expected)) + 8)
    up = chance.exponential(between.micros, (lives, rows))
    down = chance.exponential(repair.micros, (lives, rows))
    cycles = np.cumsum(up + down, axis=1)
    while float(cycles[:, -1].min()) < end - begin:
        more_up, more_down = (chance.exponential(length.micros, (lives, rows)) for length in (between, repair))
        up, down = np.hstack([up, more_up]), np.hstack([down, more_down])
        cycles = np.cumsum(up + down, axis=1)
    # Past the end nothing is kept; cut first, since a time a million years ahead is no 64-bit number of microseconds.
    stops = whole_seconds(np.minimum(cycles, end - begin + SECOND.micros)) + begin
    starts = np.minimum(whole_seconds(np.minimum(cycles - down, end - begin + SECOND.micros)) + begin, stops)
    life = np.repeat(np.arange(lives, dtype=np.int64), starts.shape[1])
    return lay_over(periods, lives, life, starts.ravel(), np.minimum(stops.ravel(), end))


def whole_seconds(times: np.ndarray) -> Micros:
    found: Micros = (times // SECOND.micros).astype(np.int64) * SECOND.micros
    return found


def lay_over(periods: Sequence[Span], lives: int, life: Micros, starts: Micros, ends: Micros) -> DrawnOutages:
    """The outages cut at the edges of the periods, empty ones left out."""
    edges = np.array([*(span.start.micros for span in periods), periods[-1].end.micros], np.int64)
    keep = (starts < ends) & (starts < edges[-1])
    life, starts, ends = life[keep], starts[keep], ends[keep]
    first = np.searchsorted(edges, starts, "right") - 1
    last = np.searchsorted(edges, ends, "left") - 1
    pieces = last - first + 1
    row = np.repeat(np.arange(len(starts)), pieces)
    within = np.arange(len(row)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    period = first[row] + within
    cut_starts, cut_ends = np.maximum(starts[row], edges[period]), np.minimum(ends[row], edges[period + 1])
    return DrawnOutages(lives, tuple(periods), life[row], period, cut_starts, cut_ends)
