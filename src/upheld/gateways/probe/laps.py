"""Where the time of one attempt goes: each phase in whole microseconds, summed over the redirects it follows."""

from __future__ import annotations

from collections.abc import Callable


class Laps:
    """A stop watch. A phase that was never reached stays None."""

    __slots__ = ("_mark_us", "_monotonic_us", "connect_us", "first_byte_us", "resolve_us", "started_us", "tls_us")

    def __init__(self, monotonic_us: Callable[[], int]) -> None:
        self._monotonic_us = monotonic_us
        self.started_us = self._mark_us = monotonic_us()
        self.resolve_us: int | None = None
        self.connect_us: int | None = None
        self.tls_us: int | None = None
        self.first_byte_us: int | None = None

    def end_resolve(self) -> None:
        self.resolve_us = (self.resolve_us or 0) + self._lap()

    def end_connect(self) -> None:
        self.connect_us = (self.connect_us or 0) + self._lap()

    def end_tls(self) -> None:
        self.tls_us = (self.tls_us or 0) + self._lap()

    def end_first_byte(self) -> None:
        self.first_byte_us = (self.first_byte_us or 0) + self._lap()

    def skip(self) -> None:
        """Time that belongs to no phase but the whole, such as the reading of a redirect."""
        self._lap()

    @property
    def whole_us(self) -> int:
        return self._monotonic_us() - self.started_us

    def _lap(self) -> int:
        now = self._monotonic_us()
        spent = now - self._mark_us
        self._mark_us = now
        return spent
