"""One check under watch: what to probe, when it is due, and the thread of what was seen of it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from upheld.gateways.probe import Order, prepare_order
from upheld.gateways.samples import Assignment, Outcome

_US = 1_000_000
_CONTROL_SECONDS = 5
SLACK_US = 2_000_000  # lateness of a probe that does not break what it vouches for


class Watch:
    """State of one check. `problem` says why it cannot be probed; then every slot is recorded as unseen."""

    __slots__ = (
        "assignment", "breaks", "controls", "due_us", "interval_us", "is_changed", "is_owed", "is_retired", "is_running",
        "missing_us", "order", "outcome", "problem", "seen_at", "sequence", "started_us",
    )  # fmt: skip

    def __init__(self, assignment: Assignment, sequence: int = 0) -> None:
        self.assignment = assignment
        self.interval_us = assignment.interval_seconds * _US
        self.sequence = sequence
        self.order: Order | None = None
        self.controls: tuple[Order, ...] = ()
        self.problem: str | None = None
        self.outcome: Outcome | None = None  # of the last observation, None before the first
        self.seen_at = self.started_us = self.due_us = 0
        self.missing_us = self.breaks = 0  # the vigil's counts when the running probe began, and at the last record
        self.is_running = self.is_owed = self.is_retired = False
        self.is_changed = False  # the last observation differs in outcome from the one before
        try:
            self.order, self.controls = _prepare(assignment)
        except ValueError as problem:
            self.problem = f"this check cannot be probed: {problem}"

    @property
    def deadline_us(self) -> int:
        return self.assignment.deadline_seconds * _US

    @property
    def pause_us(self) -> int:
        """How long to wait before the second attempt: long enough for a restart to pass, short beside the deadline."""
        return min(_US, self.deadline_us // 2, self.interval_us // 4)

    def find_slot(self, after_us: int, wall_offset: int) -> int:
        """The first slot after a monotonic instant.

        Slots lie at one phase of the wall clock's intervals, drawn from the check's id: the same after a restart, and
        spread evenly over many checks.
        """
        phase = int.from_bytes(sha256(self.assignment.id.encode()).digest()[:8]) % self.interval_us
        return after_us + 1 + (phase - after_us - 1 - wall_offset) % self.interval_us


def _prepare(assignment: Assignment) -> tuple[Order, tuple[Order, ...]]:
    order = prepare_order(
        assignment.url,
        deadline_seconds=assignment.deadline_seconds,
        status=assignment.status,
        body=assignment.body,
        allowed=assignment.allow,
        redirects=assignment.redirects,
    )
    seconds = min(assignment.deadline_seconds, _CONTROL_SECONDS)
    return order, tuple(_prepare_control(url, seconds, assignment.allow) for url in assignment.controls)


@lru_cache(maxsize=1_024)  # thousands of checks have the same controls: they share them
def _prepare_control(url: str, seconds: int, allow: tuple[str, ...]) -> Order:
    # Any answer of a control shows that the way out is open, whatever its status.
    return prepare_order(url, deadline_seconds=seconds, status="100-599", allowed=allow)
