"""Facts with their numbers: the places in their ledger, which proofs and bundles name too."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.urls import reverse

from upheld.apps.findings.queries import known_facts
from upheld.core.facts import Fact, FactCorrected
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import FactLine


class FactLines(Mapping[str, FactLine]):
    """The facts of one ledger by their ids, each with its number; made as it is asked for."""

    def __init__(self, key: str, as_of: Instant, namespace: str = "") -> None:
        head, self.facts = known_facts(key)
        self.key = key
        self.namespace = namespace
        self.as_of = as_of
        self.size = head.size if head else 0
        self.places, self.corrections = read_places(key, head.root if head else b"")

    def __getitem__(self, name: str) -> FactLine:
        return self.at(self.places[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def at(self, number: int) -> FactLine:
        """The fact at a place; IndexError where there is none."""
        fact = self.facts[number]
        corrected = self.corrections.get(fact.id)
        is_known = corrected is not None and self.facts[corrected].recorded_at <= self.as_of
        return FactLine(number, fact, self.url_of(number), self.link(corrected) if corrected and is_known else None)

    def named(self, names: "tuple[str, ...] | list[str]") -> tuple[FactLine, ...]:
        """The lines of those ids that the ledger has."""
        return tuple(self[name] for name in names if name in self.places)

    def url_of(self, number: int) -> str:
        return reverse(f"{self.namespace}fact", args=[self.key, number])

    def link(self, number: int) -> Link:
        return Link(f"#{number:,}", self.url_of(number))

    def name(self, fact: str) -> tuple[Link, ...]:
        """Where a fact is read, in words; nothing for one that the ledger does not have."""
        found = self.link(self.places[fact]) if fact in self.places else None
        return (Link(f"Fact {found.words}", found.url),) if found else ()

    def link_fact(self, fact: Fact) -> Link | None:
        """For a toast: the fact that a deed left."""
        return self.link(self.places[fact.id]) if fact.id in self.places else None


def lines_of(asked: Asked, key: str) -> FactLines:
    """The facts of an agreement as whoever asks sees them, linked within the interface that was asked."""
    return FactLines(key, asked.as_of, asked.frame.namespace)


@lru_cache(maxsize=20)
def read_places(key: str, root: bytes) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Where each fact lies, and where the correction of each lies; the same for every reader of one ledger's state."""
    _, facts = known_facts(key)
    places = {fact.id: place for place, fact in enumerate(facts)}
    corrections = {fact.corrects: place for place, fact in enumerate(facts) if isinstance(fact, FactCorrected)}
    return places, corrections
