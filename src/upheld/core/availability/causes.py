"""Which cause some time has: the recorded one, or another where the agreement says on which condition it is that one."""

from collections.abc import Mapping
from dataclasses import dataclass

from upheld.core.terms.answers import Reason, answer
from upheld.core.terms.circumstances import Known
from upheld.core.terms.rules import Cause, Terms
from upheld.core.terms.services import facts_of


@dataclass(frozen=True, slots=True)
class Fitting:
    """The cause that time has, and in words why it is another one than was recorded."""

    cause: Cause | None
    reasons: tuple[Reason, ...] = ()


def fit_cause(terms: Terms, name: str, told: Mapping[str, Known]) -> Fitting:
    """
    The cause that time has which was recorded with a cause; `told` is what the record says besides (software, component).

    Where its `when` does not hold, it is the one other cause whose `when` asks of the same facts and holds, else the usual
    one. Where that cannot be answered, an excuse is not proven, and the usual cause stands.
    """
    cause = terms.causes[name]
    if cause.when is None:
        return Fitting(cause)
    at = terms.circumstances(told)
    found = answer(cause.when, at)
    if found.holds or (found.holds is None and cause.counts_as.value == "down"):
        return Fitting(cause)
    asked = facts_of(cause.when)
    others = [
        other
        for other in terms.causes.values()
        if other.when and other is not cause and asked & facts_of(other.when) and answer(other.when, at).holds
    ]
    return Fitting(others[0] if len(others) == 1 else terms.usual_cause, found.reasons)
