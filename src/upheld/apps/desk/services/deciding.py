"""What staff decide about a ticket: its priority, its topic, who works on it, when it is settled."""

from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.facts import envelope
from upheld.apps.desk.models import State, Ticket
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.deeds import CannotDo, change, note, refuse_held
from upheld.apps.desk.services.waking import tell_of_assignment
from upheld.apps.ledger.services import record
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.facts import (
    FaultIdentified,
    InformationCompleted,
    PrioritySet,
    TicketReopened,
    TicketResolved,
    TopicSet,
    WorkStarted,
)
from upheld.core.timeline import Instant


def set_priority(*, ticket: Ticket, priority: str, by: str, because: str, at: Instant, side: str = "") -> None:
    """
    A priority from now on; a miss that happened stays. `side` is whose word it is; where it is not given, it is the word
    of whoever the agreement lets decide. Raises CannotDo for a priority that the agreement does not know, and for a
    customer's word without how it was given.
    """
    with change(ticket, at) as locked:
        refuse_held(locked, "set its priority")
        refuse_other("priority", priority, locked, at)
        if not side and customer_decides(locked, at):
            if not because.strip():
                raise CannotDo("the customer sets the priority under this agreement; say how they told you")
            side = "customer"
        side = side or "staff"
        note(locked, PrioritySet, at=at, source=by, priority=priority, by=by, side=side, because=because.strip())


def customer_decides(ticket: Ticket, at: Instant) -> bool:
    """Whether the agreement lets the customer set priorities: a word of ours moves no clock then."""
    return ticket.agreement is not None and terms_of(ticket.agreement, at).desk.set_by.value == "customer"


def weigh(*, ticket: Ticket, impact: str, urgency: str, by: str, because: str, at: Instant) -> None:
    """
    Impact and urgency are others than they were told to be. The agreement's matrix gives the priority that holds from now
    on, and what becomes of a clock that runs is the agreement's word. Recorded as the priority with both in its reason.

    Raises CannotDo where the agreement has no such matrix, and for words that it does not know.
    """
    with change(ticket, at) as locked:
        refuse_held(locked, "weigh it anew")
        assert locked.agreement is not None
        matrix = terms_of(locked.agreement, at).desk.matrix
        priority = matrix.get(impact, {}).get(urgency, "")
        if not priority:
            known = "; ".join(f"{name}: {', '.join(row)}" for name, row in matrix.items())
            raise CannotDo(
                f"{locked.agreement.key} gives no priority for impact {impact!r} and urgency {urgency!r}; "
                f"it knows {known or 'no matrix'}"
            )
        told = f"impact {impact}, urgency {urgency}{f': {because.strip()}' if because.strip() else ''}"
        note(locked, PrioritySet, at=at, source=by, priority=priority, by=by, side="staff", because=told)
        locked.impact, locked.urgency = impact, urgency


def set_topic(*, ticket: Ticket, topic: str, by: str, at: Instant) -> None:
    """What a ticket is about, as staff see it; what it was told to be about is kept in the facts. Raises CannotDo."""
    with change(ticket, at) as locked:
        refuse_held(locked, "say what it is about")
        refuse_other("topic", topic, locked, at)
        note(locked, TopicSet, at=at, source=by, topic=topic, by=by)
        locked.topic = topic


def refuse_other(what: str, name: str, ticket: Ticket, at: Instant) -> None:
    assert ticket.agreement is not None
    desk = terms_of(ticket.agreement, at).desk
    known = desk.priorities if what == "priority" else desk.topics
    if name not in known:
        raise CannotDo(f"{ticket.agreement.key} knows no {what} {name!r}; it knows {', '.join(known) or 'none'}")


def assign(*, ticket: Ticket, to: User | None, at: Instant, by: str = "") -> None:
    """
    Who of the provider's people works on it; they are told, unless it was they who took it. Nothing is promised by it, so
    no fact is recorded.
    """
    with change(ticket, at) as locked:
        is_theirs = to is not None and locked.assignee_id == to.pk
        locked.assignee = to
        if to is not None and not is_theirs and pseudonym_of(to) != by:
            tell_of_assignment(ticket=locked, to=to, at=at)


def start_work(*, ticket: Ticket, by: str, at: Instant) -> None:
    """A person begins to work on it."""
    with change(ticket, at) as locked:
        note(locked, WorkStarted, at=at, source=by, by=by)


def complete_information(*, ticket: Ticket, by: str, at: Instant) -> None:
    """All that is needed to begin has come."""
    with change(ticket, at) as locked:
        note(locked, InformationCompleted, at=at, source=by)


def identify_fault(*, ticket: Ticket, by: str, at: Instant) -> None:
    """The cause of what it reports was found."""
    with change(ticket, at) as locked:
        note(locked, FaultIdentified, at=at, source=by, by=by)


def resolve(*, ticket: Ticket, by: str, because: str, at: Instant) -> None:
    """A person holds the matter settled. Raises CannotDo where it is settled already."""
    with change(ticket, at) as locked:
        if locked.state == State.RESOLVED:
            raise CannotDo(f"{locked.name} is resolved already")
        settle(locked, by=by, because=because.strip(), at=at, recorded_at=at)


def settle(ticket: Ticket, *, by: str, because: str, at: Instant, recorded_at: Instant) -> None:
    """A ticket that is ours is settled as of an instant."""
    if ticket.agreement is not None:
        ticket.deeds += 1
        told = envelope(ticket, f"ticket-resolved-{ticket.deeds}", occurred_at=at, at=recorded_at, by=by)
        record(facts=[TicketResolved(**told, ticket=ticket.name, by=by, because=because)])
    ticket.resolved_at = at.utc()
    ticket.state = State.RESOLVED
    announce("ticket.resolved", ticket, key=f"resolved-{at.micros}", at=recorded_at, words="resolved")


def reopen(*, ticket: Ticket, by: str, because: str, at: Instant) -> None:
    """The same matter is not settled. Raises CannotDo where it is open."""
    if not because.strip():
        raise CannotDo("say why the matter is not settled")
    with change(ticket, at) as locked:
        if locked.state != State.RESOLVED:
            raise CannotDo(f"{locked.name} is not resolved, so it cannot be opened again")
        reopen_locked(locked, by=by, because=because.strip(), at=at, recorded_at=at)


def reopen_locked(ticket: Ticket, *, by: str, because: str, at: Instant, recorded_at: Instant) -> None:
    """A ticket that is ours goes on."""
    if ticket.agreement is not None:
        ticket.deeds += 1
        told = envelope(ticket, f"ticket-reopened-{ticket.deeds}", occurred_at=at, at=recorded_at, by=by)
        record(facts=[TicketReopened(**told, ticket=ticket.name, by=by, because=because)])
    ticket.resolved_at = None
    ticket.state = State.IN_PROGRESS
    announce("ticket.reopened", ticket, key=f"reopened-{at.micros}", at=recorded_at, words="opened again")
