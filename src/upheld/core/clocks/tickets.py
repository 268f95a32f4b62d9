"""Tickets from facts: all that was recorded of each, gathered in one pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from upheld.core.facts import (
    AnswerWaived,
    Fact,
    FaultIdentified,
    HoldClosed,
    HoldOpened,
    InformationCompleted,
    MessageSent,
    PrioritySet,
    TicketMerged,
    TicketOpened,
    TicketReopened,
    TicketResolved,
    TopicSet,
    WorkStarted,
)
from upheld.core.timeline import Instant

OF_TICKETS = (
    AnswerWaived, FaultIdentified, HoldClosed, HoldOpened, InformationCompleted, MessageSent, PrioritySet, TicketMerged,
    TicketReopened, TicketResolved, TopicSet, WorkStarted,
)  # fmt: skip


@dataclass(slots=True)
class Ticket:
    """One ticket with its facts, each kind in the order in which it happened."""

    id: str
    opened: TicketOpened
    messages: list[MessageSent] = field(default_factory=list)
    waived: list[AnswerWaived] = field(default_factory=list)
    priorities: list[PrioritySet] = field(default_factory=list)
    topics: list[TopicSet] = field(default_factory=list)
    works: list[WorkStarted] = field(default_factory=list)
    informed: list[InformationCompleted] = field(default_factory=list)
    identified: list[FaultIdentified] = field(default_factory=list)
    resolved: list[TicketResolved] = field(default_factory=list)
    reopened: list[TicketReopened] = field(default_factory=list)
    merged: list[TicketMerged] = field(default_factory=list)
    holds: list[HoldOpened] = field(default_factory=list)
    closings: list[HoldClosed] = field(default_factory=list)


LISTS: Mapping[type[Fact], str] = {
    AnswerWaived: "waived", FaultIdentified: "identified", HoldClosed: "closings", HoldOpened: "holds",
    InformationCompleted: "informed", MessageSent: "messages", PrioritySet: "priorities", TicketMerged: "merged",
    TicketReopened: "reopened", TicketResolved: "resolved", TopicSet: "topics", WorkStarted: "works",
}  # fmt: skip


def read_tickets(facts: Iterable[Fact], as_of: Instant) -> dict[str, Ticket]:
    """Every ticket of which the facts tell, as of an instant; facts of a ticket that nobody opened belong to none."""
    known = sorted(
        (fact for fact in facts if isinstance(fact, (TicketOpened, *OF_TICKETS)) and fact.occurred_at <= as_of),
        key=lambda fact: (fact.occurred_at.micros, fact.recorded_at.micros, fact.id),
    )
    tickets: dict[str, Ticket] = {}
    for fact in known:
        if isinstance(fact, TicketOpened):
            tickets.setdefault(fact.ticket, Ticket(fact.ticket, fact))
    for fact in known:
        if not isinstance(fact, TicketOpened) and (ticket := tickets.get(fact.ticket)):
            getattr(ticket, LISTS[type(fact)]).append(fact)
    return tickets
