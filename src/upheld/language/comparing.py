"""Two versions of an agreement side by side: which clauses read otherwise, which rules and parameters become others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from upheld.core.terms.document import Document

ASIDE = ("agreement/version", "agreement/effective", "agreement/last review", "agreement/next review")
"""What is another one in every version; it is told by the version itself."""
PARAMETERS = "parameters/"


@dataclass(frozen=True, slots=True)
class Change:
    """What stands at a place before and after; nothing where it is not there. A place is a clause's id, or a rule's path."""

    place: str
    before: str
    after: str
    clauses: tuple[str, ...] = ()
    """The clauses that the rule carries out, of the version that has it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs, each in the order of the new version, what is gone behind."""

    clauses: tuple[Change, ...]
    rules: tuple[Change, ...]
    parameters: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        return not (self.clauses or self.rules or self.parameters)


def compare(before: Document, after: Document) -> Comparison:
    """What becomes other for somebody who was bound by one version and will be by another."""
    old, new = dict(flatten(before.blocks)), dict(flatten(after.blocks))
    rules = [
        Change(place, was, becomes, (after if place in new else before).clauses_of(*place.split("/")))
        for place, was, becomes in find_changes(old, new)
        if place not in ASIDE
    ]
    return Comparison(
        clauses=tuple(Change(*one) for one in find_changes(before.clauses, after.clauses)),
        rules=tuple(one for one in rules if not one.place.startswith(PARAMETERS)),
        parameters=tuple(one for one in rules if one.place.startswith(PARAMETERS)),
    )


def find_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for place in (*new, *(place for place in old if place not in new)):
        if old.get(place) != new.get(place):
            yield place, old.get(place, ""), new.get(place, "")


def flatten(written: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every value with the path to it; a list of plain values is one value, as it is read."""
    if isinstance(written, Mapping):
        for name, value in written.items():
            yield from flatten(value, (*path, str(name)))
    elif isinstance(written, list | tuple) and any(isinstance(one, Mapping | list | tuple) for one in written):
        for number, value in enumerate(written, 1):
            yield from flatten(value, (*path, str(number)))
    elif isinstance(written, list | tuple):
        yield "/".join(path), ", ".join(map(say, written)) or "none"
    else:
        yield "/".join(path), say(written)


def say(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
