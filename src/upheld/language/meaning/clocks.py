"""Clocks: more time to answer than to resolve, a priority without a time, a start that cannot recur."""

from itertools import product
from typing import Any

from upheld.core.terms.quantities import NotAQuantity, parse_length
from upheld.core.timeline import Duration
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

ONCE = frozenset({"received", "ticket opened", "first response", "information complete"})
"""Events that happen once on a ticket."""
ANSWERS = frozenset({"reply by a person", "ETA given", "work started", "first response"})
DONE = frozenset({"resolved", "outage end"})


def check_clocks(subject: Subject) -> None:
    rules = subject.rules("clocks")
    for rule in [*rules, *subject.rules("recovery")]:
        check_repeats(subject, rule)
    for one, other in product(rules, rules):
        check_order(subject, one, other)
    if rules:
        check_priorities(subject, rules)


def events_at(subject: Subject, *path: str) -> set[str]:
    """The events of a trigger."""
    value = subject.value(*path)
    listed = next(iter(value.values()), []) if isinstance(value, dict) else value
    return set(listed if isinstance(listed, list) else [listed]) - {None}


def check_repeats(subject: Subject, rule: Said) -> None:
    starts = events_at(subject, *rule.path, "starts")
    if subject.value(*rule.path, "repeats") == "at each start" and starts and starts <= ONCE:
        subject.error(
            (*rule.path, "repeats"),
            f"{rule.path[1]} begins anew at each start, and {' or '.join(sorted(starts))} happens once",
            "write repeats: never, or name an event that recurs, for instance latest customer message",
        )  # fmt: skip


def check_order(subject: Subject, one: Said, other: Said) -> None:
    """Whoever must answer within a longer time than he must resolve contradicts himself."""
    answer, done = events_at(subject, *one.path, "stops"), events_at(subject, *other.path, "stops")
    if not (answer and answer <= ANSWERS and done and done <= DONE):
        return
    if subject.value(*one.path, "hours") != subject.value(*other.path, "hours"):
        return
    for when, length in times_of(subject, one):
        for same, longer in times_of(subject, other):
            if when == same and length.micros > longer.micros:
                subject.error(
                    (*one.path, "within"),
                    f"{one.path[1]} allows more time to answer than {other.path[1]} allows to resolve",
                    "settle which of the two figures is meant; a reading may hold both",
                )  # fmt: skip


def times_of(subject: Subject, rule: Said) -> list[tuple[Any, Duration]]:
    """Each case's condition with its time, where that is elapsed or open time of the clock's own hours."""
    cases = [said for said in subject.merged.below(*rule.path, "cases") if said.node is None]
    found = []
    for path in [case.path for case in cases] or [rule.path]:
        when = subject.value(*path, "when") or subject.value(*rule.path, "when")
        length = read_length(subject.value(*path, "within") or subject.value(*rule.path, "within"))
        if length:
            found.append((when, length))
    return found


def read_length(written: Any) -> Duration | None:
    try:
        length = parse_length(written) if isinstance(written, str) else None
    except NotAQuantity:
        return None
    return length if isinstance(length, Duration) else None


def check_priorities(subject: Subject, rules: list[Said]) -> None:
    """Where some priorities have a time of their own, each has one, or says that there is none."""
    spoken = {name for rule in rules for name in priorities_of(subject, rule)}
    if not spoken or any(speaks_of_the_rest(subject, rule) for rule in rules):
        return
    for priority in subject.rules("priorities"):
        if priority.path[1] not in spoken:
            subject.error(
                priority.path, f"priority {priority.path[1]} has no time, and no clock says that it has none",
                f"add a case: {{when: {{priority: {priority.path[1]}}}, within: none}}, or its time", priority.spot,
            )  # fmt: skip


def priorities_of(subject: Subject, rule: Said) -> set[str]:
    """The priorities of which the cases of a clock speak; a clock that is for some alone says so by itself."""
    paths = [said.path for said in subject.merged.below(*rule.path, "cases") if said.node is None]
    return {name for path in paths for name in named_in(subject.value(*path, "when"))}


def named_in(condition: Any) -> set[str]:
    if isinstance(condition, list):
        return {name for part in condition for name in named_in(part)}
    if not isinstance(condition, dict):
        return set()
    named = condition.get("priority", [])
    listed = named if isinstance(named, list) else [named]
    inner = [named_in(part) for key, part in condition.items() if key in ("any", "all", "not")]
    return {str(name) for name in listed}.union(*inner)


def speaks_of_the_rest(subject: Subject, rule: Said) -> bool:
    """Whether a clock times every ticket: without a condition and without cases, or with one that says `otherwise`."""
    cases = [said for said in subject.merged.below(*rule.path, "cases") if said.node is None]
    if any(subject.value(*case.path, "otherwise") is True for case in cases):
        return True
    return not cases and not subject.has(*rule.path, "when")
