"""What a run of a clock came to, as seen from an instant."""

from types import MappingProxyType

from upheld.core.clocks.legs import Leg
from upheld.core.clocks.standing import union_of
from upheld.core.explain import Step, Verdict
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.clocks import Clock
from upheld.core.timeline import Duration, Instant

KEPT = MappingProxyType({
    Verdict.MET: True, Verdict.REACHED: True, Verdict.MISSED: False, Verdict.NOT_REACHED: False,
})  # fmt: skip
"""What each verdict says of the time."""


@frozen_class
class Timed(Frozen):
    """
    One run of one clock on one matter, as seen from an instant.

    `state` is `not begun`, `running`, `paused`, `stopped`, `no time` (nothing is promised), `not for this` (the clock times
    other matters), `not known` or `undecided`.
    `due_at` is the last instant that is in time; None where none is promised or an open pause hides it. `used` of
    `allowed` is open time of `calendar`, pauses left out. `is_plain` says whether start, allowed time and calendar alone
    make the due instant.
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
    is_plain: bool
    why: Step

    @property
    def left(self) -> Duration | None:
        """What is left of the allowed time; less than nothing once it is over."""
        return None if self.allowed is None else self.allowed - self.used

    @property
    def is_kept(self) -> bool | None:
        """Whether the time was kept; None while that is not settled, and where nothing is to be kept."""
        return KEPT.get(self.verdict)

    @property
    def grade(self) -> str:
        """`promise kept`, `objective missed`, `limit broken`; empty while nothing is decided."""
        if self.is_kept is None:
            return ""
        not_kept = "broken" if self.strength == "limit" else "missed"
        return f"{self.strength} {'kept' if self.is_kept else not_kept}"

    @property
    def decided_at(self) -> Instant | None:
        """When it was settled whether the time was kept: at the stop, or when it was over."""
        known = [at for at in (self.stop_at, self.due_at) if at is not None]
        return min(known, default=None) if self.verdict in KEPT else self.stop_at

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
    if leg.choice.state != "timed" or leg.choice.clock is None or not leg.choice.clock.is_judged:
        return Verdict.NOT_APPLICABLE
    if stop_at is not None:
        return verdict_of(leg.choice.clock, leg.due_at is None or stop_at <= leg.due_at)
    is_over = leg.due_at is not None and leg.due_at < as_of
    return verdict_of(leg.choice.clock, False) if is_over else Verdict.NOT_YET_KNOWN


def verdict_of(clock: Clock, is_kept: bool) -> Verdict:
    """Only a promise is met or missed; an objective, a limit and a goal are reached or not."""
    if clock.strength.value == "promise":
        return Verdict.MET if is_kept else Verdict.MISSED
    return Verdict.REACHED if is_kept else Verdict.NOT_REACHED


def state_of(leg: Leg, stop_at: Instant | None, as_of: Instant) -> str:
    if leg.choice.state != "timed":
        return leg.choice.state
    if stop_at is not None:
        return "stopped"
    return "paused" if union_of(leg.gaps).contains(as_of) else "running"
