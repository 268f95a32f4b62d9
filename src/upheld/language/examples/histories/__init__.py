"""The history of an example as facts: what the judge would have read, had it happened."""

from collections.abc import Callable, Iterator, Mapping

from upheld.core.facts import Fact
from upheld.core.terms import Document
from upheld.core.timeline import Instant, Span
from upheld.language.examples.example import Example, Happened
from upheld.language.examples.histories.access import write_access, write_switch
from upheld.language.examples.histories.claims import write_claim
from upheld.language.examples.histories.duties import (
    write_change,
    write_check,
    write_duty,
    write_event,
    write_notice,
    write_review,
    write_version,
)
from upheld.language.examples.histories.fees import write_instruction, write_resource, write_work
from upheld.language.examples.histories.money import write_decision, write_earlier, write_invoice, write_use
from upheld.language.examples.histories.outages import write_outage, write_unmeasured
from upheld.language.examples.histories.recovery import write_backup, write_drill, write_restore
from upheld.language.examples.histories.tickets import write_call, write_hold, write_message, write_ticket
from upheld.language.examples.histories.traffic import write_level, write_requests, write_task
from upheld.language.examples.histories.windows import write_window
from upheld.language.examples.histories.writer import Writer

WRITERS: Mapping[str, Callable[[Writer, Happened, int], Iterator[Fact]]] = {
    "outage": write_outage,
    "not measured": write_unmeasured,
    "maintenance": write_window,
    "ticket": write_ticket,
    "message": write_message,
    "hold": write_hold,
    "call": write_call,
    "backup": write_backup,
    "restore": write_restore,
    "drill": write_drill,
    "claim": write_claim,
    "invoice": write_invoice,
    "earlier": write_earlier,
    "decision": write_decision,
    "use": write_use,
    "work": write_work,
    "resource": write_resource,
    "instruction": write_instruction,
    "access": write_access,
    "switch": write_switch,
    "change": write_change,
    "version": write_version,
    "check": write_check,
    "duty": write_duty,
    "notice": write_notice,
    "event": write_event,
    "review": write_review,
    "requests": write_requests,
    "level": write_level,
    "task": write_task,
}
"""Each kind of entry with what writes its facts. `number` is its place in the list, from one."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "outage": ("from", "to"),
    "maintenance": ("kind", "from", "to"),
    "ticket": ("at",),
    "message": ("at",),
    "hold": ("from", "to"),
    "call": ("at",),
    "backup": ("at", "kind"),
    "restore": ("from", "to", "kind"),
    "drill": ("from", "to"),
    "claim": ("at", "for"),
    "not measured": ("from", "to"),
    "invoice": ("at", "price"),
    "earlier": ("at", "for", "given"),
    "decision": ("at", "for", "from", "given"),
    "use": ("at", "for"),
    "work": ("at", "for"),
    "resource": ("from",),
    "instruction": ("at",),
    "access": ("at", "who", "what"),
    "switch": ("at", "what", "on"),
    "change": ("at",),
    "version": ("effective",),
    "check": ("at", "what", "required", "found"),
    "duty": ("at", "for"),
    "notice": ("at", "for"),
    "event": ("at", "kind"),
    "review": ("at",),
    "requests": ("count", "failed"),
    "level": ("from", "to", "for", "level"),
    "task": ("from", "for"),
}
"""The fields without which an entry says too little."""


def make_facts(document: Document, example: Example, period: Span, as_of: Instant) -> list[Fact]:
    """Every fact of an example. All time counts as measured unless the example says that some was not."""
    writer = Writer(document, period)
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
