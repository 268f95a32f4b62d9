"""All fences of a file as one document: maps merge by key, lists never do, nothing is said twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from upheld.language.nodes import Entry, Mapping, Node, Scalar, Sequence, plain
from upheld.language.problem import Problems, Spot, nearest_or_list
from upheld.language.prose import Fence, Pages

Path = tuple[str, ...]


@dataclass(slots=True)
class Said:
    """
    What the file says at one path. `node` is None for a map, whose keys have paths of their own.

    `clauses` are those that the value carries out; `pinned` holds for a value under a `cite`, `bound` are clauses that a
    fragment with `cite` alone ties to the whole map.
    """

    path: Path
    spot: Spot
    value_spot: Spot
    node: Node | None
    clauses: list[str] = field(default_factory=list)
    pinned: list[str] = field(default_factory=list)
    bound: list[str] = field(default_factory=list)

    @property
    def value(self) -> Any:
        return None if self.node is None else plain(self.node)


@dataclass(slots=True)
class Merged:
    """The whole document by path, parents before children."""

    said: dict[Path, Said] = field(default_factory=dict)
    inside: dict[Path, list[Said]] = field(default_factory=dict)
    cited: dict[str, Spot] = field(default_factory=dict)
    """Every clause that some `cite` names, with the place of the first."""
    broken: bool = False
    """Whether a fence could not be read: what is missing is then not searched for."""

    def add(self, said: Said) -> Said:
        self.said[said.path] = said
        self.inside.setdefault(said.path[:-1], []).append(said)
        return said

    def below(self, *path: str) -> list[Said]:
        """The entries right under a path."""
        return self.inside.get(path, [])

    def names(self, *path: str) -> list[str]:
        """The keys right under a path."""
        return [said.path[-1] for said in self.below(*path)]

    def within(self, path: Path) -> Iterator[Said]:
        """The path itself and all under it."""
        if path in self.said:
            yield self.said[path]
        for said in self.inside.get(path, []):
            yield from self.within(said.path)

    def leaves(self, path: Path = ()) -> Iterator[Said]:
        """All values at or below a path."""
        return (said for said in self.within(path) if said.node is not None)

    def node(self, path: Path) -> Node | None:
        """What is said at a path as one tree, over all fences."""
        said = self.said.get(path)
        if said is None:
            return None
        if said.node is not None:
            return said.node
        entries = (Entry(one.path[-1], one.spot, node) for one in self.below(*path) if (node := self.node(one.path)))
        return Mapping(tuple(entries), said.spot)

    def text(self, *path: str) -> str:
        """The text at a path; nothing where there is none, or a map, a list or a flag."""
        said = self.said.get(path)
        return said.value if said and isinstance(said.value, str) else ""

    def spot(self, *path: str) -> Spot:
        """The place of a path, or of the nearest enclosing one that is said."""
        for length in range(len(path), 0, -1):
            if said := self.said.get(path[:length]):
                return said.value_spot if said.node is not None else said.spot
        return Spot(1, 1)

    def key_spot(self, *path: str) -> Spot:
        for length in range(len(path), 0, -1):
            if said := self.said.get(path[:length]):
                return said.spot
        return Spot(1, 1)

    def clause(self, *path: str) -> str:
        """The first clause that the nearest path of these carries out, for a problem's line."""
        for length in range(len(path), 0, -1):
            if (said := self.said.get(path[:length])) and said.clauses:
                return said.clauses[0]
        return ""

    def nested(self) -> dict[str, Any]:
        """The document as maps in maps, as core reads it."""
        root: dict[str, Any] = {}
        for said in self.said.values():
            place = root
            for key in said.path[:-1]:
                place = place[key]
            place[said.path[-1]] = {} if said.node is None else said.value
        return root


@dataclass(slots=True)
class Merger:
    pages: Pages
    problems: Problems
    merged: Merged = field(default_factory=Merged)

    def take(self, fence: Fence, node: Mapping, apart: frozenset[str]) -> None:
        """Add the fragments of one fence; `apart` are clauses accounted for, which no position serves."""
        served = [clause for clause in fence.clauses if clause not in apart]
        for block in node.entries:
            if block.key == "accounted for":
                self.merge((), block, [], [])
            else:
                self.merge((), block, served, [])

    def merge(self, path: Path, entry: Entry, served: list[str], pinned: list[str]) -> None:
        here = (*path, entry.key)
        if not isinstance(entry.value, Mapping):
            pinned = self.cites_inside(entry.value) or pinned
            self.say(here, entry, pinned or served, pinned)
            return
        cite = entry.value.get("cite")
        cites = self.read_cite(cite) if cite else []
        said = self.merged.said.get(here)
        if said and said.node is not None:
            self.twice(here, entry.spot, said.spot, cites or pinned or served)
            return
        if not said:
            said = self.merged.add(Said(here, entry.spot, entry.value.spot, None))
        rest = [child for child in entry.value.entries if child.key != "cite"]
        if cite and all(child.key == "note" for child in rest):
            said.bound += cites
        if cites:
            pinned = cites
        extend(said.pinned, cites)
        extend(said.clauses, pinned or served)
        for child in rest:
            self.merge(here, child, served, pinned)

    def say(self, path: Path, entry: Entry, clauses: list[str], pinned: list[str]) -> None:
        if first := self.merged.said.get(path):
            self.twice(path, entry.spot, first.spot, clauses)
            return
        self.merged.add(Said(path, entry.spot, entry.value.spot, entry.value, list(clauses), list(pinned)))

    def twice(self, path: Path, second: Spot, first: Spot, clauses: list[str]) -> None:
        self.problems.error(
            second, f"{' / '.join(path)} is said twice; the first is on {first}, column {first.column}",
            "keep one of them; lists and values never merge", next(iter(clauses), ""),
        )  # fmt: skip

    def cites_inside(self, node: Node) -> list[str]:
        """The clauses that the maps inside a list cite: they belong to the list, which is one statement."""
        found: list[str] = []
        items = node.items if isinstance(node, Sequence) else ()
        for item in items:
            if isinstance(item, Mapping):
                if cite := item.get("cite"):
                    extend(found, self.read_cite(cite))
                for entry in item.entries:
                    extend(found, self.cites_inside(entry.value))
        return found

    def read_cite(self, entry: Entry) -> list[str]:
        nodes = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        found: list[str] = []
        for node in nodes:
            name = node.value if isinstance(node, Scalar) else None
            if not isinstance(name, str):
                self.problems.error(node.spot, "cite names one clause or a list", "write cite: [CLAUSE, CLAUSE]")
            elif name not in self.pages.clauses:
                advice = nearest_or_list(name, self.pages.clauses)
                self.problems.error(node.spot, f"no clause {name!r} is printed in this file", advice)
            else:
                self.merged.cited.setdefault(name, node.spot)
                extend(found, [name])
        return found


def extend(into: list[str], names: list[str]) -> None:
    into.extend(name for name in names if name not in into)


def spread_bound(merged: Merged) -> None:
    """A fragment with `cite` alone binds its clause to everything under it."""
    for said in [said for said in merged.said.values() if said.bound]:
        for other in merged.within(said.path):
            extend(other.clauses, said.bound)
