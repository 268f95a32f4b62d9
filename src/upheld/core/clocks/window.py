"""The time that a clock allows what begins at an instant, whether or not anybody opened a ticket about it."""

from dataclasses import replace

from upheld.core.clocks.choosing import calendars_of
from upheld.core.clocks.counting import find_due, total_of
from upheld.core.clocks.crossing import due_across, edges_after
from upheld.core.clocks.matter import Matter
from upheld.core.terms import Terms
from upheld.core.terms.cases import Case, Cases
from upheld.core.terms.clocks import Allowance, Clock
from upheld.core.timeline import Duration, Instant, Span, Timeline


def find_window(terms: Terms, name: str, span: Span) -> Duration | None:
    """
    How long a clock allows an interruption that lasts a span, by the calendar alone: the clock's own condition (a priority,
    say) is taken as fulfilled. None where there is no such clock, or its cases hang on more than the calendar.
    """
    rule = terms.desk.clocks.get(name) or terms.desk.recovery.get(name)
    if rule is None:
        return None
    bare = without_condition(rule)
    first = allowance_at(terms, bare, span.start)
    if first is None:
        return None
    crossing = bare.each[0].rule.crossing.value
    if crossing == "case at start" or not calendars_of(bare):
        return total_of(first, span.start)
    if crossing == "in proportion":
        due = due_across(terms, bare, Matter("", "outage", {}), span.start, Timeline(), crossing, first)
        return due - span.start if due else None
    due = find_due(first, span.start, Timeline())
    reach = min(span.end, due) if due else span.end
    found = [total_of(first, span.start)]
    for edge in edges_after(terms, bare, span.start):
        if edge >= reach:
            break
        if other := allowance_at(terms, bare, edge):
            found.append(total_of(other, span.start))
    return min(found)


def without_condition(rule: Cases[Clock]) -> Cases[Clock]:
    """The clock without the condition that says which matters it times."""
    each = tuple(Case(case.name, case.when, replace(case.rule, when=None)) for case in rule.each)
    return replace(rule, each=each)


def allowance_at(terms: Terms, rule: Cases[Clock], at: Instant) -> Allowance | None:
    chosen = rule.choose(terms.circumstances({"at": at, "start": at}))
    return chosen.case.rule.within.value if chosen.case else None
