"""Holds: the time in which work on a ticket waits for somebody, as far as it is proven."""

from collections.abc import Iterator

from upheld.core.clocks.matter import FOREVER, Laid
from upheld.core.clocks.tickets import Ticket
from upheld.core.facts import HighLoadDeclared, HoldOpened
from upheld.core.timeline import Instant, Span, Timeline


def read_holds(ticket: Ticket) -> Iterator[tuple[HoldOpened, Laid]]:
    """
    Each proven hold with its span. It ends when it is closed, at the agreed date, or, where it waits for the customer,
    with his next message; one that nothing proves stops no clock.
    """
    for hold in ticket.holds:
        if not hold.evidence:
            continue
        ends: list[tuple[Instant, str]] = [
            (closed.occurred_at, closed.id)
            for closed in ticket.closings
            if closed.hold == hold.hold and closed.occurred_at >= hold.occurred_at
        ]
        if hold.until_at:
            ends.append((hold.until_at, hold.id))
        if hold.waiting_for == "customer":
            ends += [
                (message.occurred_at, message.id)
                for message in ticket.messages
                if message.author == "customer" and message.is_public and message.occurred_at > hold.occurred_at
            ]
        end, by = min(ends, key=lambda pair: (pair[0].micros, pair[1]), default=(FOREVER, ""))
        facts = (hold.id, *((by,) if by and by != hold.id else ()))
        yield hold, Laid(Span.forward(hold.occurred_at, end), hold.waiting_for or hold.cause, facts)


def read_high_load(declared: list[HighLoadDeclared]) -> Timeline:
    """The times of high load: from when they were declared on, never for what came before."""
    return Timeline.of(
        Span(max(fact.from_at, fact.occurred_at), fact.to_at)
        for fact in declared
        if fact.to_at > max(fact.from_at, fact.occurred_at)
    )
