"""An agreement as canonical JSON: its blocks as written, which clauses each value carries out, and the clauses' prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGE = "1"


@dataclass(frozen=True, slots=True)
class Document:
    """
    What `language` makes of a literate file, and what a signature covers.

    `blocks` hold maps, lists, texts, true and false (every quantity stays the text that was written; the grammar is
    core's). `cites` maps a path such as `availability/uptime/target` to clause ids; a path without an entry is served by
    the nearest enclosing one. `clauses` maps each clause id to its prose.
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
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Document":
        if written.get("language") != LANGUAGE:
            raise ValueError(f"terms of language {written.get('language')!r}; this judge reads language {LANGUAGE}")
        cites = {path: tuple(clauses) for path, clauses in written["cites"].items()}
        return cls(written["blocks"], cites, written["clauses"])
