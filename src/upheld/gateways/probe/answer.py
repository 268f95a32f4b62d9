"""What one attempt brought: a verdict, its reason in plain words, and where the time went."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """GOOD and FAILED speak of the target; REFUSED and HINDERED say that it was not looked at, and why."""

    GOOD = "good"
    FAILED = "failed"
    REFUSED = "refused"  # the address is closed to this check; nothing was sent
    HINDERED = "hindered"  # the prober's own machine stood in the way


class Answer(NamedTuple):
    """One attempt. Every `_us` is whole microseconds of the monotonic clock; a phase not reached is None.

    A named tuple, because thousands are made in a second and each must be frozen.
    """

    verdict: Verdict
    reason: str
    started_us: int
    whole_us: int
    resolve_us: int | None = None
    connect_us: int | None = None
    tls_us: int | None = None
    first_byte_us: int | None = None
    address: str | None = None
    status: int | None = None
    body_size: int = 0

    @property
    def ended_us(self) -> int:
        return self.started_us + self.whole_us

    @property
    def phases(self) -> dict[str, int]:
        """The phases that were reached, one after another, and `whole` from the start to the end."""
        named = {
            "resolve": self.resolve_us,
            "connect": self.connect_us,
            "tls": self.tls_us,
            "first_byte": self.first_byte_us,
            "whole": self.whole_us,
        }
        return {name: spent for name, spent in named.items() if spent is not None}
