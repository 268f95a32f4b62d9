"""The figure: the agreement's printed formula over the sums of a period, its bounds, its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from upheld.core.explain import Share, Verdict
from upheld.core.terms.quantities import Percent
from upheld.core.terms.rules import Availability
from upheld.core.timeline import ZERO, Duration


@dataclass(frozen=True, slots=True)
class Sums:
    """The lengths that a formula may speak of."""

    all_time: Duration
    down: Duration
    up_by_exclusion: Duration
    out_of_base: Duration

    def named(self) -> Mapping[str, Duration]:
        return {
            "all time": self.all_time,
            "down": self.down,
            "up by exclusion": self.up_by_exclusion,
            "out of base": self.out_of_base,
            "down and excluded": self.down + self.up_by_exclusion,
        }

    def with_down(self, down: Duration) -> "Sums":
        return replace(self, down=down)


def evaluate(promise: Availability, sums: Sums) -> Fraction | None:
    """The exact figure; None where the formula divides by nothing."""
    named = sums.named()
    return promise.formula.value.evaluate({letter: Fraction(named[what].micros) for letter, what in promise.where.items()})


def judge(promise: Availability, figure: Fraction | None, worst: Fraction | None, is_over: bool) -> Verdict:
    """
    Met or missed by the exact figure; `worst` is the figure with all unmeasured time down. What is no promise is reached
    or not reached.

    A period that still runs is missed once the figure misses, since it can only sink, and otherwise not known yet. Where
    the agreement reads unmeasured time as `undecided`, a figure that such time could turn has no verdict.
    """
    if promise.target.value is None or not promise.applies:
        return Verdict.NOT_APPLICABLE
    if promise.between:
        return Verdict.UNDECIDED
    if figure is None or worst is None:
        return Verdict.UNDEFINED
    is_promise, target = promise.strength == "promise", promise.target.value
    kept, lost = (Verdict.MET, Verdict.MISSED) if is_promise else (Verdict.REACHED, Verdict.NOT_REACHED)
    if not is_over:
        return Verdict.NOT_YET_KNOWN if target.holds(figure) else lost
    if promise.unmeasured.value == "undecided" and target.holds(worst) != target.holds(figure):
        return Verdict.UNDECIDED
    return kept if target.holds(figure) else lost


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
