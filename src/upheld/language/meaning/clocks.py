"""Clocks: a priority without a time, a start that cannot recur, one that the customer's own question puts off."""

from typing import Any

from upheld.language.meaning.definitions import texts_of
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said
from upheld.language.nodes import Scalar, read_reference

ONCE = frozenset({"received", "ticket opened", "first response", "information complete"})
"""Events that happen once on a ticket."""


def check_clocks(subject: Subject) -> None:
    rules = subject.rules("clocks")
    for rule in [*rules, *subject.rules("recovery")]:
        check_repeats(subject, rule)
        check_crossing(subject, rule)
        check_chaser(subject, rule)
    if rules:
        check_priorities(subject, rules)


def cases_of(subject: Subject, rule: Said) -> list[Said]:
    """The cases of a rule, without their order."""
    return [said for said in subject.merged.below(*rule.path, "cases") if said.node is None]


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


def check_crossing(subject: Subject, rule: Said) -> None:
    """A time that changes with the calendar must say what of a ticket that lives through the change."""
    changing = [
        case for case in cases_of(subject, rule)
        if any(words.startswith(("in ", "outside ")) for words in texts_of(subject.value(*case.path, "when")))
    ]  # fmt: skip
    if changing and not subject.has(*rule.path, "crossing") and not subject.merged.broken:
        subject.error(
            changing[0].path,
            f"open question: {rule.path[1]} has another time when {changing[0].path[-1]} holds, and does not say 'crossing'",
            "say it: crossing: case at start, shorter or in proportion; or name a reading", changing[0].spot,
        )  # fmt: skip


def check_chaser(subject: Subject, rule: Said) -> None:
    """Whoever asks once more while he waits must not lose the time that has run, unless the question was settled."""
    path = (*rule.path, "starts")
    starts = subject.merged.node(path)
    is_settled = isinstance(starts, Scalar) and read_reference(starts) is not None
    begins_anew = subject.value(*rule.path, "repeats") != "never"
    if begins_anew and not is_settled and "latest customer message" in events_at(subject, *rule.path, "starts"):
        subject.warn(
            path,
            f"a second question restarts {rule.path[1]}: whoever asks again, before he is answered, waits longer",
            "write oldest customer message, or name a reading that says why the latest is meant",
        )  # fmt: skip


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
    paths = [case.path for case in cases_of(subject, rule)]
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
    cases = cases_of(subject, rule)
    if any(subject.value(*case.path, "otherwise") is True for case in cases):
        return True
    return not cases and not subject.has(*rule.path, "when")
