"""Invoices of an example, what was credited before it begins, and what a side decided."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer


def write_invoice(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """An invoice that is due at `at` and, where `to` is told, was paid then."""
    due_at, paid_at = one.at("at"), one.instant("to")
    invoice = f"I-{number}"
    yield writer.fact("invoice-issued", due_at, invoice=invoice, amount=one.text("price"), due_at=due_at)
    if paid_at:
        yield writer.fact("invoice-paid", paid_at, invoice=invoice)


def write_earlier(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A credit that was given before: taken off an invoice."""
    yield writer.fact("credit-applied", one.at("at"), credit=one.text("for"), amount=one.text("given"))


def write_decision(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """The provider gives, or refuses, what stands at his discretion, for the period that begins at `from`."""
    yield writer.fact(
        "credit-decided", one.at("at"), credit=one.text("for"), period_from_at=one.at("from"),
        granted=one.text("given") == "true", by="provider", because="as the example says",
    )  # fmt: skip


def write_use(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """A side uses a right."""
    yield writer.fact("right-used", one.at("at"), right=one.text("for"), by=one.text("by", "customer"))
