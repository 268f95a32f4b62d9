"""Writing the facts of one example; outages and tickets are called by their place in its list."""

from typing import Any

from upheld.core.facts import Fact, read_fact
from upheld.core.terms import Document
from upheld.core.timeline import Instant, Span
from upheld.language.examples.example import Happened

SOURCE = "example"


class Writer:
    """The facts of one example, in one ledger; what was named before can be spoken of again."""

    def __init__(self, document: Document, period: Span) -> None:
        self.document = document
        self.period = period
        self.outages: list[str] = []
        self.tickets: list[str] = []
        self.count = 0

    def fact(self, kind: str, at: Instant, /, **fields: Any) -> Fact:
        self.count += 1
        written = {name: str(value) if isinstance(value, Instant) else value for name, value in fields.items()}
        made = read_fact({
            "type": f"{kind}/1", "id": f"example-{self.count}", "agreement": self.document.id, "occurred_at": str(at),
            "recorded_at": str(at), "source": SOURCE, **written,
        })  # fmt: skip
        if isinstance(made, list):
            raise ValueError(f"{kind}: {'; '.join(str(problem) for problem in made)}")
        return made

    def outage_of(self, one: Happened) -> str:
        """The outage that a ticket or a claim is about: the last one told, or the one whose place in the list it gives."""
        named = str(one.fields.get("outage", ""))
        if named.isdigit() and 1 <= int(named) <= len(self.outages):
            return self.outages[int(named) - 1]
        return self.outages[-1] if self.outages else ""

    def components(self, one: Happened) -> list[str]:
        """The component named, or every component of the first service."""
        if "component" in one.fields:
            return [str(one.fields["component"])]
        return list(self.first_service().get("components", {})) or ["service"]

    def first_service(self) -> dict[str, Any]:
        services: dict[str, Any] = self.document.blocks.get("services", {})
        return next(iter(services.values()), None) or {}

    def cover(self, begin: Instant, as_of: Instant) -> list[Fact]:
        """A record that covers all the time for every evidence that a promise names."""
        promises: dict[str, Any] = self.document.blocks.get("availability", {})
        named = [rule.get("evidence") for rule in promises.values()]
        names = dict.fromkeys(name for one in named if isinstance(one, list) for name in one)
        return [self.fact("coverage-declared", as_of, from_at=begin, to_at=as_of, evidence=name) for name in names]

    def sign(self, at: Instant) -> Fact:
        digests = dict.fromkeys(("source_digest", "terms_digest", "calendars_digest", "verifier_key"), "")
        agreement = {"document": self.document.id, "version": self.document.version, "customer": "example"}
        return self.fact("agreement-signed", at, **agreement, **digests)
