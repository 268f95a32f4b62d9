"""What was counted and measured: requests, levels such as a temperature, tasks with a time to be done in."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("requests-counted", 1)
class RequestsCounted(Fact):
    """
    The requests of a component in a span, and how many of them failed.

    `kind` names requests that an agreement may leave out (repeated ones, throttled ones); each kind is counted by itself.
    `response_time` is how long they took, microseconds, where that was measured; `bytes` how much data each of them moved.
    """

    component: str
    from_at: Instant
    to_at: Instant
    total: int
    failed: int
    kind: str = ""
    response_time: int | None = None
    bytes: int | None = None


@fact("share-affected", 1)
class ShareAffected(Fact):
    """The share of users that an outage hit in a span: `hit` of `all`."""

    outage: str
    from_at: Instant
    to_at: Instant
    hit: int
    all: int


@fact("level-measured", 1)
class LevelMeasured(Fact):
    """A figure of a component over a span, a decimal number in the unit that the figure's name says: `latency in ms`."""

    figure: str
    component: str
    from_at: Instant
    to_at: Instant
    level: str


@fact("task-timed", 1)
class TaskTimed(Fact):
    """Something that had to be done within a time, of the measure that is named; `done_at` is None while it is not done."""

    measure: str
    started_at: Instant
    done_at: Instant | None = None
