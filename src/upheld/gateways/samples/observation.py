"""One probe answer as it is kept: what was seen of one check, when, on what evidence, and which time it vouches for.

Which time was measured. Observations of one check in one boot of a prober are numbered 1, 2, 3 ... without a gap. The
time between number n-1 and number n is measured when both are there, neither is `unseen`, and `vouches_from` of n
equals `seen_at` of n-1; its state is the outcome of n-1, since a change is seen when it is seen. All other time is
unknown. The prober sets `vouches_from` so only if the probe began at most interval + deadline + 2 s (monotonic) after
the one before and no clock stepped in between; otherwise it equals `seen_at`, and vouches for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """`unseen`: the prober cannot say. It is never downtime and never availability."""

    GOOD = "good"
    BAD = "bad"
    UNSEEN = "unseen"


class Attempted(NamedTuple):
    """One attempt at the target or at a control, as evidence. Instants in wall microseconds."""

    url: str
    started_at: int
    finished_at: int
    verdict: str
    reason: str
    address: str | None


class Observation(NamedTuple):
    """Instants are wall microseconds since 1970 UTC, durations are monotonic microseconds.

    `seen_at` is the instant this observation speaks for: the end of the good attempt, or the end of the first failed
    one; so an outage never begins before its first failure was known, nor ends before the first good answer was.
    `attempts` and `controls` are the evidence; they are empty when the first attempt was good.
    """

    check_id: str
    sequence: int
    started_at: int
    finished_at: int
    seen_at: int
    vouches_from: int
    duration_us: int
    outcome: Outcome
    reason: str
    phases: Mapping[str, int]
    address: str | None = None
    status: int | None = None
    attempts: tuple[Attempted, ...] = ()
    controls: tuple[Attempted, ...] = ()


class Measured(NamedTuple):
    """Half-open time [start_at, end_at) in which the check's state is known."""

    start_at: int
    end_at: int
    outcome: Outcome


def measure_spans(observations: Iterable[Observation]) -> Iterator[Measured]:
    """The time that observations of ONE check of ONE boot measured, in order; give them in order of `sequence`."""
    before: Observation | None = None
    for seen in observations:
        if (
            before is not None
            and seen.sequence == before.sequence + 1
            and Outcome.UNSEEN not in (seen.outcome, before.outcome)
            and seen.vouches_from == before.seen_at < seen.seen_at
        ):
            yield Measured(before.seen_at, seen.seen_at, before.outcome)
        before = seen
