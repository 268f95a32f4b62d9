"""What a check of meaning looks at, and how it reads values: a reference stands for the sense that is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from upheld.language.merge import Merged, Path, Said
from upheld.language.nodes import Mapping, Node, Scalar, Sequence, plain, read_reference
from upheld.language.problem import Problems, Spot
from upheld.language.prose import Pages

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Subject:
    merged: Merged
    pages: Pages
    used: dict[str, set[str]]
    problems: Problems

    def rules(self, block: str) -> list[Said]:
        return self.merged.below(block)

    def has(self, *path: str) -> bool:
        return path in self.merged.said

    def value(self, *path: str) -> Any:
        """What is said at a path, a reading as we read it, a parameter by its usual value; None where nothing is."""
        return self.values_of(self.merged.node(path), every=False)[0]

    def senses(self, *path: str) -> list[Any]:
        """What may stand at a path: every sense of a reading."""
        return self.values_of(self.merged.node(path), every=True)

    def values_of(self, node: Node | None, every: bool) -> list[Any]:
        if node is None:
            return [None]
        reference = read_reference(node) if isinstance(node, Scalar) else None
        if reference is None:
            return [plain(node)]
        block, name = reference
        if block == "parameters":
            return [self.merged.text("parameters", name, "usual") or None]
        found = self.chosen_first(name)
        values = [value for sense in (found if every else found[:1]) for value in self.senses_below(sense, every)]
        return values or [None]

    def senses_below(self, node: Node, every: bool) -> list[Any]:
        """A sense may name a parameter; one that names its own reading stands for nothing."""
        reference = read_reference(node) if isinstance(node, Scalar) else None
        if reference and reference[0] == "readings":
            return [None]
        return self.values_of(node, every)

    def chosen_first(self, reading: str) -> list[Node]:
        """All senses of a reading, the one that is read first."""
        senses, chosen = self.merged.node(("readings", reading, "senses")), self.merged.text("readings", reading, "we read")
        if isinstance(senses, Mapping):
            named = sorted(senses.entries, key=lambda entry: entry.key != chosen)
            return [entry.value for entry in named]
        items = list(senses.items) if isinstance(senses, Sequence) else []
        return sorted(items, key=lambda item: plain(item) != chosen)

    def read(self, parse: Callable[[str], T], *path: str) -> T | None:
        """The parsed value of a path; None where there is none, or where it cannot be read (which is told elsewhere)."""
        value = self.value(*path)
        try:
            return parse(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def names_at(self, *path: str) -> list[str]:
        """One name or a list of names; nothing for `none`."""
        value = self.value(*path)
        found = value if isinstance(value, list) else [value]
        return [name for name in found if isinstance(name, str) and name != "none"]

    def error(self, path: Path, what: str, try_this: str, spot: Spot | None = None) -> None:
        self.problems.error(spot or self.merged.spot(*path), what, try_this, self.merged.clause(*path))

    def warn(self, path: Path, what: str, try_this: str) -> None:
        self.problems.warn(self.merged.spot(*path), what, try_this, self.merged.clause(*path))
