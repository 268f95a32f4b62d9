"""Facts of the desk and of recovery as sentences."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

from upheld.core.timeline import Span
from upheld.pages.words.instants import say_instant, say_span

THIRD_PARTY = "third party"


def tell_message(fact: Any) -> str:
    who = {"customer": "the customer", "person": fact.by or "a person", "machine": "a machine"}.get(fact.author, fact.author)
    kind = "message" if fact.is_public else "note"
    says = f", with {' and '.join(fact.says)}" if fact.says else ""
    return f"{kind} of {who} on ticket {fact.ticket}{says}"


def say_wait(whom: str, cause: str = "") -> str:
    """
    For whom work waits, or under which cause of the agreement it stands.

    >>> say_wait("third party"), say_wait("customer"), say_wait("", "storm")
    ('waits for a third party', 'waits for the customer', 'stands under the cause storm')
    """
    if not whom:
        return f"stands under the cause {cause}" if cause else "waits"
    plain = whom.replace("-", " ")
    return f"waits for {'a' if plain == THIRD_PARTY else 'the'} {plain}"


def tell_hold(fact: Any) -> str:
    reason = say_wait(fact.waiting_for, fact.cause)
    until = f", until {say_instant(fact.until_at)}" if fact.until_at else ""
    proof = f", proven by {fact.evidence}" if fact.evidence else ", not proven yet"
    return f"ticket {fact.ticket} {reason}{until}{proof}"


def tell_backup(fact: Any) -> str:
    state = f", {' and '.join(fact.properties)}" if fact.properties else ""
    size = f", {fact.bytes:,} bytes" if fact.bytes else ""
    return f"backup {fact.backup} of {fact.kind} taken{state}{size}{'' if fact.is_good else ', cannot be restored from'}"


def tell_drill(fact: Any) -> str:
    point = f", from the data of {say_instant(fact.point_at)}" if fact.point_at else ""
    return f"drill {fact.drill}: {say_span(Span.forward(fact.from_at, fact.restored_at))}{point}"


OF_DESK: MappingProxyType[str, Callable[[Any], str]] = MappingProxyType(
    {
        "priority-set": lambda f: f"priority of ticket {f.ticket} set to {f.priority} by {f.by}",
        "topic-set": lambda f: f"topic of ticket {f.ticket} set to {f.topic} by {f.by}",
        "message-sent": tell_message,
        "answer-waived": lambda f: f"message {f.message} on ticket {f.ticket} needs no answer: {f.because}",
        "work-started": lambda f: f"{f.by} began to work on ticket {f.ticket}",
        "information-completed": lambda f: f"all that ticket {f.ticket} needs has come",
        "fault-identified": lambda f: f"{f.by} found the fault behind ticket {f.ticket}",
        "ticket-resolved": lambda f: f"ticket {f.ticket} resolved by {f.by}",
        "ticket-reopened": lambda f: f"ticket {f.ticket} opened again by {f.by}",
        "ticket-merged": lambda f: f"ticket {f.ticket} merged into {f.into} by {f.by}",
        "hold-opened": tell_hold,
        "hold-closed": lambda f: f"ticket {f.ticket} waits no longer ({f.hold})",
        "high-load-declared": lambda f: f"high load declared by {f.by}, {say_span(Span.forward(f.from_at, f.to_at))}",
        "call-received": lambda f: f"call {f.call} about {f'ticket {f.ticket}' if f.ticket else 'no ticket'}",
        "backup-taken": tell_backup,
        "backup-tested": lambda f: f"backup {f.backup} {'can' if f.is_good else 'cannot'} be restored from, tried by {f.by}",
        "recovery-point-used": lambda f: f"outage {f.outage}: the data of {say_instant(f.point_at)} were had back",
        "disaster-declared": lambda f: f"outage {f.outage} declared a disaster by {f.by}",
        "drill-run": tell_drill,
        "restore-done": lambda f: f"{f.kind} restore {f.restore} done, asked for {say_instant(f.asked_at)}",
    }
)
