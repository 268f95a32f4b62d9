"""What an example says: its history, other senses and values, and what must come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from upheld.core.timeline import Instant
from upheld.language.problem import Spot


@dataclass(frozen=True, slots=True)
class Expectation:
    """One result that must come out, as it is written."""

    rule: str
    result: str
    wanted: Any
    spot: Spot


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of the history: its kind and its fields as written."""

    kind: str
    fields: Mapping[str, Any]
    spot: Spot

    def instant(self, name: str) -> Instant | None:
        """The instant of a field; None where it is not told."""
        return Instant.parse(str(self.fields[name])) if name in self.fields else None

    def at(self, name: str) -> Instant:
        """The instant of a field that must be told."""
        return Instant.parse(str(self.fields[name]))

    def text(self, name: str, usual: str = "") -> str:
        """A field as text."""
        value = self.fields.get(name, usual)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def texts(self, name: str) -> list[str]:
        """A field as a list of texts."""
        value = self.fields.get(name, [])
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]


@dataclass(frozen=True, slots=True)
class Example:
    """
    An example as it was read. `period` is the month it speaks of, the one of its first fact where it names none.
    """

    title: str
    spot: Spot
    clauses: tuple[str, ...]
    period: str
    history: tuple[Happened, ...]
    expectations: tuple[Expectation, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    as_of: Instant | None = None
    signed_at: Instant | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What an example expects, and what came out instead."""

    example: str
    line: int
    column: int
    rule: str
    result: str
    expected: str
    computed: str

    def __str__(self) -> str:
        said = f"{self.rule} {self.result}".strip()
        wanted = f"{said} should be {self.expected}, and is {self.computed}"
        return f"{self.line}:{self.column}: example {self.example!r}: {wanted}"
