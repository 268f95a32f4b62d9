"""How a condition is answered: in three values, with a reason for each part."""

from fractions import Fraction
from typing import Any

from upheld.core.explain import Share, show, show_count, show_instant
from upheld.core.facts import Frozen, frozen_class
from upheld.core.money import Money
from upheld.core.terms.circumstances import Circumstances, Found, Known, Lead
from upheld.core.terms.conditions import Again, Condition, Hours, Test, tests_of
from upheld.core.terms.place import Unreadable
from upheld.core.terms.quantities import Comparison, Days, Deadline, Length, Months, OpenTime, Percent, Periods, compare
from upheld.core.timeline import Duration, Instant, Span

Reason = tuple[str, tuple[str, ...], tuple[str, ...]]


@frozen_class
class Answer(Frozen):
    """Whether a condition holds (None: not known), and the sentences that say why, each with its clauses and readings."""

    holds: bool | None
    reasons: tuple[Reason, ...] = ()


def answer(condition: "Condition | Test", at: Circumstances) -> Answer:
    """Whether it holds, in three values: a part that is not known leaves the whole open unless another part decides."""
    if isinstance(condition, Test):
        return answer_test(condition, at)
    if condition.again:
        return answer_again(condition, condition.again, at)
    answers = [answer(part, at) for part in condition.parts]
    reasons = tuple(reason for found in answers for reason in found.reasons)
    held = [found.holds for found in answers]
    if condition.how == "not":
        return Answer(None if None in held else not any(held), reasons)
    decisive = condition.how == "any"
    if decisive in held:
        return Answer(decisive, reasons)
    return Answer(None if None in held else not decisive, reasons)


def answer_again(condition: Condition, again: Again, at: Circumstances) -> Answer:
    """Asked of this period and of those before it, as far back as the answer may need them."""
    once, tests = Condition(condition.how, condition.parts), list(tests_of(condition))
    clauses = tuple(dict.fromkeys(clause for test in tests for clause in test.clauses))
    readings = tuple(dict.fromkeys(reading for test in tests for reading in test.readings))
    asked = " and ".join(test.fact for test in tests)
    least, most, back = 0, 0, 0
    while at.earlier is not None:
        found = at.earlier(tests[0].fact if tests else "", back)
        if found is not None and again.within is not None:
            found = tuple(one for one in found if is_within_reach(one, again.within, at)) or None
        if found is None:
            break
        answers = [answer(once, one).holds for one in found]
        held, perhaps = answers.count(True), answers.count(None)
        if again.within is not None:
            least, most = least + held, most + held + perhaps
        elif held or perhaps:
            # One that is open ends what is sure; what lies before it may still belong to the row.
            least, most = least + int(held > 0 and least == back), most + 1
        else:
            break
        back += 1
    outcomes = {again.number.holds(Fraction(number)) for number in range(least, most + 1)}
    reach = "in a row" if again.within is None else f"within {again.within}"
    words = f"{asked}: {show_count(least, 'times')} {reach}; asked is {again.number}"
    return Answer(outcomes.pop() if len(outcomes) == 1 else None, ((words, clauses, readings),))


def is_within_reach(one: Circumstances, within: Length | Periods, at: Circumstances) -> bool:
    """Whether something earlier lies in the stretch that ends with the claim, or else with this period."""
    since, claimed = one.anchors.get("period start"), at.anchors.get("claim received")
    end = claimed or at.anchors.get("period end")
    if since is None or end is None:
        return True
    reach = at.end_of(within, since, is_edge=claimed is None)
    # As of any deadline: a claim at the end is too late; a period that ends there lies within.
    return reach > end if claimed else reach >= end


