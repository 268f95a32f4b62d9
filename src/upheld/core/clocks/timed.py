"""What a run of a clock came to, as seen from an instant."""

from dataclasses import dataclass

from upheld.core.clocks.legs import Leg
from upheld.core.clocks.standing import union_of
from upheld.core.explain import Step, Verdict
from upheld.core.timeline import Duration, Instant


@dataclass(frozen=True, slots=True)
class Timed:
    """
    One run of one clock on one matter, as seen from an instant.

    `state` is `not begun`, `running`, `paused`, `stopped`, `no time` (nothing is promised), `not known` or `undecided`.
    `due_at` is the last instant that is in time; None where none is promised or an open pause hides it. `used` of
    `allowed` is open time of `calendar`, pauses left out. `broken` says how a missed time is called by its strength.
    """

    clock: str
    matter: str
    number: int
    state: str
    verdict: Verdict
    strength: str
    start_at: Instant | None
    stop_at: Instant | None
    due_at: Instant | None
    used: Duration
    allowed: Duration | None
    calendar: str
    case: str
    repeats: bool
    is_superseded: bool
    why: Step

    @property
    def left(self) -> Duration | None:
        """What is left of the allowed time; less than nothing once it is over."""
        return None if self.allowed is None else self.allowed - self.used

    @property
    def grade(self) -> str:
        """`promise kept`, `objective missed`, `limit broken`; empty while nothing is decided."""
        ways = {Verdict.MET: "kept", Verdict.MISSED: "broken" if self.strength == "limit" else "missed"}
        return f"{self.strength} {ways[self.verdict]}" if self.verdict in ways else ""

    @property
    def decided_at(self) -> Instant | None:
        """When it was settled whether the time was kept: at the stop, or when it was over."""
        known = [at for at in (self.stop_at, self.due_at) if at is not None]
        return min(known, default=None) if self.verdict in (Verdict.MET, Verdict.MISSED) else self.stop_at

    @property
    def rule(self) -> str:
        """`respond/T-1`, or `update/T-1/3` for the third run of a clock that repeats."""
        number = f"/{self.number}" if self.number > 1 or self.repeats else ""
        return f"{self.clock}/{self.matter}{number}"


def judge_run(leg: Leg, stop_at: Instant | None, as_of: Instant) -> Verdict:
    """Met at exactly the due instant; missed for ever once that has passed; an open pause hides it."""
    if leg.choice.state == "undecided":
        return Verdict.UNDECIDED
    if leg.choice.state == "not known":
        return Verdict.NOT_YET_KNOWN
    if leg.choice.state == "no time" or leg.choice.clock is None or not leg.choice.clock.is_judged:
        return Verdict.NOT_APPLICABLE
    if stop_at is not None:
        return Verdict.MET if leg.due_at is None or stop_at <= leg.due_at else Verdict.MISSED
    return Verdict.MISSED if leg.due_at is not None and leg.due_at < as_of else Verdict.NOT_YET_KNOWN


def state_of(leg: Leg, stop_at: Instant | None, as_of: Instant) -> str:
    if leg.choice.state != "timed":
        return leg.choice.state
    if stop_at is not None:
        return "stopped"
    return "paused" if union_of(leg.gaps).contains(as_of) else "running"
