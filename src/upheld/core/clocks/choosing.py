"""Which case of a clock holds for a matter at a moment: the clock, or why there is none."""

from collections.abc import Iterable, Mapping

from upheld.core.clocks.asking import ask
from upheld.core.clocks.matter import Matter
from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms import Terms
from upheld.core.terms.answers import Reason
from upheld.core.terms.cases import Cases
from upheld.core.terms.circumstances import Known
from upheld.core.terms.clocks import Clock
from upheld.core.terms.conditions import Condition, Hours, tests_of
from upheld.core.timeline import Instant

CHANGING = ("priority",)
"""What may change while a clock runs and chooses another case; all else is taken as it was at the start."""


NOT_FOR_THIS = "not for this"


@frozen_class
class Choice(Frozen):
    """
    `state` is `timed`, `no time` (nothing is promised), `not for this` (the clock times other matters), `not known` or
    `undecided`. `clock` is the rule that speaks of the matter, if one does.
    """

    state: str
    clock: Clock | None = None
    case: str = ""
    words: str = ""
    reasons: tuple[Reason, ...] = ()


def choose_case(terms: Terms, rule: Cases[Clock], matter: Matter, start: Instant, at: Instant) -> Choice:
    """The case that holds at an instant of a run that began at `start`."""
    excluded = matter.without_clock.get("*") or matter.without_clock.get(rule.name)
    if excluded is None and matter.only_clocks is not None and rule.name not in matter.only_clocks:
        excluded = (f"its topic has {' and '.join(matter.only_clocks)}", ())
    if excluded:
        return Choice("no time", rule.each[0].rule, words=excluded[0], reasons=((excluded[0], excluded[1], ()),))
    return choose_known(terms, rule, known_of_run(matter, start, at))


def known_of_run(matter: Matter, start: Instant, at: Instant) -> dict[str, Known]:
    """What was known at the start of a run, with what may change since as it is now."""
    known, now = matter.known_at(start), matter.known_at(at)
    return {**known, **{name: now[name] for name in CHANGING if name in now}}


def choose_known(terms: Terms, rule: Cases[Clock], known: Mapping[str, Known]) -> Choice:
    circumstances = terms.circumstances(known)
    general = rule.each[0].rule
    reasons: tuple[Reason, ...] = ()
    if general.when:
        found = ask(general.when, circumstances)
        reasons = found.reasons
        if found.holds is not True:
            words = "; ".join(reason for reason, _, _ in reasons)
            return Choice("not known" if found.holds is None else NOT_FOR_THIS, general, words=words, reasons=reasons)
    try:
        chosen = rule.choose(circumstances)
    except ValueError as problem:
        return Choice("not known", general, words=str(problem), reasons=reasons)
    if chosen.case is None:
        if len(rule.each) == 1 or not chosen.between:
            return Choice("no time", general, words="no case of it speaks of this", reasons=reasons)
        is_open = any(case.when and ask(case.when, circumstances).holds is None for case in rule.each)
        words = f"{' and '.join(chosen.between)} may both hold" if is_open else f"{' and '.join(chosen.between)} both hold"
        if is_open and "priority" not in known:
            words = "no priority has been set"
        return Choice("not known" if is_open else "undecided", general, words=words, reasons=(*reasons, *chosen.reasons))
    clock = chosen.case.rule
    state = "timed" if clock.within.value else "no time"
    words = clock.instead or "no time is promised" if state == "no time" else ""
    return Choice(state, clock, chosen.case.name, words, (*reasons, *chosen.reasons))


def calendars_of(rule: Cases[Clock]) -> tuple[str, ...]:
    """The calendars on which it hangs which case holds."""
    return calendars_in(case.when for case in rule.each)


def calendars_in(conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """The calendars of which conditions ask."""
    tests = (test for condition in conditions if condition for test in tests_of(condition))
    return tuple(dict.fromkeys(name for test in tests if isinstance(test.wanted, Hours) for name in test.wanted.calendars))
