"""Three clocks in whole microseconds: the wall, one that never steps, and one that also counts suspended time."""

from __future__ import annotations

import time
from typing import Protocol

_NS_PER_US = 1_000


def now_us() -> int:
    """The wall clock: whole microseconds since 1970-01-01T00:00:00Z. It may step, also backwards."""
    return time.time_ns() // _NS_PER_US


def monotonic_us() -> int:
    """Whole microseconds of the clock that never steps; it stands still while the machine is suspended."""
    return time.monotonic_ns() // _NS_PER_US


def boottime_us() -> int:
    """As `monotonic_us`, but it counts suspended time too (Linux, CLOCK_BOOTTIME)."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // _NS_PER_US


class Clock(Protocol):
    """The face of a clock: the system's in the product, a settable one in tests. Every value is in microseconds."""

    def now_us(self) -> int: ...

    def monotonic_us(self) -> int: ...

    def boottime_us(self) -> int: ...


class SystemClock:
    """The clock of this machine."""

    now_us = staticmethod(now_us)
    monotonic_us = staticmethod(monotonic_us)
    boottime_us = staticmethod(boottime_us)


class SettableClock:
    """A clock that moves only when a test moves it.

    >>> clock = SettableClock(now_us=1_000)
    >>> clock.advance(500)
    >>> clock.now_us(), clock.monotonic_us()
    (1500, 500)
    """

    def __init__(self, *, now_us: int = 0, monotonic_us: int = 0) -> None:
        self._now = now_us
        self._monotonic = monotonic_us
        self._boottime = monotonic_us

    def now_us(self) -> int:
        return self._now

    def monotonic_us(self) -> int:
        return self._monotonic

    def boottime_us(self) -> int:
        return self._boottime

    def advance(self, us: int) -> None:
        """Let time pass on every clock."""
        if us < 0:
            raise ValueError(f"time passes forwards only: expected 0 or more microseconds, got {us}; use step()")
        self._now += us
        self._monotonic += us
        self._boottime += us

    def step(self, us: int) -> None:
        """Step the wall clock alone, as an operator or a time server does; negative steps go back."""
        self._now += us

    def suspend(self, us: int) -> None:
        """Let the machine sleep: the monotonic clock stands still."""
        self._now += us
        self._boottime += us

    def set_now(self, now_us: int) -> None:
        """Set the wall clock."""
        self._now = now_us
