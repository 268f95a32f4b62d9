"""The only room that looks at the clock; everyone else is told the time."""

from upheld.gateways.clock.clocks import Clock, SettableClock, SystemClock, boottime_us, monotonic_us, now_us

__all__ = ["Clock", "SettableClock", "SystemClock", "boottime_us", "monotonic_us", "now_us"]
