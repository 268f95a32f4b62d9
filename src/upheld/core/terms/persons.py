"""Whose word counts, as a rule: roles that a parameter fills, persons named, and from when a change holds."""

from collections.abc import Mapping

from upheld.core.facts import Frozen, frozen_class
from upheld.core.terms.place import Place, Term, names, one_of

RECEIVED, CONFIRMED = "received", "confirmation"
NOBODY: tuple[str, ...] = ()


@frozen_class
class Instructions(Frozen):
    """Whose word counts. `roles` are parameters that hold a person, each with the person bound; `persons` are named."""

    roles: Mapping[str, str]
    persons: tuple[str, ...]
    source: Term[tuple[str, ...]]
    others: Term[str]
    takes_effect: Term[str]
    change_by: Term[tuple[str, ...]]
    clauses: tuple[str, ...]


def bind_instructions(root: Place) -> Instructions | None:
    if not root.has("instructions"):
        return None
    place = root.below("instructions")
    source, others = place.read("from", names), place.read("others", one_of("refused", "noted"))
    takes = place.read("change takes effect", one_of(RECEIVED, CONFIRMED))
    change_by = place.read("change by", names, NOBODY)
    if not (source and others and takes and change_by):
        return None
    written = place.entries["from"]
    if isinstance(written, str) and written.startswith("reading "):
        written = place.desk.sense_of(written.removeprefix("reading "))
    items = written if isinstance(written, list) else [written]
    roles = [str(item).removeprefix("parameter ") for item in items if str(item).startswith("parameter ")]
    persons = tuple(str(item) for item in items if not str(item).startswith("parameter "))
    bound = {role: place.desk.parameter(role) or "" for role in roles}
    return Instructions(bound, persons, source, others, takes, change_by, place.clauses)
