"""What happens at the desk: tickets, messages, priorities, holds, calls, times of high load."""

from upheld.core.facts.record import Fact, fact
from upheld.core.timeline import Instant


@fact("ticket-opened", 1)
class TicketOpened(Fact):
    """A customer's ticket; `outage` names what it documents."""

    ticket: str
    channel: str
    outage: str = ""
    topic: str = ""
    priority: str = ""
    """The priority that the customer wished; who sets it is for the agreement to say."""
    urgent: bool = False
    """Whether the customer called the matter urgent."""
    impact: str = ""
    urgency: str = ""
    opened_by: str = "customer"
    """`customer` or `staff`. A ticket of staff is received with the customer's first message on it."""
    received_at: Instant | None = None
    """When what it holds came in, where that was before: of a ticket split off, when its message came."""
    split_from: str = ""
    told: tuple[str, ...] = ()
    """What else was told, each as `name: value`: `volume: 120`, `software: Solr`."""


@fact("priority-set", 1)
class PrioritySet(Fact):
    """A ticket has a priority from now on. `side` is `customer` or `staff`; empty is whoever sets priorities."""

    ticket: str
    priority: str
    by: str
    side: str = ""
    because: str = ""


@fact("topic-set", 1)
class TopicSet(Fact):
    """What a ticket is about, as staff see it."""

    ticket: str
    topic: str
    by: str


@fact("message-sent", 1)
class MessageSent(Fact):
    """A message on a ticket. `author` is `customer`, `person` (of the provider) or `machine`, which never answers."""

    ticket: str
    message: str
    author: str
    is_public: bool = True
    """False for a note that the customer does not see."""
    says: tuple[str, ...] = ()
    """What it holds besides an answer: `ETA`, `update`, `confirmation`, `question` (asks the customer for something)."""
    by: str = ""


@fact("answer-waived", 1)
class AnswerWaived(Fact):
    """A customer's message needs no answer (a word of thanks), with the reason."""

    ticket: str
    message: str
    because: str
    by: str


@fact("work-started", 1)
class WorkStarted(Fact):
    """A person began to work on a ticket."""

    ticket: str
    by: str


@fact("information-completed", 1)
class InformationCompleted(Fact):
    """All that the provider needs to begin has come."""

    ticket: str


@fact("fault-identified", 1)
class FaultIdentified(Fact):
    """The cause of what a ticket reports was found."""

    ticket: str
    by: str


@fact("ticket-resolved", 1)
class TicketResolved(Fact):
    """A person resolved a ticket."""

    ticket: str
    by: str
    because: str = ""


@fact("ticket-reopened", 1)
class TicketReopened(Fact):
    """A resolved ticket goes on: the same matter is not settled."""

    ticket: str
    by: str
    because: str = ""


@fact("ticket-merged", 1)
class TicketMerged(Fact):
    """A ticket becomes a part of another one, which goes on for both."""

    ticket: str
    into: str
    by: str


@fact("hold-opened", 1)
class HoldOpened(Fact):
    """
    Work on a ticket waits for somebody, or stands under a cause of the agreement.

    `evidence` is what proves it (the message that asked, the reference of the other's ticket); without it nothing stands
    still. `until_at` is an agreed date at which it ends by itself. One that waits for the customer ends with his message.
    """

    ticket: str
    hold: str
    waiting_for: str = ""
    cause: str = ""
    evidence: str = ""
    until_at: Instant | None = None
    by: str = ""


@fact("hold-closed", 1)
class HoldClosed(Fact):
    """What was waited for is there."""

    ticket: str
    hold: str
    because: str = ""


@fact("high-load-declared", 1)
class HighLoadDeclared(Fact):
    """The desk declares a time of high load. Counts from when it was declared on, never for what came before."""

    from_at: Instant
    to_at: Instant
    by: str
    queue: int = 0
    """How many requests were waiting."""


@fact("call-received", 1)
class CallReceived(Fact):
    """Somebody telephoned; `ticket` is empty where there was none."""

    call: str
    ticket: str = ""
    by: str = ""
