"""One timer for the deadlines of all running probes: buckets of 50 ms, swept in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

TICK_US = 50_000


class Expiring(Protocol):
    """Whatever has a deadline."""

    def expire(self) -> None: ...


class Deadlines:
    """Calls `expire` at the deadline or up to two ticks after it, never before it.

    A timer per probe would be set and cancelled thousands of times a second for the few that ever fire.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, monotonic_us: Callable[[], int]) -> None:
        self._loop = loop
        self._monotonic_us = monotonic_us
        self._buckets: dict[int, set[Expiring]] = {}
        self._is_ticking = False

    def add(self, expiring: Expiring, at_us: int) -> set[Expiring]:
        """Set a deadline at `at_us` of the monotonic clock; to call it off, discard from the returned bucket."""
        tick = at_us // TICK_US + 1
        bucket = self._buckets.get(tick)
        if bucket is None:
            bucket = self._buckets[tick] = set()
            if not self._is_ticking:
                self._is_ticking = True
                self._loop.call_later(TICK_US / 1e6, self._sweep)
        bucket.add(expiring)
        return bucket

    def clear(self) -> None:
        self._buckets.clear()

    def _sweep(self) -> None:
        now = self._monotonic_us() // TICK_US
        due = [self._buckets.pop(tick) for tick in sorted(tick for tick in self._buckets if tick <= now)]
        self._is_ticking = bool(self._buckets)
        if self._is_ticking:
            self._loop.call_later(TICK_US / 1e6, self._sweep)
        for bucket in due:
            for expiring in tuple(bucket):
                expiring.expire()
