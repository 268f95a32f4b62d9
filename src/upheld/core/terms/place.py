"""Reading one place of a document: its references resolved, its quantity parsed, its problems collected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from upheld.core.terms.document import Document

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Term(Generic[T]):
    """A value of the agreement, with the clauses that it carries out and the readings that chose it."""

    value: T
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermProblem:
    """What is wrong at a path of the document, and what to do."""

    path: tuple[str, ...]
    what: str

    def __str__(self) -> str:
        return f"{'/'.join(self.path)}: {self.what}"


class Unreadable(ValueError):
    """Raised inside one value, caught where the value is read and kept as a TermProblem."""


@dataclass(slots=True)
class Desk:
    """What is at hand while a document is read: chosen senses, parameter values, and the problems found so far."""

    document: Document
    parameters: Mapping[str, str]
    readings: Mapping[str, str]
    problems: list[TermProblem] = field(default_factory=list)

    def resolve(self, value: Any, depth: int = 0) -> tuple[Any, tuple[str, ...]]:
        """The value behind `reading NAME` or `parameter NAME`, and the readings that were asked."""
        if depth > 8:
            raise Unreadable("the reading refers to itself")
        if isinstance(value, str):
            word, _, name = value.partition(" ")
            if word == "parameter" and name:
                return self.parameter(name), ()
            if word == "reading" and name:
                sense, more = self.resolve(self.sense_of(name), depth + 1)
                return sense, (name, *more)
        if isinstance(value, list):
            parts = [self.resolve(part, depth + 1) for part in value]
            return [part for part, _ in parts if part is not None], tuple(r for _, used in parts for r in used)
        return value, ()

    def parameter(self, name: str) -> str | None:
        known = self.document.blocks.get("parameters", {})
        if name not in known:
            raise Unreadable(f"no parameter is called {name!r}{nearest(name, known)}")
        if name in self.parameters:
            return self.parameters[name]
        if (usual := known[name].get("usual")) is not None:
            return str(usual)
        if known[name].get("optional"):
            return None
        raise Unreadable(f"parameter {name!r} has no value; give one, since nothing is defaulted that can change a verdict")

    def sense_of(self, name: str) -> Any:
        known = self.document.blocks.get("readings", {})
        if name not in known:
            raise Unreadable(f"no reading is called {name!r}{nearest(name, known)}")
        senses, chosen = known[name]["senses"], self.readings.get(name, known[name]["we read"])
        if isinstance(senses, dict):
            if chosen not in senses:
                raise Unreadable(f"reading {name!r} has no sense {chosen!r}; it has {', '.join(senses)}")
            return senses[chosen]
        if chosen not in senses:
            raise Unreadable(f"reading {name!r} has no sense {chosen!r}; it has {', '.join(map(str, senses))}")
        return chosen


@dataclass(frozen=True, slots=True)
class Place:
    """A map of the document at a path. Every method that reads a key keeps what is wrong as a problem and goes on."""

    desk: Desk
    path: tuple[str, ...]
    entries: Mapping[str, Any]
    behind: "Place | None" = None
    """The rule of which this is a case: what the case does not say, the rule says."""
    readings: tuple[str, ...] = ()
    """The readings that chose this map."""

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.desk.document.clauses_of(*self.path)

    def has(self, key: str) -> bool:
        return key in self.entries or (self.behind is not None and self.behind.has(key))

    def teller(self, key: str) -> "Place":
        """The place that says a key: this one, or the rule of which it is a case."""
        return self if key in self.entries or self.behind is None else self.behind.teller(key)

    def problem(self, what: str, *keys: str) -> None:
        self.desk.problems.append(TermProblem((*self.path, *keys), what))

    def below(self, key: str) -> "Place":
        """The map under a key; an empty one where there is none."""
        if (teller := self.teller(key)) is not self:
            return teller.below(key)
        value, readings = self.entries.get(key, {}), self.readings
        try:
            value, used = self.desk.resolve(value)
            readings += used
        except ValueError as problem:
            self.problem(str(problem), key)
            value = {}
        if not isinstance(value, dict):
            self.problem(f"{value!r} stands where a map is expected", key)
            value = {}
        return Place(self.desk, (*self.path, key), value, readings=readings)

    def named(self) -> list[tuple[str, "Place"]]:
        """The author's named entries, in the order written."""
        return [(name, self.below(name)) for name in self.entries]

    def read(self, key: str, parse: Callable[[Any], T], absent: T | None = None) -> Term[T] | None:
        """
        The value of a key through `parse`, with its clauses and readings. None where it is missing or cannot be read;
        a missing key is a problem unless `absent` says what stands for it.
        """
        if (teller := self.teller(key)) is not self:
            return teller.read(key, parse, absent)
        if key not in self.entries:
            if absent is None:
                self.problem(f"{key!r} is missing; it must be said, since it can change a verdict", key)
                return None
            return Term(absent, self.clauses)
        clauses = self.desk.document.clauses_of(*self.path, key)
        try:
            value, readings = self.desk.resolve(self.entries[key])
            for name in readings:
                clauses = tuple(dict.fromkeys((*clauses, *self.desk.document.clauses_of("readings", name))))
            return Term(parse(value), clauses, tuple(dict.fromkeys((*self.readings, *readings))))
        except ValueError as problem:
            self.problem(str(problem), key)
            return None

    def maybe(self, key: str, parse: Callable[[Any], T]) -> Term[T] | None:
        """As `read`, where the key may be left out."""
        return self.read(key, parse) if self.has(key) else None


def nearest(word: str, known: Any) -> str:
    """`; nearest is …`, where one is near enough."""
    from difflib import get_close_matches  # only a mistake needs it, and core starts sooner without

    found = get_close_matches(word, list(known), 1)
    return f"; nearest is {found[0]!r}" if found else ""


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unreadable(f"{value!r} stands where a text is expected")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(f"{value!r} stands where true or false is expected")
    return value


def names(value: Any) -> tuple[str, ...]:
    """One name or a list of names; `none` is the empty list."""
    if value == "none":
        return ()
    return tuple(text(item) for item in (value if isinstance(value, list) else [value]))


def one_of(*words: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if value not in words:
            raise Unreadable(f"{value!r} is not one of {', '.join(words)}{nearest(str(value), words)}")
        return text(value)

    return parse


def unless_none(parse: Callable[[str], T]) -> Callable[[Any], T | None]:
    """A parser that lets the word `none` stand for nothing."""
    return lambda value: None if value == "none" else parse(text(value))
