"""Conditions as they are written: maps of facts to values, with `any`, `all` and `not`."""

from dataclasses import replace
from typing import Protocol

from upheld.core.terms.clocks import parse_bound, parse_trigger
from upheld.language import kinds
from upheld.language.kinds import Wrong
from upheld.language.merge import Merged
from upheld.language.nodes import Mapping, Node, Scalar, Sequence, plain, read_reference
from upheld.language.problem import Spot, nearest_or_list
from upheld.language.vocabulary import WORDS

RULES = ("availability", "measures", "clocks", "recovery", "credits", "claims")


class Names(Protocol):
    """What a condition asks of the check around it."""

    merged: Merged

    def senses(self, name: str) -> list[Node]: ...
    def use(self, block: str, name: str) -> None: ...
    def check_reference(self, name: str, block: str) -> None: ...


def check_condition(names: Names, node: Node) -> None:
    """Whether a map is a condition: every fact known, every value one that it can have."""
    if not isinstance(node, Mapping):
        raise Wrong("a condition is a map of facts to values", "write for instance {cause: own}")
    if not node.entries:
        raise Wrong("this condition is empty, so it would always hold", "write what must hold, or leave it out")
    known = known_facts(names.merged)
    for entry in node.entries:
        if entry.key not in known and not names.merged.broken:
            raise Wrong(f"no fact or rule is called {entry.key!r}", nearest_or_list(entry.key, known), entry.spot)
        for block in (*RULES, "parameters"):
            if entry.key in names.merged.names(block):
                names.use(block, entry.key)
        if entry.key in ("any", "all"):
            check_parts(names, entry.value)
        elif entry.key == "not":
            check_condition(names, entry.value)
        else:
            check_wanted(names, entry.value)


def check_clock_kind(names: Names, kind: str, node: Node) -> None:
    """What stands in clocks: events that start or stop one, the bound of its due time, the conditions that pause it."""
    if kind == "conditions":
        for item in node.items if isinstance(node, Sequence) else (node,):
            check_condition(names, without_cite(item))
        return
    try:
        parse_trigger(plain(node)) if kind == "trigger" else parse_bound(plain(node))
    except ValueError as problem:
        what, _, advice = str(problem).partition("; ")
        raise Wrong(what, advice or "see the reference of clocks", node.spot) from None


def without_cite(node: Node) -> Node:
    """A condition that stands in a list may say which clause it carries out."""
    if not isinstance(node, Mapping):
        return node
    return replace(node, entries=tuple(entry for entry in node.entries if entry.key != "cite"))


def check_parts(names: Names, node: Node) -> None:
    if not isinstance(node, Sequence):
        raise Wrong("any and all hold a list", "write [one, two]", node.spot)
    merged = names.merged
    parts = {one for service in merged.names("services") for one in merged.names("services", service, "components")}
    parts |= {one for service in merged.names("services") for one in merged.names("services", service, "checks")}
    parts |= set(WORDS["events"])
    for item in node.items:
        if isinstance(item, Mapping):
            check_condition(names, item)
        elif isinstance(item, Scalar) and item.value not in parts and not merged.broken:
            advice = nearest_or_list(str(item.value), parts - set(WORDS["events"]))
            raise Wrong(f"no component or check is called {item.value!r}", advice, item.spot)


def check_wanted(names: Names, node: Node) -> None:
    if isinstance(node, Sequence):
        for item in node.items:
            check_wanted(names, item)
    elif isinstance(node, Mapping) and len(node.entries) == 1 and node.entries[0].key == "later than":
        check_deadline(names, node.entries[0].value)
    elif isinstance(node, Mapping):
        raise Wrong("a value of a condition is one text", "write for instance later than 5 business days after …", node.spot)
    elif reference := read_reference(node):
        for sense in names.senses(reference[1]) if reference[0] == "readings" else ():
            check_wanted(names, sense)
    elif isinstance(node.value, str):
        check_wanted_text(names, node.value, node.spot)


def check_deadline(names: Names, node: Node) -> None:
    """The long form `{later than: …}`, for a deadline that a reading chooses."""
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        raise Wrong("a deadline is one text", "write for instance 5 business days after outage end", node.spot)
    reference = read_reference(node)
    if reference and reference[0] == "readings":
        for sense in names.senses(reference[1]):
            check_deadline(names, sense)
    elif not reference:
        check_wanted_text(names, f"later than {node.value}", node.spot)


def check_wanted_text(names: Names, text: str, spot: Spot) -> None:
    try:
        found: object = None
        if text.startswith("later than "):
            found = kinds.check_deadline(text.removeprefix("later than "))
        elif text.startswith(("in ", "outside ")):
            block = "lists" if text.split(" ", 1)[1] in names.merged.names("lists") else "calendars"
            names.check_reference(text.split(" ", 1)[1], block)
        elif kinds.is_comparison(text):
            found = kinds.TEXTS["comparison"](text)
        for calendar in kinds.calendars_in(found):
            names.check_reference(calendar, "calendars")
        for period in kinds.periods_in(found):
            names.check_reference(period, "periods")
    except Wrong as wrong:
        raise Wrong(wrong.what, wrong.try_this, spot) from None


def known_facts(merged: Merged) -> set[str]:
    known = set(WORDS["conditions"]) | {"figure"} | set(merged.names("parameters"))
    return known | {name for block in RULES for name in merged.names(block)}
