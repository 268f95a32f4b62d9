"""One observation of a check, as far as outages need it."""

from dataclasses import dataclass
from typing import Any

from upheld.core.timeline import Instant

GOOD, BAD, UNSEEN = "good", "bad", "unseen"


@dataclass(frozen=True, slots=True)
class Sighting:
    """
    What a prober saw of one check. `boot` names a run of the prober, `sequence` counts 1, 2, 3 ... within it.

    `started_at` is when the observation began, `seen_at` the instant it speaks for: when the answer, or the first failure,
    was known. The time from `vouches_from` to `seen_at` was watched without a break. `unseen`: the prober cannot say.
    """

    boot: str
    sequence: int
    started_at: Instant
    seen_at: Instant
    vouches_from: Instant
    outcome: str
    reason: str = ""

    def to_json(self) -> list[Any]:
        return [
            self.boot, self.sequence, self.started_at.micros, self.seen_at.micros, self.vouches_from.micros, self.outcome,
            self.reason,
        ]  # fmt: skip

    @classmethod
    def from_json(cls, written: list[Any]) -> "Sighting":
        boot, sequence, started, seen, vouches, outcome, reason = written
        return cls(boot, sequence, Instant(started), Instant(seen), Instant(vouches), outcome, reason)
