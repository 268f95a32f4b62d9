"""Claims of an example."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.core.timeline import HOUR
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer


def write_claim(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    at = one.at("at")
    if "overdue" in one.fields:
        due_at, amount = at.before(HOUR), one.text("overdue")
        yield writer.fact("invoice-issued", due_at, invoice=f"I-{number}", amount=amount, due_at=due_at)
    ticket = writer.tickets[-1] if writer.tickets else ""
    yield writer.fact(
        "claim-filed", at, claim=f"C-{number}", credit=one.text("for"), outage=writer.outage_of(one),
        channel=one.text("channel", "website"), ticket=ticket, details=one.texts("details"),
    )  # fmt: skip
