"""The embedded runner: one loop, one job at a time, in the process of whoever starts it."""

import logging
import threading
from collections.abc import Callable, Sequence

from upheld.core.timeline import Duration, Instant
from upheld.gateways.clock import Clock
from upheld.gateways.jobs.job import Job

log = logging.getLogger("upheld.jobs")


class EmbeddedRunner:
    """
    Runs each job when its time has come, by the clock that never steps; jobs are told the wall's time.

    A job that fails is logged and comes again after its interval; the others are not kept from their work. `after_each` is
    called after every job, where the process has something to tidy up.
    """

    def __init__(self, jobs: Sequence[Job], clock: Clock, *, after_each: Callable[[], object] | None = None) -> None:
        self._jobs = tuple(jobs)
        self._clock = clock
        self._after_each = after_each
        self._next_us = dict.fromkeys(range(len(self._jobs)), clock.monotonic_us())

    def run_due(self) -> Duration:
        """Run what is due now, in order; how long until the next job is due."""
        for place, job in enumerate(self._jobs):
            started_us = self._clock.monotonic_us()
            if started_us < self._next_us[place]:
                continue
            # From its start, not from when it was due: after a standstill a job runs once, not as often as it missed.
            self._next_us[place] = started_us + job.every.micros
            self._run(job)
        return Duration(max(0, min(self._next_us.values(), default=0) - self._clock.monotonic_us()))

    def run_until(self, stop: threading.Event) -> None:
        """Run until `stop` is set; the job that is running then is finished first."""
        while not stop.is_set():
            stop.wait(self.run_due().micros / 1_000_000)

    def _run(self, job: Job) -> None:
        try:
            job.run(Instant(self._clock.now_us()))
        except Exception:
            log.exception("job failed", extra={"job": job.name})
        finally:
            if self._after_each is not None:
                self._after_each()
