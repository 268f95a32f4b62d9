"""What a fact is, and how it is written: one JSON object, its type with a version."""

from dataclasses import MISSING, dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, dataclass_transform, get_type_hints

from upheld.core.facts.frozen import Frozen, named_frozen_class
from upheld.core.money import Money, NotMoney
from upheld.core.timeline import Instant, NotAnInstant


@named_frozen_class
class Fact(Frozen):
    """
    Something that happened. Never edited: a correction is a further fact that names this one.

    `occurred_at` is when it happened, `recorded_at` when it was written down; `agreement` is the key of the agreement that
    it concerns, `source` says who or what tells it.
    """

    TYPE: ClassVar[str] = ""

    id: str
    agreement: str
    occurred_at: Instant
    recorded_at: Instant
    source: str

    def to_json(self) -> dict[str, Any]:
        """The exchange format: ordinary JSON values, absent where a field keeps its default."""
        written: dict[str, Any] = {"type": self.TYPE}
        for name, usual, _ in self.FILLS:
            value = getattr(self, name)
            if usual is MISSING or value != usual:
                written[name] = write_field(value)
        return written


KINDS: dict[str, type[Fact]] = {}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def fact(kind: str, version: int) -> Any:
    """Name a class of facts: `outage-opened`, 1 is written `outage-opened/1`."""

    def register(cls: type[Fact]) -> type[Fact]:
        made = named_frozen_class(cls)
        made.TYPE = f"{kind}/{version}"
        KINDS[made.TYPE] = made
        return made

    return register


@cache
def fields_of(kind: str) -> dict[str, tuple[bool, Any]]:
    """The fields of a kind: whether one must be given, and its annotation."""
    hints = get_type_hints(KINDS[kind])
    return {name: (usual is MISSING, hints[name]) for name, usual, _ in KINDS[kind].FILLS}


@dataclass(frozen=True, slots=True)
class FactProblem:
    """Why an object is no fact: the field, what is wrong with it, and what would be right."""

    field: str
    what: str

    def __str__(self) -> str:
        return f"{self.field}: {self.what}" if self.field else self.what


def read_fact(written: Any) -> "Fact | list[FactProblem]":
    """A fact from its JSON object, or everything that is wrong with it. Unknown fields and versions are never dropped."""
    if not isinstance(written, dict):
        return [FactProblem("", "a fact is one JSON object a line")]
    kind = written.get("type")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        return [FactProblem("type", f"{kind!r} is no known type of fact; known are {', '.join(sorted(KINDS))}")]
    known = fields_of(cls.TYPE)
    problems = [
        FactProblem(name, f"is not a field of {kind}; its fields are {', '.join(known)}")
        for name in written
        if name != "type" and name not in known
    ]
    values: dict[str, Any] = {}
    for name, (is_needed, hint) in known.items():
        if name not in written:
            if is_needed:
                problems.append(FactProblem(name, f"is missing; {kind} needs it"))
            continue
        try:
            values[name] = read_field(written[name], hint)
        except (NotAnInstant, NotMoney, TypeError) as problem:
            problems.append(FactProblem(name, str(problem)))
    return problems or cls(**values)


def write_field(value: Any) -> Any:
    if isinstance(value, Instant | Money):
        return str(value)
    if isinstance(value, tuple):
        return [write_field(item) for item in value]
    return value


EXPECTED = MappingProxyType({str: "a text", int: "a whole number", bool: "true or false"})


def read_field(value: Any, hint: Any) -> Any:
    """One field by its annotation: a text, a whole number, true or false, an instant, money, or a list of texts."""
    options = getattr(hint, "__args__", ())
    if type(None) in options:
        return None if value is None else read_field(value, next(kind for kind in options if kind is not type(None)))
    if options:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is not a list")
        return tuple(read_field(item, options[0]) for item in value)
    if hint in (Instant, Money):
        if not isinstance(value, str):
            raise TypeError(f"{value!r} is not a text")
        return hint.parse(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is not {EXPECTED[hint]}")
    return value
