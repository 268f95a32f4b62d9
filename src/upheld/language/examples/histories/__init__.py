"""The history of an example as facts: what the judge would have read, had it happened."""

from collections.abc import Callable, Iterator, Mapping

from upheld.core.facts import Fact
from upheld.core.terms import Document
from upheld.core.timeline import Instant, Span
from upheld.language.examples.example import Example, Happened
from upheld.language.examples.histories.claims import write_claim
from upheld.language.examples.histories.outages import write_outage, write_unmeasured
from upheld.language.examples.histories.tickets import write_ticket
from upheld.language.examples.histories.windows import write_window
from upheld.language.examples.histories.writer import Writer

WRITERS: Mapping[str, Callable[[Writer, Happened, int], Iterator[Fact]]] = {
    "outage": write_outage,
    "not measured": write_unmeasured,
    "maintenance": write_window,
    "ticket": write_ticket,
    "claim": write_claim,
}
"""Each kind of entry with what writes its facts. `number` is its place in the list, from one."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "outage": ("from", "to"),
    "maintenance": ("kind", "from", "to"),
    "ticket": ("at",),
    "claim": ("at", "for"),
    "not measured": ("from", "to"),
}
"""The fields without which an entry says too little."""


def make_facts(document: Document, example: Example, period: Span, as_of: Instant) -> list[Fact]:
    """Every fact of an example. All time counts as measured unless the example says that some was not."""
    writer = Writer(document)
    facts = [fact for number, one in enumerate(example.history, start=1) for fact in WRITERS[one.kind](writer, one, number)]
    begin = min([period.start, *(fact.occurred_at for fact in facts)])
    facts += writer.cover(begin, as_of)
    if example.signed_at:
        facts.append(writer.sign(example.signed_at))
    return facts


def last_instant(example: Example) -> Instant | None:
    """The last instant of which an example speaks."""
    told = (one.instant(name) for one in example.history for name in ("from", "to", "at"))
    return max((at for at in told if at is not None), default=None)
