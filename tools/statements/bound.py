"""
Binding done once: the same text with the same values, readings and zones is the same rules for every statement.

Half of the time of a statement would go into reading the same terms again, for each sense of each reading. Whoever issues
and whoever verifies remember on their own, so that what one side bound is never an answer to the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from unittest.mock import patch

from upheld.core.proof import canonical_bytes
from upheld.core.statement import gathering
from upheld.core.terms import Document, TermProblem, Terms
from upheld.core.terms.binding import bind

Key = tuple[str, str, str]
AT_A_TIME = 16


@dataclass
class Bound:
    """What one side bound so far, by all that binding depends on, as it is written: never by which object it was."""

    found: dict[Key, Terms | list[TermProblem]] = field(default_factory=dict)
    read: dict[int, tuple[Any, str]] = field(default_factory=dict)
    """The digests of the texts and calendars last seen; each is held, so that its place stays its own."""

    def bind(
        self, document: Document, calendars: Mapping[str, Any], parameters: Mapping[str, str], readings: Mapping[str, str],
        zones: Mapping[str, Sequence[str]] | None = None,
    ) -> Terms | list[TermProblem]:  # fmt: skip
        """As `core.terms.bind` answers, or answered before."""
        chosen = {name: list(zone) for name, zone in (zones or {}).items()}
        values = canonical_bytes([dict(parameters), dict(readings), chosen]).decode()
        key = (self.digest_of(document), self.digest_of(calendars), values)
        if key not in self.found:
            self.found[key] = bind(document, calendars, parameters, readings, zones)
        return self.found[key]

    def digest_of(self, thing: Document | Mapping[str, Any]) -> str:
        if id(thing) not in self.read:
            if len(self.read) >= AT_A_TIME:
                self.read.clear()
            written = thing.to_json() if isinstance(thing, Document) else dict(thing)
            self.read[id(thing)] = thing, sha256(canonical_bytes(written)).hexdigest()
        return self.read[id(thing)][1]

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """While it lasts, statements are built with what was bound before."""
        with patch.object(gathering, "bind", self.bind):
            yield
