"""An agreement as canonical JSON: its blocks as written, which clauses each value carries out, and the clauses' prose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGE = "1"


@dataclass(frozen=True, slots=True)
class Document:
    """
    What `language` makes of a literate file, and what a signature covers.

    `blocks` hold maps, lists, texts, true and false (every quantity stays the text that was written; the grammar is
    core's). `cites` maps a path such as `availability/uptime/target` to clause ids; a path without an entry is served by
    the nearest enclosing one. `clauses` maps each clause id to its prose. Maps are in the order of the file, or of the
    order that the canonical JSON keeps beside them: both judge alike.
    """

    blocks: Mapping[str, Any]
    cites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)

    def clauses_of(self, *path: str) -> tuple[str, ...]:
        """The clauses that a value carries out: those of its nearest enclosing path."""
        for length in range(len(path), 0, -1):
            if found := self.cites.get("/".join(path[:length])):
                return tuple(found)
        return ()

    @property
    def id(self) -> str:
        return str(self.blocks["agreement"]["id"])

    @property
    def version(self) -> str:
        return str(self.blocks["agreement"]["version"])

    @property
    def title(self) -> str:
        return str(self.blocks["agreement"]["title"])

    def to_json(self) -> dict[str, Any]:
        return {
            "language": LANGUAGE,
            "blocks": self.blocks,
            "cites": {path: list(clauses) for path, clauses in self.cites.items()},
            "clauses": dict(self.clauses),
            "order": {path: list(keys) for path, keys in orders_of({"blocks": self.blocks, "clauses": self.clauses}, "")},
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Document":
        if written.get("language") != LANGUAGE:
            raise ValueError(f"terms of language {written.get('language')!r}; this judge reads language {LANGUAGE}")
        cites = {path: tuple(clauses) for path, clauses in written["cites"].items()}
        told = in_order({"blocks": written["blocks"], "clauses": written["clauses"]}, "", written["order"])
        return cls(told["blocks"], cites, told["clauses"])


def orders_of(value: Any, path: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    The order of each map that is not the alphabet's. Canonical JSON sorts its keys; an agreement is told in its own order
    (grounds of refusal, clauses), though order never decides a figure.
    """
    if isinstance(value, Mapping):
        keys = tuple(value)
        if keys != tuple(sorted(keys)):
            yield path, keys
        for key in keys:
            yield from orders_of(value[key], f"{path}/{key}")
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from orders_of(item, f"{path}/{place}")


def in_order(value: Any, path: str, orders: Mapping[str, Any]) -> Any:
    """The same value with each map in the order that was kept; an order that names other keys is refused."""
    if isinstance(value, Mapping):
        keys = list(orders.get(path, sorted(value)))
        if sorted(keys) != sorted(value):
            raise ValueError(f"the order kept for {path} names {keys}, the map has {sorted(value)}")
        return {key: in_order(value[key], f"{path}/{key}", orders) for key in keys}
    if isinstance(value, list):
        return [in_order(item, f"{path}/{place}", orders) for place, item in enumerate(value)]
    return value
