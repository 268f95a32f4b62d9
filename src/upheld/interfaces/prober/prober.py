"""One prober: watches what is assigned to it, judges what it sees, and seals it for the hub."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from upheld.gateways.clock import Clock
from upheld.gateways.probe import Answer, Verdict
from upheld.gateways.samples import Assignment, Heartbeat, Observation, Outcome, Spool, UnreadableDocument
from upheld.interfaces.prober.confirm import confirm
from upheld.interfaces.prober.controls import Closer, Controls, Sender
from upheld.interfaces.prober.journal import Journal, Signature
from upheld.interfaces.prober.record import record_good, record_judgement, record_unseen
from upheld.interfaces.prober.schedule import Schedule
from upheld.interfaces.prober.vigil import BEAT_US, Vigil
from upheld.interfaces.prober.watch import Watch

log = logging.getLogger("upheld.prober")


class Prober:
    """Runs on one event loop until its `run` is cancelled; then it seals what it has."""

    def __init__(self, spool: Spool, signature: Signature, line: Sender, clock: Clock, *, seal_seconds: int = 5) -> None:
        self._spool = spool
        self._signature = signature
        self._line = line
        self._clock = clock
        self._seal_seconds = seal_seconds
        self._writer = ThreadPoolExecutor(1, "spool")
        self._journal = Journal(spool, signature, clock.now_us, self._writer)
        self._vigil = Vigil(clock, self._journal.note)
        self._controls = Controls(line)
        self._schedule = Schedule(self._vigil, self._start, self._miss)
        self._watches: dict[str, Watch] = {}
        self._open: dict[Watch, Closer | asyncio.Task[None]] = {}
        self._mark: object = ()
        self._complained: str | None = None

    async def run(self) -> None:
        """Watch until cancelled."""
        beats = asyncio.ensure_future(self._keep_vigil())
        try:
            await self._serve_spool()
        finally:
            beats.cancel()
            self._schedule.close()
            for running in self._open.values():
                _call_off(running)
            await self._journal.close()
            self._writer.shutdown()

    async def _keep_vigil(self) -> None:
        while True:
            self._vigil.look()
            await asyncio.sleep(BEAT_US / 1e6)

    async def _serve_spool(self) -> None:
        """Once a second: read new assignments, beat, and now and then seal."""
        loop = asyncio.get_running_loop()
        turn = 0
        while True:
            try:
                assignments = await loop.run_in_executor(self._writer, self._read_assignments)
                if assignments is not None:
                    self.assign(assignments)
                beat = Heartbeat(*self._signature[:2], self._clock.now_us(), len(self._watches))
                await loop.run_in_executor(self._writer, self._spool.beat, beat)
                self._complained = None
            except (OSError, UnreadableDocument) as problem:
                if str(problem) != self._complained:
                    log.error("the spool %s cannot be used; going on with %d checks: %s", self._spool.path,
                              len(self._watches), problem)  # fmt: skip
                self._complained = str(problem)
            turn += 1
            if turn % self._seal_seconds == 0:
                self._journal.seal_now_and_then()
            await asyncio.sleep(1)

    def _read_assignments(self) -> tuple[Assignment, ...] | None:
        """In the writer's thread. New assignments, or None when they are the ones we know."""
        mark = self._spool.mark_assignments()
        if mark == self._mark:
            return None
        assignments = self._spool.read_assignments()
        self._mark = mark
        return assignments

    def assign(self, assignments: Iterable[Assignment]) -> None:
        """Watch exactly these from now on. A check that did not change goes on undisturbed."""
        asked = {assignment.id: assignment for assignment in assignments}
        numbers: dict[str, int] = {}
        for name, watch in list(self._watches.items()):
            if asked.get(name) == watch.assignment:
                continue
            numbers[name] = watch.sequence
            self._retire(watch)
            if name not in asked:
                log.info("%s: no longer watched", name)
        added = [
            self._take_up(assignment, numbers.get(name, 0))
            for name, assignment in asked.items()
            if name not in self._watches
        ]
        self._watches.update((watch.assignment.id, watch) for watch in added)
        self._schedule.add(added)
        if added:
            log.info("watching %d checks, %d of them new or changed", len(self._watches), len(added))

    def _retire(self, watch: Watch) -> None:
        watch.is_retired = True
        del self._watches[watch.assignment.id]
        running = self._open.pop(watch, None)
        if running is not None:
            _call_off(running)

    def _take_up(self, assignment: Assignment, sequence: int) -> Watch:
        watch = Watch(assignment, sequence)
        watch.breaks = self._vigil.breaks
        if watch.problem:
            log.error("%s: %s", assignment.id, watch.problem)
        elif not watch.controls:
            log.warning("%s: no control target is set; its failures will be recorded as unseen, never as bad", assignment.id)
        return watch

    def _start(self, watch: Watch) -> None:
        """A slot has come."""
        if watch.is_retired:
            return
        if watch.is_running:
            watch.is_owed = True  # its last probe takes longer than the interval: the next follows on its heels
            return
        if watch.order is None:
            now = self._vigil.look()
            self._keep(watch, record_unseen(watch, self._vigil, started_us=now, ended_us=now, reason=watch.problem or ""))
            return
        watch.is_running = True
        watch.missing_us = self._vigil.missing_us
        self._open[watch] = self._line.start(watch.order, partial(self._take_answer, watch))

    def _miss(self, watch: Watch, due_us: int, now_us: int) -> None:
        """Slots went by without us."""
        if watch.is_running:
            return  # its running probe will be judged, and found disturbed
        late = (now_us - due_us) // 1_000
        reason = f"the prober did not run when the probe was due; it came {late} ms too late to send it"
        self._keep(watch, record_unseen(watch, self._vigil, started_us=due_us, ended_us=now_us, reason=reason))

    def _take_answer(self, watch: Watch, answer: Answer) -> None:
        if answer.verdict is Verdict.GOOD:
            self._end(watch)
            self._keep(watch, record_good(watch, answer, self._vigil))
        else:
            self._open[watch] = asyncio.ensure_future(self._judge(watch, answer))

    async def _judge(self, watch: Watch, first: Answer) -> None:
        assert watch.order is not None
        judgement = await confirm(watch, watch.order, first, self._line, self._controls, self._vigil)
        self._end(watch)
        self._keep(watch, record_judgement(watch, judgement, self._vigil, self._clock.monotonic_us()))

    def _end(self, watch: Watch) -> None:
        del self._open[watch]
        watch.is_running = False
        if watch.is_owed:
            watch.is_owed = False
            asyncio.get_running_loop().call_soon(self._start, watch)

    def _keep(self, watch: Watch, observation: Observation) -> None:
        self._journal.add(observation, is_change=watch.is_changed)
        if watch.is_changed:
            level = logging.INFO if observation.outcome is Outcome.GOOD else logging.WARNING
            log.log(level, "%s: %s: %s", watch.assignment.id, observation.outcome.value, observation.reason)


def _call_off(running: Closer | asyncio.Task[None]) -> None:
    if isinstance(running, asyncio.Task):
        running.cancel()
    else:
        running.abandon()
