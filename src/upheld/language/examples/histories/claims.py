"""Claims of an example."""

from collections.abc import Iterator
from typing import Any

from upheld.core.facts import Fact
from upheld.core.timeline import HOUR
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer

KNOWN_AT = {"aware at": "aware_at", "eligible at": "eligible_at"}
"""When the customer knew of it, and when he became entitled to ask: the field of an example, and that of the fact."""


def write_claim(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    at = one.at("at")
    if "overdue" in one.fields:
        due_at, amount = at.before(HOUR), one.text("overdue")
        yield writer.fact("invoice-issued", due_at, invoice=f"I-{number}", amount=amount, due_at=due_at)
    details = one.texts("details")
    if details == ["all"]:
        details = asked_details(writer, one.text("for"))
    ticket = writer.tickets[-1] if writer.tickets else ""
    known = {field: one.at(name) for name, field in KNOWN_AT.items() if name in one.fields}
    yield writer.fact(
        "claim-filed", at, claim=f"C-{number}", credit=one.text("for"), outage=writer.outage_of(one),
        channel=one.text("channel", "website"), ticket=ticket, details=details, **known,
    )  # fmt: skip


def asked_details(writer: Writer, credit: str) -> list[str]:
    """Everything that a claim for a credit must tell."""
    claims: dict[str, Any] = writer.document.blocks.get("claims", {})
    rules = [rule for rule in claims.values() if credit in rule.get("for", ())]
    return [str(entry["ask"]) for rule in rules for entry in rule.get("details", ()) if isinstance(entry, dict)]
