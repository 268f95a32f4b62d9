"""What happens at the desk: tickets, messages, holds, calls."""

from upheld.core.facts.record import Fact, fact


@fact("ticket-opened", 1)
class TicketOpened(Fact):
    """A customer's ticket; `outage` names what it documents."""

    ticket: str
    channel: str
    outage: str = ""
