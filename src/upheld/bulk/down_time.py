"""Down time of very many services in one period, from their changes of state less what is excluded."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from upheld.bulk.micros import Micros, NotMicros, read_micros
from upheld.bulk.spans_of import SpansOf, require_offsets, sums_of
from upheld.core.timeline import Span

BLOCK = 2048
"""Services at once: their changes stay in the cache, and what is made of them takes little memory."""
WIDEST = 1 << 50
"""Microseconds (35 years): so long a period times a block of services is still a number of 63 bits."""


@dataclass(frozen=True, slots=True)
class DownTime:
    """
    Of each service: the time that counts as down, and the base that is left of the period, in microseconds.

    Availability is `Fraction(base - down, base)`, where there is a base.
    """

    down: Micros
    base: Micros


def measure_down_time(
    period: Span, offsets: ArrayLike, changed_at: ArrayLike, is_up: NDArray[np.bool_], excluded: SpansOf
) -> DownTime:
    """
    Twin of core's partition of a period (`availability.partition.cut`) with excluded time that leaves the base whole.

    The changes of service n are those from `offsets[n]` to before `offsets[n + 1]`, in the order of time: at `changed_at`
    it became up or down. Before its first change a service is up; of changes at one instant the last holds.
    """
    places, at, up = read_micros(offsets, "offsets"), read_micros(changed_at, "changed_at"), np.asarray(is_up, dtype=bool)
    require_offsets(places, len(at), "changes")
    if len(up) != len(at) or len(excluded.offsets) != len(places):
        raise NotMicros(
            f"{len(at)} changes, {len(up)} states, {len(places) - 1} services and exclusions of "
            f"{len(excluded.offsets) - 1}; expected a state for each change and exclusions for each service"
        )
    if period.length.micros > WIDEST:
        raise NotMicros(f"{period} is longer than 35 years; ask for parts of it and add them up")
    services = len(places) - 1
    made = DownTime(np.empty(services, np.int64), np.empty(services, np.int64))
    for first in range(0, services, BLOCK):
        last = min(first + BLOCK, services)
        low, high = int(places[first]), int(places[last])
        down = find_down(period, places[first : last + 1] - low, at[low:high], up[low:high])
        leaves = excluded.block(first, last).united_within(period)
        made.down[first:last] = add_up(down) - add_up_shared(down, leaves, period)
        made.base[first:last] = period.length.micros - add_up(leaves)
    return made


def find_down(period: Span, offsets: Micros, changed_at: Micros, up: NDArray[np.bool_]) -> SpansOf:
    """The spans in which each service was down, sorted and apart."""
    at = np.clip(changed_at, period.start.micros, period.end.micros)
    until = np.empty_like(at)
    until[:-1] = at[1:]
    until[offsets[1:][np.diff(offsets) > 0] - 1] = period.end.micros
    if (until < at).any():
        raise NotMicros("changed_at: expected the changes of each service in the order of time; sort them first")
    chosen = np.flatnonzero(~up & (at < until))
    return SpansOf(np.searchsorted(chosen, offsets), at[chosen], until[chosen])


def add_up(spans: SpansOf) -> Micros:
    """The length of each owner's spans, which are apart."""
    return sums_of(spans.offsets, spans.ends - spans.starts)


def add_up_shared(down: SpansOf, leaves: SpansOf, period: Span) -> Micros:
    """The length of what each owner's two kinds of spans share: the down time up to each end less that up to each start."""
    # One line of time on which the services stand one after the other, each with its own period.
    width, start = period.length.micros + 1, period.start.micros
    down_line, line = (
        np.repeat(np.arange(len(spans.offsets) - 1) * width - start, np.diff(spans.offsets)) for spans in (down, leaves)
    )
    begins, finishes = down.starts + down_line, down.ends + down_line
    so_far = np.concatenate((np.zeros(1, np.int64), np.cumsum(down.ends - down.starts)))
    # A down span that ends before all of them, so that every instant has one before it.
    finishes = np.concatenate((np.full(1, -1, np.int64), finishes))

    edges = np.empty((len(leaves.starts), 2), np.int64)
    np.add(leaves.starts, line, out=edges[:, 0])
    np.add(leaves.ends, line, out=edges[:, 1])
    at = edges.ravel()  # start, end, start, end: rising, which makes them cheap to find
    place = np.searchsorted(begins, at, side="right")
    down_before = so_far[place] - np.maximum(finishes[place] - at, 0)
    return sums_of(leaves.offsets, down_before[1::2] - down_before[::2])
