"""Rules with cases: which of them holds, where order never decides unless the agreement says so."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.answers import Reason, answer
from upheld.core.terms.circumstances import Circumstances
from upheld.core.terms.conditions import Condition, read_condition
from upheld.core.terms.place import Place, flag, names

R = TypeVar("R")


@frozen_class
class Case(Frozen, Generic[R]):
    """One case of a rule. `when` is None for a rule without cases, and for the one that says `otherwise`."""

    name: str
    when: Condition | None
    rule: R


@frozen_class
class Chosen(Frozen, Generic[R]):
    """
    The case that holds, with the reasons. Without one, `between` names those that hold at once or might: more than one
    means that the agreement does not decide, none that it says nothing of this matter.
    """

    case: Case[R] | None
    between: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@frozen_class
class Cases(Frozen, Generic[R]):
    """A rule with all its cases, the one that says `otherwise` last. `order` decides between two that hold at once."""

    name: str
    each: tuple[Case[R], ...]
    order: tuple[str, ...] = ()

    def name_of(self, case: Case[R]) -> str:
        """What a case is called; empty where the rule has none and stands for itself."""
        return "" if case.name == self.name else case.name

    def choose(self, at: Circumstances) -> Chosen[R]:
        """The case that holds in these circumstances."""
        live: list[Case[R]] = []
        open_ones: list[str] = []
        reasons: tuple[Reason, ...] = ()
        for case in self.each:
            if case.when is None:
                continue
            found = answer(case.when, at)
            if found.holds:
                live.append(case)
                reasons += found.reasons
            elif found.holds is None:
                open_ones.append(case.name)
        ranked = sorted((case for case in live if case.name in self.order), key=lambda case: self.order.index(case.name))
        if ranked and len(ranked) == len(live):
            live = ranked[:1]
        if len(live) + len(open_ones) > 1 or (open_ones and not live):
            return Chosen(None, (*(case.name for case in live), *open_ones), reasons)
        if live:
            return Chosen(live[0], (), reasons)
        rest = next((case for case in self.each if case.when is None), None)
        return Chosen(rest)


def read_cases(name: str, place: Place, bind_one: Callable[[str, Place], R | None]) -> Cases[R] | None:
    """
    A rule with its cases, each bound as the rule overlaid by the case. None where any of them cannot be read; what is
    wrong is among the problems.
    """
    if not place.has("cases"):
        rule = bind_one(name, place)
        return None if rule is None else Cases(name, (Case(name, None, rule),))
    each = [(case, bind_one(name, case.place)) for case in split_cases(place)]
    order = place.below("cases").maybe("order", names)
    if not all(rule is not None for _, rule in each):
        return None
    sorted_ones = sorted(each, key=lambda pair: pair[0].when is None)
    bound = tuple(Case(case.name, case.when, rule) for case, rule in sorted_ones if rule is not None)
    return Cases(name, bound, order.value if order else ())


@frozen_class
class Split(Frozen):
    """One case as it is written."""

    name: str
    when: Condition | None
    place: Place


def split_cases(place: Place) -> Iterator[Split]:
    """The cases of a rule as places that fall back on the rule, with their conditions."""
    rest = 0
    cases = place.below("cases")
    for name in cases.entries:
        if name == "order":
            continue
        case = cases.below(name)
        otherwise = case.read("otherwise", flag, False)
        is_rest = bool(otherwise and otherwise.value)
        rest += is_rest
        if is_rest and case.has("when"):
            case.problem("a case says either `when` or `otherwise: true`, not both", "otherwise")
        elif not is_rest and not case.has("when"):
            case.problem("a case says when it holds; write `when: {…}`, or `otherwise: true` for the last", "when")
        if rest > 1:
            case.problem("two cases say `otherwise: true`; only one can be what is left", "otherwise")
        when = None if is_rest else read_condition(case.below("when"))
        said = {key: value for key, value in case.entries.items() if key not in ("when", "otherwise")}
        behind = {key: value for key, value in place.entries.items() if key != "cases"}
        yield Split(name, when, Place(case.desk, case.path, said, Place(place.desk, place.path, behind, place.behind)))
