"""Keeping an eye on ourselves: was this process running, and did a clock step? A prober that was not awake saw nothing."""

from __future__ import annotations

from collections.abc import Callable

from upheld.gateways.clock import Clock
from upheld.gateways.samples import Disturbance

BEAT_US = 250_000  # how often the event loop looks at the clocks
_LATE_US = 100_000  # lateness of a beat that counts as time not run
STALL_US = 1_000_000  # lateness that is put on record
STEP_US = 500_000  # a step of the wall clock that breaks the record; smaller ones are only noted
_NOTED_STEP_US = 10_000
_READ_IN_US = 5_000  # two clocks were read together when the reading took no longer


class Vigil:
    """Call `look` at every beat, before every start and before every judgement.

    On Linux the wall clock and the monotonic clock are slewed together, so their distance changes by steps alone; and
    the boot-time clock leaves the monotonic one behind by suspended time alone. `missing_us` adds up the time in which
    this process did not run (stopped, starved, swapped out); `breaks` counts steps and suspensions.
    """

    def __init__(self, clock: Clock, on_disturbance: Callable[[Disturbance], None]) -> None:
        self._clock = clock
        self._on_disturbance = on_disturbance
        self._looked_us, self._wall_offset, self._asleep = self._read()
        self.missing_us = 0
        self.breaks = 0

    def look(self) -> int:
        """Look at all clocks; returns the monotonic microseconds."""
        monotonic, wall_offset, asleep = self._read()
        late = monotonic - self._looked_us - BEAT_US
        self._looked_us = monotonic
        stepped = (wall_offset - self._wall_offset) - (asleep - self._asleep)
        slept = asleep - self._asleep
        self._wall_offset, self._asleep = wall_offset, asleep
        if late > _LATE_US:
            self.missing_us += late
        if late > STALL_US:
            self._note("stalled", late)
        if slept > STEP_US:
            self.breaks += 1
            self._note("suspended", slept)
        if abs(stepped) > STEP_US:
            self.breaks += 1
        if abs(stepped) > _NOTED_STEP_US:
            self._note("clock stepped", stepped)
        return monotonic

    def tell_wall(self, monotonic_us: int) -> int:
        """The wall instant of a monotonic one, by the distance of the clocks at the last look."""
        return monotonic_us + self._wall_offset

    def _note(self, kind: str, amount: int) -> None:
        self._on_disturbance(Disturbance(kind, self.tell_wall(self._looked_us), amount))

    def _read(self) -> tuple[int, int, int]:
        """Monotonic time, and how far wall and boot time are from it, all read at one moment."""
        while True:
            before = self._clock.monotonic_us()
            wall, boottime = self._clock.now_us(), self._clock.boottime_us()
            monotonic = self._clock.monotonic_us()
            # Stopped between two readings, the distance would look like a step: read again.
            if monotonic - before <= _READ_IN_US:
                return monotonic, wall - monotonic, boottime - monotonic
