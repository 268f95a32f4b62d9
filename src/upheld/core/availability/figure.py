"""The figure: the agreement's printed formula over the sums of a period, its bounds, its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.explain import Share, Verdict
from upheld.core.terms.quantities import Percent
from upheld.core.terms.rules import Availability
from upheld.core.timeline import ZERO, Duration

SETTLED = (Verdict.NOT_APPLICABLE, Verdict.UNDEFINED, Verdict.UNDECIDED)
"""Verdicts that stand before anything is counted: no target, no case of the rule, a period that it has no word for."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The amounts that a formula may speak of. `affected` is time down by share of users, in microseconds."""

    all_time: Duration
    down: Duration
    up_by_exclusion: Duration
    out_of_base: Duration
    affected: Fraction | None = None
    """None where no share is told: everybody was hit."""
    requests: int = 0
    failed: int = 0

    def named(self) -> Mapping[str, Duration]:
        """The lengths of time."""
        return {
            "all time": self.all_time,
            "down": self.down,
            "up by exclusion": self.up_by_exclusion,
            "out of base": self.out_of_base,
            "down and excluded": self.down + self.up_by_exclusion,
        }

    @property
    def affected_time(self) -> Fraction:
        return Fraction(self.down.micros) if self.affected is None else self.affected

    def exact(self) -> Mapping[str, Fraction]:
        """Everything, in microseconds and plain numbers."""
        down = self.down.micros
        return {
            **{name: Fraction(length.micros) for name, length in self.named().items()},
            "affected time": self.affected_time,
            "affected share": self.affected_time / down if down else Fraction(0),
            "requests": Fraction(self.requests),
            "failed requests": Fraction(self.failed),
        }

    def with_down(self, down: Duration) -> "Sums":
        """The same with another time down; what is more of it hit everybody."""
        more = down.micros - self.down.micros
        return replace(self, down=down, affected=None if self.affected is None else self.affected + more)

    def plus(self, other: "Sums") -> "Sums":
        """The sums of two instances together."""
        affected = None
        if self.affected is not None or other.affected is not None:
            affected = self.affected_time + other.affected_time
        return Sums(
            self.all_time + other.all_time, self.down + other.down, self.up_by_exclusion + other.up_by_exclusion,
            self.out_of_base + other.out_of_base, affected, self.requests, self.failed,
        )  # fmt: skip


def evaluate(promise: Availability, sums: Sums) -> Fraction | None:
    """The exact figure as a share; None where the formula divides by nothing."""
    exact = sums.exact()
    found = promise.formula.value.evaluate({letter: exact[what] for letter, what in promise.where.items()})
    return found / 100 if found is not None and promise.per_cent else found


def judge(promise: Availability, figure: Fraction | None, worst: Fraction | None, is_over: bool) -> Verdict:
    """
    Met or missed by the exact figure; `worst` is the figure with all unmeasured time down. What is no promise is reached
    or not reached.

    A period that still runs is missed once the figure misses, since it can only sink, and otherwise not known yet. Where
    the agreement reads unmeasured time as `undecided`, a figure that such time could turn has no verdict.
    """
    target = promise.target.value
    if target is None or not promise.applies or promise.between:
        return kept_or_lost(promise, is_kept=False)
    if figure is None or worst is None:
        return Verdict.UNDEFINED
    if not is_over and target.holds(figure):
        return Verdict.NOT_YET_KNOWN
    if is_over and promise.unmeasured.value == "undecided" and target.holds(worst) != target.holds(figure):
        return Verdict.UNDECIDED
    return kept_or_lost(promise, is_kept=target.holds(figure))


def kept_or_lost(promise: Availability, *, is_kept: bool) -> Verdict:
    """The word for it: a promise is met or missed, a goal or an objective reached or not."""
    if promise.target.value is None or not promise.applies:
        return Verdict.NOT_APPLICABLE
    if promise.between:
        return Verdict.UNDECIDED
    if promise.strength == "promise":
        return Verdict.MET if is_kept else Verdict.MISSED
    return Verdict.REACHED if is_kept else Verdict.NOT_REACHED


def borne(promise: Availability, sums: Sums) -> Duration | None:
    """
    The down time at which the target is just met, in whole microseconds, floored.

    Found from two points, for a formula that is linear in its down time; None where it is not, or nothing is asked.
    """
    target = promise.target.value
    if target is None:
        return None
    edges = [edge.exact for sign, edge in target.edges if sign in (">=", ">") and isinstance(edge, Percent)]
    unit = Duration(max(sums.all_time.micros // 2, 1))
    none, half, full = (evaluate(promise, sums.with_down(unit * times)) for times in (0, 1, 2))
    if not edges or none is None or half is None or full is None or none == half or none - half != half - full:
        return None
    least = (none - max(edges)) / (none - half) * unit.micros
    return max(Duration(least.numerator // least.denominator), ZERO)


def share_of(promise: Availability, figure: Fraction) -> Share:
    """Shown at the target's decimals plus two, four at least, floored."""
    target = promise.target.value
    decimals = [edge.decimals for _, edge in target.edges if isinstance(edge, Percent)] if target else []
    return Share(figure, max([4, *(places + 2 for places in decimals)]))
