"""Facts of the desk and of recovery that the judge cannot use, each with the reason."""

from collections.abc import Iterator, Sequence

from upheld.core.clocks.tickets import OF_TICKETS
from upheld.core.facts import (
    BackupTaken,
    BackupTested,
    CallReceived,
    DisasterDeclared,
    Fact,
    HoldClosed,
    HoldOpened,
    OutageOpened,
    PrioritySet,
    RecoveryPointUsed,
    TicketMerged,
    TicketOpened,
    TopicSet,
    of_kind,
)
from upheld.core.terms import Terms


def find_unusable_of_desk(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    """Every fact of a ticket, a call, a backup or a recovery that names what nothing knows."""
    tickets = {fact.ticket for fact in of_kind(facts, TicketOpened)}
    if terms.desk.clocks or terms.desk.telephone:
        yield from find_of_tickets(terms, facts, tickets)
    yield from find_of_recovery(terms, facts)


def find_of_tickets(terms: Terms, facts: Sequence[Fact], tickets: set[str]) -> Iterator[str]:
    for fact in facts:
        if isinstance(fact, OF_TICKETS) and fact.ticket not in tickets:
            yield f"{fact.id}: no ticket is called {fact.ticket!r}; nothing of it is judged"
    for merge in of_kind(facts, TicketMerged):
        if merge.into not in tickets:
            yield f"{merge.id}: no ticket is called {merge.into!r}; nothing is merged into it"
    for put in of_kind(facts, PrioritySet):
        if terms.desk.priorities and put.priority not in terms.desk.priorities:
            yield f"{put.id}: priority {put.priority!r} is not in the agreement; no time is promised for it"
    for opened in of_kind(facts, TicketOpened):
        if terms.desk.channels and opened.channel not in terms.desk.channels:
            yield f"{opened.id}: channel {opened.channel!r} is not in the agreement; clocks of a channel do not run on it"
        if terms.desk.topics and opened.topic and opened.topic not in terms.desk.topics:
            yield f"{opened.id}: topic {opened.topic!r} is not in the agreement; it takes away no clock"
    for named in of_kind(facts, TopicSet):
        if named.topic not in terms.desk.topics:
            yield f"{named.id}: topic {named.topic!r} is not in the agreement; it takes away no clock"
    yield from find_of_holds(terms, facts)
    for call in of_kind(facts, CallReceived):
        if call.ticket and call.ticket not in tickets:
            yield f"{call.id}: no ticket is called {call.ticket!r}; the call counts as one without a ticket"


def find_of_holds(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    holds = {(fact.ticket, fact.hold) for fact in of_kind(facts, HoldOpened)}
    for hold in of_kind(facts, HoldOpened):
        if not hold.evidence:
            yield f"{hold.id}: nothing proves hold {hold.hold!r}; it stops no clock until there is evidence"
        if hold.cause and hold.cause not in terms.causes:
            yield f"{hold.id}: cause {hold.cause!r} is not in the agreement; it stops no clock"
    for closed in of_kind(facts, HoldClosed):
        if (closed.ticket, closed.hold) not in holds:
            yield f"{closed.id}: no hold of ticket {closed.ticket!r} is called {closed.hold!r}; it ends nothing"


def find_of_recovery(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    outages = {fact.outage for fact in of_kind(facts, OutageOpened)}
    copies = {fact.backup for fact in of_kind(facts, BackupTaken)}
    for taken in of_kind(facts, BackupTaken):
        if terms.desk.backups and taken.kind not in terms.desk.backups:
            yield f"{taken.id}: no duty of backups is called {taken.kind!r}; the copy serves none"
    for test in of_kind(facts, BackupTested):
        if test.backup not in copies:
            yield f"{test.id}: no backup is called {test.backup!r}; its test says nothing"
    for used in of_kind(facts, RecoveryPointUsed):
        if used.outage not in outages:
            yield f"{used.id}: no outage is called {used.outage!r}; its recovery point is that of nothing"
    for declared in of_kind(facts, DisasterDeclared):
        if declared.outage not in outages:
            yield f"{declared.id}: no outage is called {declared.outage!r}; the declaration is that of nothing"
