"""What was seen and is not yet on the spool: sealed at once when something changed, else every few seconds."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from typing import NamedTuple

from upheld.gateways.samples import Batch, Disturbance, Observation, Outcome, Spool

log = logging.getLogger("upheld.prober")
_RETRY_SECONDS = 1
_MOST_TOGETHER = 1_000  # observations of one batch, or nearly so: writing more at once would hold up the probes
MOST_KEPT = 200_000  # observations in memory while the spool cannot be written


class Signature(NamedTuple):
    """Who seals: the prober's name, this boot of it, and when it began (wall microseconds)."""

    prober: str
    boot: str
    started_at: int


class Journal:
    """Takes observations, seals batches in a thread. Never raises for a spool that cannot be written."""

    def __init__(
        self, spool: Spool, signature: Signature, now_us: Callable[[], int], writer: Executor, most_kept: int = MOST_KEPT
    ) -> None:
        self._spool = spool
        self._signature = signature
        self._now_us = now_us
        self._writer = writer
        self._most_kept = most_kept
        self._seen: list[Observation] = []
        self._disturbances: list[Disturbance] = []
        self._unwritten: deque[Batch] = deque()
        self._sequence = 0
        self._task: asyncio.Task[None] | None = None
        self._is_failing = False

    def add(self, observation: Observation, *, is_change: bool) -> None:
        """Keep one observation; a change of outcome is sealed at once (together with what else is waiting)."""
        self._seen.append(observation)
        if is_change or len(self._seen) >= _MOST_TOGETHER:
            self.seal_soon()

    def note(self, disturbance: Disturbance) -> None:
        """Keep what happened to the prober itself."""
        log.warning("%s: %d ms", disturbance.kind, disturbance.amount // 1_000)
        self._disturbances.append(disturbance)

    def seal_soon(self) -> None:
        """Seal what is there; while a batch is being written, the next one gathers."""
        if self._task is None or self._task.done():
            self._task = asyncio.ensure_future(self._write())

    def seal_now_and_then(self) -> None:
        """For a timer: seal what is there, or keep memory bounded while the disk hangs."""
        if self._task is not None and not self._task.done():
            self._pack()
            self._drop_oldest()
        self.seal_soon()

    async def close(self) -> None:
        """Seal the rest; says how much was lost if the spool still cannot be written."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._pack()
        loop = asyncio.get_running_loop()
        while self._unwritten:
            try:
                # A write that was under way when we were cancelled is repeated: same name, same bytes.
                await loop.run_in_executor(self._writer, self._spool.seal, self._unwritten[0])
            except OSError as problem:
                lost = sum(len(batch.observations) for batch in self._unwritten)
                log.error("%d observations are lost: the spool %s cannot be written: %s", lost, self._spool.path, problem)
                return
            self._unwritten.popleft()

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._pack()
            if not self._unwritten:
                return
            try:
                await loop.run_in_executor(self._writer, self._spool.seal, self._unwritten[0])
            except OSError as problem:
                if not self._is_failing:
                    log.error("the spool %s cannot be written, keeping batches in memory: %s", self._spool.path, problem)
                self._is_failing = True
                self._drop_oldest()
                await asyncio.sleep(_RETRY_SECONDS)
                continue
            self._unwritten.popleft()
            if self._is_failing and not self._unwritten:
                log.info("the spool can be written again; nothing is waiting in memory")
                self._is_failing = False

    def _pack(self) -> None:
        if not self._seen and not self._disturbances:
            return
        self._sequence += 1
        batch = Batch(
            *self._signature[:2], self._sequence, self._signature.started_at, self._now_us(),
            tuple(self._disturbances), tuple(self._seen),
        )  # fmt: skip
        self._seen, self._disturbances = [], []
        self._unwritten.append(batch)

    def _drop_oldest(self) -> None:
        """Keep memory bounded. What is dropped stays on record: one unseen observation per check stands for it."""
        kept = sum(len(batch.observations) for batch in self._unwritten)
        last: dict[str, Observation] = {}
        dropped = 0
        while kept - dropped > self._most_kept and len(self._unwritten) > 1:
            gone = self._unwritten[1]  # the first one may be on its way to the disk
            del self._unwritten[1]
            last.update((observation.check_id, observation) for observation in gone.observations)
            dropped += len(gone.observations)
        if dropped:
            reason = "what was seen until here was lost: the spool could not be written and memory was full"
            self._seen[:0] = [
                seen._replace(outcome=Outcome.UNSEEN, reason=reason, vouches_from=seen.seen_at, attempts=(), controls=())
                for seen in last.values()
            ]
            self.note(Disturbance("observations dropped", self._now_us(), dropped))
