"""Writing the facts of one made-up history: chance decides what, and how long after it happened it was written down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from upheld.core.facts import Fact
from upheld.core.terms import Terms
from upheld.core.timeline import DAY, MICRO, MINUTE, SECOND, Duration, Instant, Span

Thing = TypeVar("Thing")


@dataclass
class Pen:
    """The facts of one agreement so far, and what was named in them. `edge` is until when the history is
    told; of a hundred facts `late_percent` are written down only after days."""

    random: Random
    terms: Terms
    agreement: str
    period: Span
    edge: Instant
    late_percent: int = 0
    facts: list[Fact] = field(default_factory=list)
    outages: list[tuple[str, Span]] = field(default_factory=list)
    windows: list[str] = field(default_factory=list)
    tickets: list[tuple[str, Instant]] = field(default_factory=list)
    count: int = 0

    def write(self, kind: type[Fact], at: Instant, /, *, is_on_time: bool = False, **told: Any) -> str:
        """Record a fact; its id. Most are written down at once, some minutes later, a few perhaps after days."""
        self.count += 1
        name = f"fact-{self.count}"
        recorded_at = at if is_on_time else at + self.delay()
        self.facts.append(
            kind(id=name, agreement=self.agreement, occurred_at=at, recorded_at=recorded_at, source="history", **told)
        )
        return name

    def delay(self) -> Duration:
        if self.chance(self.late_percent):
            return self.length(DAY, DAY * 40)
        return self.length(MICRO, MINUTE * 2) if self.chance(50) else Duration(0)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def some(self, most: int) -> range:
        return range(self.random.randint(0, most))

    def any_of(self, things: Sequence[Thing]) -> Thing:
        return self.random.choice(things)

    def few_of(self, things: Sequence[Thing]) -> tuple[Thing, ...]:
        return tuple(thing for thing in things if self.chance(70))

    def length(self, least: Duration, most: Duration) -> Duration:
        """Whole seconds, as nearly everything is seen; now and then to the microsecond."""
        micros = self.random.randint(least.micros, most.micros)
        return Duration(micros if micros < SECOND.micros or self.chance(10) else micros - micros % SECOND.micros)

    def moment(self, within: Span | None = None) -> Instant:
        span = within or self.told
        return span.start + self.length(Duration(0), span.length)

    @property
    def told(self) -> Span:
        """The part of the period of which the history tells."""
        return Span(self.period.start, min(self.period.end, self.edge))

    def span(self, most: Duration) -> Span:
        """Some time that begins in the period; it may reach over its end."""
        start = self.moment()
        return Span(start, start + self.length(SECOND, most))