def answer_test(test: Test, at: Circumstances) -> Answer:
    if test.fact not in at.facts:
        return Answer(None, ((f"{test.fact} is not known", test.clauses, test.readings),))
    value = at.facts[test.fact]
    if isinstance(value, Found):
        figure = figure_for(value, test.wanted) if isinstance(test.wanted, Comparison) else None
        if isinstance(test.wanted, Comparison) and figure is None:
            words = f"{test.fact} is {value}, and has no figure to compare with {test.wanted}"
            return Answer(None, ((words, test.clauses, test.readings),))
        value = value.verdict if figure is None else figure
    if test.wanted is None:
        return said(test, not value, f"{test.fact} {'is missing' if not value else 'is there'}")
    if value is None:
        return said(test, False, f"there is no {test.fact}")
    if isinstance(test.wanted, Deadline):
        return answer_deadline(test, test.wanted, value, at)
    if isinstance(test.wanted, Comparison):
        words = f"{test.fact} is {told(value, test.wanted)}; asked is {test.wanted}"
        return said(test, compares(value, test.wanted, at), words)
    if isinstance(test.wanted, Hours):
        return answer_hours(test, test.wanted, value, at)
    values = value if isinstance(value, tuple) else (str(value),)
    words = f"{test.fact} is {', '.join(values)}; asked is {' or '.join(test.wanted)}"
    return said(test, any(one in test.wanted for one in values), words)


def figure_for(found: Found, wanted: Comparison) -> Fraction | Duration | None:
    """The figure of a kind with what is asked: a share or a number, or a length of elapsed time; None where it has none."""
    edges = [edge for _, edge in wanted.edges]
    if all(isinstance(edge, Percent | Fraction) for edge in edges):
        return found.figure if isinstance(found.figure, Fraction) else None
    if all(isinstance(edge, Duration) for edge in edges):
        return found.figure if isinstance(found.figure, Duration) else found.time
    return None


def answer_deadline(test: Test, wanted: Deadline, value: Known, at: Circumstances) -> Answer:
    end = at.deadline(wanted)
    if end is None or not isinstance(value, Instant):
        return Answer(None, ((f"{wanted.anchor} is not known", test.clauses, test.readings),))
    # The deadline is the end of a day or hour, exclusive: at it is late.
    late = value >= end
    return said(test, late, f"{test.fact} {show_instant(value)}; {wanted} ends {show_instant(end)}")


def answer_hours(test: Test, wanted: Hours, value: Known, at: Circumstances) -> Answer:
    if not isinstance(value, Instant):
        return Answer(None, ((f"{test.fact} is no instant", test.clauses, test.readings),))
    moment = Span(value, value + Duration(1))
    is_open = any(bool(at.calendars[name].open_within(moment)) for name in wanted.calendars)
    place = f"{'in' if is_open else 'outside'} {' or '.join(wanted.calendars)}"
    return said(test, is_open == wanted.inside, f"{show_instant(value)} lies {place}")


def said(test: Test, holds: bool, words: str) -> Answer:
    return Answer(holds, ((words, test.clauses, test.readings),))


def compares(value: Known, wanted: Comparison, at: Circumstances) -> bool:
    if isinstance(value, Lead):
        return all(lead_compares(value, sign, edge, at) for sign, edge in wanted.edges)
    if isinstance(value, Fraction | Duration):
        return wanted.holds(value)
    if isinstance(value, Money):
        return wanted.holds(value.amount)
    raise Unreadable(f"{value!r} cannot be compared with {wanted}")


def lead_compares(lead: Lead, sign: str, edge: Any, at: Circumstances) -> bool:
    """A lead of n days is at least n days when what was announced starts at or after the end of the nth day."""
    if not isinstance(edge, Duration | Days | Months | OpenTime):
        raise Unreadable(f"{edge} is no length of time")
    least = at.end_of(edge, lead.start)
    return compare(Duration(lead.end.micros), sign, Duration(least.micros))


def told(value: Known, wanted: Comparison) -> str:
    if isinstance(value, Fraction) and any(isinstance(edge, Percent) for _, edge in wanted.edges):
        return show(Share(value))
    if isinstance(value, Lead):
        return f"from {show_instant(value.start)} to {show_instant(value.end)}"
    return show(value) if isinstance(value, Instant | Duration | Money) else str(value)
