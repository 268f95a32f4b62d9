"""One job: what is done, and how often."""

from collections.abc import Callable
from dataclasses import dataclass

from upheld.core.timeline import Duration, Instant


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is told the time. It may be cut off anywhere and run twice, so it works from what is recorded."""

    name: str
    every: Duration
    run: Callable[[Instant], object]
