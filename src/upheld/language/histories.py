"""The history of an example as facts: what the judge would have read, had it happened."""

from collections.abc import Iterator
from typing import Any

from upheld.core.facts import Fact, read_fact
from upheld.core.terms import Document
from upheld.core.timeline import HOUR, Instant, Span
from upheld.language.examples import Example, Happened

SOURCE = "example"


def make_facts(document: Document, example: Example, period: Span, as_of: Instant) -> list[Fact]:
    """Every fact of an example. All time counts as measured unless the example says that some was not."""
    writer = Writer(document)
    facts = [fact for number, one in enumerate(example.history, start=1) for fact in writer.write(one, number)]
    begin = min([period.start, *(fact.occurred_at for fact in facts)])
    facts += writer.cover(begin, as_of)
    if example.signed_at:
        facts.append(writer.sign(example.signed_at))
    return facts


def last_instant(example: Example) -> Instant | None:
    """The last instant of which an example speaks."""
    fields = (one.fields[name] for one in example.history for name in ("from", "to", "at") if name in one.fields)
    return max((Instant.parse(str(written)) for written in fields), default=None)


class Writer:
    """Writes the facts of one example; outages and tickets are called by their place in its list."""

    def __init__(self, document: Document) -> None:
        self.document = document
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

    def write(self, one: Happened, number: int) -> Iterator[Fact]:
        at = {name: Instant.parse(str(one.fields[name])) for name in ("from", "to", "at") if name in one.fields}
        if one.kind == "outage":
            yield from self.write_outage(one, at["from"], at["to"], f"O-{number}")
        elif one.kind == "maintenance":
            yield from self.write_window(one, at["from"], at["to"], f"W-{number}")
        elif one.kind == "ticket":
            self.tickets.append(f"T-{number}")
            channel = str(one.fields.get("channel", "website"))
            yield self.fact("ticket-opened", at["at"], ticket=f"T-{number}", channel=channel, outage=self.outage_of(one))
        elif one.kind == "claim":
            yield from self.write_claim(one, at["at"], number)
        elif one.kind == "not measured":
            for component in self.components(one):
                span = {"from_at": at["from"], "to_at": at["to"], "because": "as the example says"}
                yield self.fact("not-measured", at["to"], component=component, **span)

    def write_outage(self, one: Happened, start: Instant, end: Instant, outage: str) -> Iterator[Fact]:
        self.outages.append(outage)
        component = self.components(one)[0]
        yield self.fact(
            "outage-opened", start, outage=outage, component=component, first_bad_at=start, last_good_at=start
        )
        yield self.fact("outage-closed", end, outage=outage, last_bad_at=end, first_good_at=end)
        if "cause" in one.fields:
            cause = {"cause": str(one.fields["cause"]), "evidence": "as the example says", "by": SOURCE}
            assigned = self.fact("cause-assigned", end, outage=outage, from_at=start, to_at=end, **cause)
            yield assigned
            # An example tells causes that hold: whoever had to approve them has done so.
            yield self.fact("cause-approved", end, assignment=assigned.id, by="second person")

    def write_window(self, one: Happened, start: Instant, end: Instant, window: str) -> Iterator[Fact]:
        notice, vendor = (
            Instant.parse(str(one.fields[name])) if name in one.fields else None
            for name in ("notice at", "vendor notice at")
        )
        planned_at = min(at for at in (notice, vendor, start) if at is not None)
        kind = str(one.fields["kind"])
        yield self.fact("window-planned", planned_at, window=window, kind=kind, from_at=start, to_at=end)
        if vendor:
            yield self.fact("vendor-notice-received", vendor, window=window, vendor="vendor")
        if notice:
            yield self.fact("notice-given", notice, window=window, to="customer", by="email")
        yield self.fact("window-started", start, window=window)
        yield self.fact("window-ended", end, window=window)

    def write_claim(self, one: Happened, at: Instant, number: int) -> Iterator[Fact]:
        if "overdue" in one.fields:
            due_at = at.before(HOUR)
            amount = str(one.fields["overdue"])
            yield self.fact("invoice-issued", due_at, invoice=f"I-{number}", amount=amount, due_at=due_at)
        details = one.fields.get("details", [])
        yield self.fact(
            "claim-filed", at, claim=f"C-{number}", credit=str(one.fields["for"]), outage=self.outage_of(one),
            channel=str(one.fields.get("channel", "website")), ticket=self.tickets[-1] if self.tickets else "",
            details=[str(detail) for detail in details] if isinstance(details, list) else [str(details)],
        )  # fmt: skip

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
        services: dict[str, Any] = self.document.blocks.get("services", {})
        first = next(iter(services.values()), None) or {}
        return list(first.get("components", {})) or ["service"]

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
