"""Conditions that can never hold, and rules whose cases leave a customer with none."""

from collections.abc import Iterator
from typing import Any

from upheld.language.kinds import is_comparison
from upheld.language.meaning.cases import can_hold_together, names_of
from upheld.language.meaning.clocks import cases_of
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Path, Said
from upheld.language.problem import nearest_or_list
from upheld.language.vocabulary import BLOCKS, block_at

COMBINED = ("any", "all")
NAMED = {"priority": "priorities", "channel": "channels", "topic": "topics", "cause": "causes"}
"""Facts whose values are the names of entries, where there are such entries."""
RESULTS = {"missed", "met", "earned"}
RULES = ("availability", "measures", "clocks", "recovery", "credits", "claims")


def check_conditions(subject: Subject) -> None:
    for path, condition in conditions_of(subject):
        for fact, wanted in facts_of(condition):
            check_value(subject, path, fact, wanted)
    for block in BLOCKS.values():
        for rule in subject.rules(block.name) if block.cases else ():
            check_rest(subject, rule)


def conditions_of(subject: Subject) -> Iterator[tuple[Path, Any]]:
    """Every condition of the file, with its path."""
    for said in list(subject.merged.said.values()):
        value = subject.value(*said.path)
        kinds = kinds_at(said.path)
        if "<condition>" in kinds:
            yield said.path, value
        elif "<conditions>" in kinds:
            yield from ((said.path, one) for one in (value if isinstance(value, list) else [value]))


def kinds_at(path: Path) -> tuple[str, ...]:
    """The kinds of value at the path of a rule's key, of a case's `when`, or of an entry in a map of conditions."""
    block = BLOCKS.get(path[0])
    if block is None or len(path) < 3:
        return ()
    if len(path) == 3 and path[2] in block.keys:
        return block.keys[path[2]].kinds
    inner = block_at(path[0], path[2])
    is_case = len(path) == 5 and path[2] == "cases" and path[4] == "when"
    return ("<condition>",) if is_case or (len(path) == 4 and inner and inner.shape == "named conditions") else ()


def facts_of(condition: Any) -> Iterator[tuple[str, Any]]:
    """Each fact of a condition with the value that is asked for, however deep it stands."""
    for fact, wanted in condition.items() if isinstance(condition, dict) else ():
        if fact in COMBINED and isinstance(wanted, list):
            for part in wanted:
                yield from facts_of(part)
        elif fact == "not":
            yield from facts_of(wanted)
        else:
            yield fact, wanted


def check_value(subject: Subject, path: Path, fact: str, wanted: Any) -> None:
    """A value that the fact never has makes a condition that never holds."""
    known = values_of(subject, fact)
    for value in names_of(wanted) if known and not isinstance(wanted, dict) else ():
        if value not in known and not is_free(value):
            where = path if (*path, fact) not in subject.merged.said else (*path, fact)
            subject.error(
                where, f"this can never hold: {fact} is asked to be {value!r}, which it never is",
                nearest_or_list(value, known),
            )  # fmt: skip


def values_of(subject: Subject, fact: str) -> set[str]:
    """The values that a fact can have; nothing where that is open."""
    if subject.has("parameters", fact):
        kind = subject.value("parameters", fact, "kind")
        if kind == "flag":
            return {"True", "False", "true", "false"}
        return set(subject.names_at("parameters", fact, "choices")) if kind in ("choice", "names") else set()
    if any(subject.has(block, fact) for block in RULES):
        return RESULTS
    known = set(subject.merged.names(NAMED[fact])) if fact in NAMED else set()
    if known and fact == "channel":
        known |= {name for claim in subject.rules("claims") for name in subject.names_at(*claim.path, "by")}
    return known


def is_free(value: str) -> bool:
    """Whether a value is looked up or compared when it is asked: a calendar, a list, a figure, a parameter."""
    return value.startswith(("in ", "outside ", "later than ", "parameter ", "reading ")) or is_comparison(value)


def check_rest(subject: Subject, rule: Said) -> None:
    """Where the cases of a rule go by one choice of the customer's, each choice has a case, or one says `otherwise`."""
    cases = cases_of(subject, rule)
    asked = [subject.value(*case.path, "when") for case in cases]
    if not cases or any(subject.value(*case.path, "otherwise") is True for case in cases):
        return
    facts = {fact for when in asked if isinstance(when, dict) for fact in when}
    if len(facts) != 1 or any(not isinstance(when, dict) for when in asked):
        return
    fact = facts.pop()
    if not subject.has("parameters", fact) or subject.has(*rule.path, "when"):
        return
    choices = subject.names_at("parameters", fact, "choices")
    left = [choice for choice in choices if not any(can_hold_together({fact: choice}, when) for when in asked)]
    if left:
        subject.error(
            (*rule.path, "cases"), f"no case is left for {fact} {' or '.join(left)}: {rule.path[1]} then promises nothing",
            "add a case for it, or one that says otherwise: true",
        )  # fmt: skip
