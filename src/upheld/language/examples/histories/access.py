"""Who asks for what in an example, and the switches that are turned."""

from collections.abc import Iterator

from upheld.core.facts import Fact
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer


def write_access(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    yield writer.fact(
        "access-asked", one.at("at"), who=one.text("who"), what=one.text("what"), purpose=one.text("purpose"),
        given=one.texts("given"),
    )  # fmt: skip


def write_switch(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """Turned by the side that holds it, unless the example names another."""
    switch = one.text("what")
    rule = writer.document.blocks.get("switches", {}).get(switch, {})
    side = one.text("by") or str(rule.get("held by", ""))
    yield writer.fact("switch-turned", one.at("at"), switch=switch, on=one.fields.get("on") is True, side=side)
