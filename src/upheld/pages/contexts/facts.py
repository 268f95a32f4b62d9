"""Facts: what happened, who says so, what it changed."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.core.timeline import Instant
from upheld.pages.contexts.page import Link, Page
from upheld.pages.contexts.parts import AgreementName, Choice, Empty, FactLine
from upheld.pages.words import capitalise, say_count, tell_fact

NONE_RECORDED = Empty("No fact is recorded", "Facts are written by probes and by people; the first comes with an agreement.")


@dataclass(frozen=True, kw_only=True, slots=True)
class FactsPage(Page):
    """The ledger of one agreement, the latest first; filters are in the address, pages go by cursor."""

    template: ClassVar[str] = "upheld/facts.html"
    section: ClassVar[str] = "Facts"

    as_of: Instant
    url: str
    rows: tuple[FactLine, ...] = ()
    agreement: str = ""
    agreements: tuple[Choice, ...] = ()
    kind: str = ""
    kinds: tuple[Choice, ...] = ()
    size: int = 0
    """Entries of the ledger that is shown."""
    checkpoint: str = ""
    """The latest signed checkpoint in words."""
    older: Link | None = None
    newer: Link | None = None
    empty: Empty = NONE_RECORDED
    witnesses: Link | None = None
    """Who outside keeps the heads of the ledger."""

    @property
    def heading(self) -> str:
        return f"{say_count(self.size, 'fact is', 'facts are')} recorded" if self.size else "No fact is recorded yet"


@dataclass(frozen=True, kw_only=True, slots=True)
class FactPage(Page):
    """One fact: never editable; a correction is a fact of its own."""

    template: ClassVar[str] = "upheld/fact.html"
    section: ClassVar[str] = "Facts"

    as_of: Instant
    list_url: str
    line: FactLine
    agreement: AgreementName | None = None
    leaf: str = ""
    """Hash of its leaf, hexadecimal."""
    canonical: str = ""
    """The canonical writing, as it stands in the tree and in a bundle."""
    proof: tuple[str, ...] = ()
    """The audit path from the leaf to the head, hexadecimal."""
    head: str = ""
    head_size: int | None = None
    corrects: Link | None = None
    changed: tuple[Link, ...] = ()
    """Findings and pages that rest on it."""

    @property
    def heading(self) -> str:
        told = tell_fact(self.line.fact)
        return capitalise(told)

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields of its kind, as they are written."""
        shared = {"type", "occurred_at", "recorded_at", "source"}
        return tuple(
            (name.replace("_", " "), ", ".join(value) if isinstance(value, list) else str(value))
            for name, value in self.line.fact.to_json().items()
            if name not in shared
        )

    @property
    def title(self) -> str:
        return f"Fact #{self.line.number:,}"

    @property
    def crumbs(self) -> tuple[Link, ...]:
        return (Link("Facts", self.list_url), Link(f"#{self.line.number:,}"))
