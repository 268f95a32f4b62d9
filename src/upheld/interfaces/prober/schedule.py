"""When each check is due: absolute slots on the monotonic clock, one timer for all of them."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Iterable
from itertools import count

from upheld.interfaces.prober.vigil import Vigil
from upheld.interfaces.prober.watch import Watch

_LATEST_US = 1_000_000  # a probe that would begin later than this is not sent: its slot is missed

_GATHER_US = 5_000  # starts are gathered for so long: a thousand checks a second do not wake the process each


class Schedule:
    """Calls `start(watch)` in each slot, or `miss(watch, due_us, now_us)` once for slots that went by.

    After a stop nothing is caught up: each check goes on with its own next slot, so no herd follows.
    """

    def __init__(self, vigil: Vigil, start: Callable[[Watch], None], miss: Callable[[Watch, int, int], None]) -> None:
        self._vigil = vigil
        self._start = start
        self._miss = miss
        self._loop = asyncio.get_running_loop()
        self._heap: list[tuple[int, int, Watch]] = []
        self._order = count()  # ties in the heap are broken by age, never by comparing watches
        self._timer: asyncio.TimerHandle | None = None

    def add(self, watches: Iterable[Watch]) -> None:
        """Put checks under watch, each at its own next slot."""
        now = self._vigil.look()
        for watch in watches:
            watch.due_us = watch.find_slot(now, self._vigil.tell_wall(0))
            heapq.heappush(self._heap, (watch.due_us, next(self._order), watch))
        self._set_timer(now)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._heap.clear()

    def _set_timer(self, now: int) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if self._heap:
            wait_us = self._heap[0][0] - now
            self._timer = self._loop.call_later(max(wait_us, _GATHER_US) / 1e6, self._run)

    def _run(self) -> None:
        self._timer = None
        now = self._vigil.look()
        heap = self._heap
        while heap and heap[0][0] <= now:
            due, _, watch = heap[0]
            if watch.is_retired:
                heapq.heappop(heap)
                continue
            next_due = due + watch.interval_us * ((now - due) // watch.interval_us + 1)
            watch.due_us = next_due
            heapq.heapreplace(heap, (next_due, next(self._order), watch))
            if now - due > min(_LATEST_US, watch.interval_us // 2):
                self._miss(watch, due, now)
            else:
                self._start(watch)
        self._set_timer(now)
