"""Kinds of maintenance: chains that loop, tests without an end, exceptions that reach further than their rule."""

from upheld.core.terms.quantities import Comparison, Days, Length, parse_comparison, parse_frequency
from upheld.core.timeline import Duration
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Path, Said
from upheld.language.nodes import Scalar, read_reference

TESTS = ("outside", "inside", "not within", "longest", "budget")


def check_maintenance(subject: Subject) -> None:
    check_chains(subject)
    for rule in subject.rules("maintenance"):
        tests = [test for test in TESTS if subject.has(*rule.path, test)]
        often = subject.read(parse_frequency, *rule.path, "at most")
        if often is not None and isinstance(often.amount, Duration):
            tests.append("at most")
        if tests and not subject.has(*rule.path, "beyond") and not subject.merged.broken:
            subject.error(
                (*rule.path, tests[0]),
                f"test without beyond: {rule.path[1]} does not say what counts when {tests[0]!r} is broken",
                "write beyond: surplus (only the part that breaks it counts down) or beyond: all",
            )
        check_exception(subject, rule)
        check_evidence(subject, rule)


def check_chains(subject: Subject) -> None:
    """The kinds that a window is judged as in turn must end in one with `otherwise: none`."""
    following = {rule.path[1]: subject.value(*rule.path, "otherwise") for rule in subject.rules("maintenance")}
    ends: set[str] = set()
    for first in following:
        seen: dict[str, int] = {}
        name: object = first
        while isinstance(name, str) and name in following and name not in ends and name not in seen:
            seen[name] = len(seen)
            name = following[name]
        if isinstance(name, str) and name in seen:
            circle = [*list(seen)[seen[name] :], name]
            what = f"otherwise goes round in a circle: {' → '.join(circle)}"
            subject.error(("maintenance", name, "otherwise"), what, "end it: otherwise: none")
        ends |= set(seen)


def check_exception(subject: Subject, rule: Said) -> None:
    """A notice that is waived for more time than it asks for is never asked for."""
    notice = subject.read(parse_comparison, *rule.path, "notice")
    path = (*rule.path, "waived when", "vendor notice")
    waived = subject.read(parse_comparison, *path)
    if notice and waived and is_longer(length_of(waived), length_of(notice)):
        subject.error(
            path, f"the notice of {rule.path[1]} is shorter than its own exception: {notice} is asked, waived is {waived}",
            "make the exception as long as the notice at most",
        )  # fmt: skip


def length_of(comparison: Comparison) -> Length | None:
    edge = comparison.edges[0][1]
    return edge if isinstance(edge, Duration | Days) else None


def is_longer(one: Length | None, other: Length | None) -> bool:
    """Of lengths of one kind; different kinds do not compare."""
    if isinstance(one, Duration) and isinstance(other, Duration):
        return one > other
    if isinstance(one, Days) and isinstance(other, Days):
        return (one.calendar, one.kind) == (other.calendar, other.kind) and one.number > other.number
    return False


def check_evidence(subject: Subject, rule: Said) -> None:
    """Work that is excused without notice and without any test is excused by its name alone, unless a reading says so."""
    effect: Path = (*rule.path, "counts as")
    notice = subject.merged.node((*rule.path, "notice"))
    if isinstance(notice, Scalar) and read_reference(notice):
        return
    excused = subject.value(*effect) in ("up", "out of base")
    tested = any(subject.has(*rule.path, test) for test in (*TESTS, "at most", "approval", "must stay up"))
    # What the customer himself plans needs no notice to him.
    tested = tested or subject.value(*rule.path, "by") == "customer"
    if excused and subject.value(*rule.path, "notice") == "none" and not tested:
        subject.error(
            effect, f"exclusion without evidence: {rule.path[1]} is excused, and has neither notice nor test",
            "ask for notice, or name hours, a length or a number that it must keep to",
        )  # fmt: skip
