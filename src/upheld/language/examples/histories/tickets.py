"""Tickets of an example."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer


def write_ticket(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    writer.tickets.append(f"T-{number}")
    channel = one.text("channel", "website")
    yield writer.fact("ticket-opened", one.at("at"), ticket=f"T-{number}", channel=channel, outage=writer.outage_of(one))
