"""Times beside times: more to answer or to tell than to resolve, and two figures for one span."""

from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

from upheld.core.terms.quantities import Days, NotAQuantity, OpenTime, parse_length
from upheld.core.timeline import Duration
from upheld.language.meaning.cases import can_hold_together
from upheld.language.meaning.clocks import cases_of, events_at
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Path, Said

ANSWERS = frozenset({"reply by a person", "ETA given", "work started", "first response"})
UPDATES = frozenset({"update sent"})
DONE = frozenset({"resolved", "outage end"})
TO_ANSWER, TO_TELL = (
    "more time to answer than {} allows to resolve",
    "more time between two updates than {} allows to resolve",
)
TOLD_APART_BY = ("strength", "reached by", "at latest", "repeats")


@dataclass(frozen=True, slots=True)
class Allowed:
    """The time that one case of a clock allows, in hours of its own kind; `when` is None for a case that fits the rest."""

    rule: Said
    place: Path
    when: dict[str, Any] | None
    kind: tuple[str, ...]
    amount: int
    written: str


def check_spans(subject: Subject) -> None:
    for block in ("clocks", "recovery"):
        allowed = {rule.path: allowed_by(subject, rule) for rule in subject.rules(block)}
        for one, other in permutations(subject.rules(block), 2):
            check_steps(subject, one, other, allowed)
        for one, other in combinations(subject.rules(block), 2):
            check_figures(subject, one, other, allowed)


def check_steps(subject: Subject, one: Said, other: Said, allowed: dict[Path, list[Allowed]]) -> None:
    """Whoever must answer, or tell how things stand, within a longer time than he must resolve contradicts himself."""
    step, done = events_at(subject, *one.path, "stops"), events_at(subject, *other.path, "stops")
    tells = step <= UPDATES and subject.value(*one.path, "repeats") != "never"
    told = "" if not step else TO_ANSWER if step <= ANSWERS else TO_TELL if tells else ""
    if not told or not done or not done <= DONE:
        return
    for first, second in meeting(allowed[one.path], allowed[other.path]):
        if first.amount > second.amount:
            subject.error(
                first.place, f"{one.path[1]} allows {told.format(other.path[1])} ({first.written}, {second.written})",
                "settle which of the two figures is meant; a reading may hold both",
            )  # fmt: skip
            return


def check_figures(subject: Subject, one: Said, other: Said, allowed: dict[Path, list[Allowed]]) -> None:
    """Two figures for one span are a contradiction, unless something says which of them binds how hard."""
    spans = [(events_at(subject, *rule.path, "starts"), events_at(subject, *rule.path, "stops")) for rule in (one, other)]
    if spans[0] != spans[1] or not all(spans[0]):
        return
    if any(subject.value(*one.path, key) != subject.value(*other.path, key) for key in TOLD_APART_BY):
        return
    for first, second in meeting(allowed[one.path], allowed[other.path]):
        if first.amount != second.amount:
            subject.error(
                second.place,
                f"two figures for one span: {one.path[1]} says {first.written}, {other.path[1]} says {second.written}, "
                "and both bind alike",
                "correct one, or let strength tell them apart (objective, limit); a reading may hold the question",
            )  # fmt: skip
            return


def meeting(ones: list[Allowed], others: list[Allowed]) -> list[tuple[Allowed, Allowed]]:
    """The cases of two clocks that hold of one ticket and are counted alike."""
    return [(one, other) for one in ones for other in others if one.kind == other.kind and may_meet(one.when, other.when)]


def may_meet(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    """Of a case for the rest it is not known what it holds of, except that two of them meet."""
    return one == other or (one is not None and other is not None and can_hold_together(one, other))


def allowed_by(subject: Subject, rule: Said) -> list[Allowed]:
    """Each case of a clock, or the clock itself, that allows a time which can be compared."""
    always, found = subject.value(*rule.path, "when") or {}, []
    for place in [case.path for case in cases_of(subject, rule)] or [rule.path]:
        own = subject.value(*place, "when") if place != rule.path else {}
        written = subject.value(*place, "within") or subject.value(*rule.path, "within")
        hours = subject.value(*place, "hours") or subject.value(*rule.path, "hours")
        amount = amount_of(written, str(hours))
        if amount and isinstance(always, dict):
            when = {**always, **own} if isinstance(own, dict) else None
            where = place if subject.has(*place, "within") else rule.path
            found.append(Allowed(rule, (*where, "within"), when, *amount, str(written)))
    return found


def amount_of(written: Any, hours: str) -> tuple[tuple[str, ...], int] | None:
    """A length with the hours in which it runs: lengths of different kinds do not compare."""
    try:
        length = parse_length(written) if isinstance(written, str) else None
    except NotAQuantity:
        return None
    if isinstance(length, Duration):
        return ("time", hours), length.micros
    if isinstance(length, OpenTime):
        return ("time", length.calendar), length.length.micros
    if isinstance(length, Days):
        return ("days", length.kind, length.calendar), length.number
    return None
