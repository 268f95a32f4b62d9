"""What the rules of the desk ask for: every name known, and no condition on what nobody tells."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from upheld.core.terms.clocks import Clock, find_tests
from upheld.core.terms.conditions import Test, tests_of
from upheld.core.terms.desk import find_unknown_names
from upheld.core.terms.place import TermProblem, nearest

if TYPE_CHECKING:
    from upheld.core.terms.rules import Terms

TOLD_OF_TICKETS = (
    "software", "supplier", "line", "level", "fault", "volume", "length", "restore", "deleted by", "connectivity",
    "requested", "erroneous", "disks", "redundancy", "approved", "error rate", "requests", "response time",
)  # fmt: skip
"""Facts that whoever opens a ticket may tell with it; what is not told is known to be missing."""
KNOWN_OF_TICKETS = (
    "at", "start", "priority", "channel", "topic", "urgent", "high load", "state", "waiting for", "cause", "responsible",
    "component", *TOLD_OF_TICKETS,
)  # fmt: skip


def find_desk_problems(terms: "Terms") -> Iterator[TermProblem]:
    """What of the desk, of recovery and of backups cannot be judged although each rule can be read."""
    for path, what in find_unknown_names(terms.desk, terms.services):
        yield TermProblem(path, what)
    for block, rules in (("clocks", terms.desk.clocks), ("recovery", terms.desk.recovery)):
        for rule in rules.values():
            for case in rule.each:
                tests = (*find_tests(case.rule), *(tests_of(case.when) if case.when else ()))
                yield from check_tests(terms, (block, rule.name), tests)
            yield from check_alike((block, rule.name), [case.rule for case in rule.each])
    for channel in terms.desk.channels.values():
        if channel.when:
            yield from check_tests(terms, ("channels", channel.name, "when"), tests_of(channel.when))
    for topic in terms.desk.topics.values():
        if topic.when:
            yield from check_tests(terms, ("topics", topic.name, "when"), tests_of(topic.when))


def check_tests(terms: "Terms", path: tuple[str, ...], tests: Iterator[Test] | tuple[Test, ...]) -> Iterator[TermProblem]:
    known = (*KNOWN_OF_TICKETS, *terms.document.blocks.get("parameters", {}))
    for test in tests:
        if test.fact not in known:
            yield TermProblem((*path, test.fact), f"{test.fact!r} is not known of a ticket{nearest(test.fact, known)}")
        elif test.fact == "cause" and isinstance(test.wanted, tuple):
            for name in test.wanted:
                if name not in terms.causes:
                    what = f"no cause is called {name!r}{nearest(name, terms.causes)}"
                    yield TermProblem((*path, "cause"), what)


def check_alike(path: tuple[str, ...], cases: list[Clock]) -> Iterator[TermProblem]:
    """All cases of a clock begin, stop and repeat alike: which of them holds may change while it runs."""
    for key, told in (("starts", "starts"), ("stops", "stops"), ("repeats", "repeats")):
        if len({getattr(case, key).value for case in cases}) > 1:
            yield TermProblem((*path, told), f"the cases differ in `{told}`; give each a clock of its own")
