"""Tickets of a made-up history: who writes what, when; priorities, pauses, calls."""

from typing import Any

from tools.statements.pen import Pen
from tools.statements.watched import SOMEBODY
from upheld.core.facts import (
    AnswerWaived,
    CallReceived,
    FaultIdentified,
    HighLoadDeclared,
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
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Instant, Span

AUTHORS = ("customer", "person", "person", "machine")
SAYS = ((), (), ("ETA",), ("update",), ("question",), ("confirmation",))


def tell_desk(pen: Pen) -> None:
    """A few tickets; in a busy time some were told while the desk had declared high load."""
    if pen.terms.desk.high_load.value != "none" and pen.chance(20):
        busy = pen.span(HOUR * 9)
        pen.write(HighLoadDeclared, busy.start, from_at=busy.start, to_at=busy.end, by=SOMEBODY, queue=50)
    for _ in pen.some(4):
        tell_ticket(pen)
    for number in pen.some(2):
        ticket, opened_at = pen.any_of(pen.tickets) if pen.tickets and pen.chance(80) else ("", pen.moment())
        called_at = opened_at + pen.length(SECOND, HOUR * 3)
        pen.write(CallReceived, called_at, call=f"call-{number}", ticket=ticket, by="a customer")


def tell_ticket(pen: Pen) -> None:
    name, desk = f"T-{len(pen.tickets) + 1}", pen.terms.desk
    outage, down = pen.any_of(pen.outages) if pen.outages and pen.chance(50) else ("", None)
    at = down.start + pen.length(SECOND, HOUR * 9) if down else pen.moment()
    pen.tickets.append((name, at))
    pen.write(
        TicketOpened, at, ticket=name, channel=pen.any_of([*desk.channels, "portal"]), outage=outage,
        topic=pen.any_of(["", *desk.topics]), priority=pen.any_of(["", *desk.priorities]), urgent=pen.chance(20),
        opened_by="staff" if pen.chance(5) else "customer",
    )  # fmt: skip
    if desk.priorities and pen.chance(85):
        tell_priority(pen, name, at + pen.length(SECOND, MINUTE * 30))
    if pen.chance(60):
        pen.write(InformationCompleted, at + pen.length(SECOND, HOUR), ticket=name)
    if desk.topics and pen.chance(10):
        pen.write(TopicSet, at + MINUTE, ticket=name, topic=pen.any_of(list(desk.topics)), by=SOMEBODY)
    tell_course(pen, name, at)


def tell_priority(pen: Pen, ticket: str, at: Instant) -> None:
    side = pen.any_of(("", "staff", "customer"))
    pen.write(PrioritySet, at, ticket=ticket, priority=pen.any_of(list(pen.terms.desk.priorities)), by=SOMEBODY, side=side)


def tell_course(pen: Pen, ticket: str, opened_at: Instant) -> None:
    """From the first message to its resolution, with pauses; some are reopened, one in a while is merged."""
    at = opened_at
    for number in range(pen.random.randint(1, 5)):
        at = at + pen.length(SECOND, pen.any_of((HOUR, HOUR * 9, DAY * 3)))
        author = pen.any_of(AUTHORS)
        says = pen.any_of(SAYS) if author == "person" else ()
        message = f"{ticket}-{number}"
        pen.write(MessageSent, at, ticket=ticket, message=message, author=author, says=says, is_public=pen.chance(90))
        if author == "customer" and pen.chance(10):
            pen.write(AnswerWaived, at + MINUTE, ticket=ticket, message=message, because="a word of thanks", by=SOMEBODY)
        if pen.chance(25):
            tell_hold(pen, ticket, f"H-{ticket}-{number}", Span(at, at + pen.length(MINUTE, DAY)))
    if pen.chance(60):
        pen.write(WorkStarted, pen.moment(Span(opened_at, at)), ticket=ticket, by=SOMEBODY)
    if pen.chance(15):
        pen.write(FaultIdentified, pen.moment(Span(opened_at, at)), ticket=ticket, by=SOMEBODY)
    if pen.chance(80):
        pen.write(TicketResolved, at + MINUTE, ticket=ticket, by=SOMEBODY, because="settled")
        if pen.chance(10):
            pen.write(TicketReopened, at + HOUR, ticket=ticket, by="a customer", because="not settled")
    elif len(pen.tickets) > 1 and pen.chance(20):
        pen.write(TicketMerged, at + MINUTE, ticket=ticket, into=pen.tickets[0][0], by=SOMEBODY)


def tell_hold(pen: Pen, ticket: str, hold: str, span: Span) -> None:
    causes = list(pen.terms.causes)
    waits: dict[str, Any] = {"cause": pen.any_of(causes)} if causes and pen.chance(30) else {
        "waiting_for": pen.any_of(("customer", "third party", "supplier"))
    }  # fmt: skip
    evidence = "the number of their ticket" if pen.chance(85) else ""
    until = span.end if pen.chance(30) else None
    pen.write(HoldOpened, span.start, ticket=ticket, hold=hold, evidence=evidence, until_at=until, by=SOMEBODY, **waits)
    if pen.chance(80):
        pen.write(HoldClosed, span.end, ticket=ticket, hold=hold, because="there")
