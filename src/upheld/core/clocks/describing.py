"""A ticket as the matter on which clocks run: its events, and what was known of it at each moment."""

from collections.abc import Mapping, Sequence

from upheld.core.clocks.holding import read_holds
from upheld.core.clocks.incidents import Incident, course_of_causes, course_of_responsible, end_as_of, stretches_of
from upheld.core.clocks.matter import BEGIN, Course, Happening, Laid, Matter, lay_over
from upheld.core.clocks.routing import find_topic, route, told_with
from upheld.core.clocks.tickets import Ticket
from upheld.core.facts import Fact, MessageSent
from upheld.core.terms import Terms
from upheld.core.terms.asking import TOLD_OF_TICKETS
from upheld.core.terms.circumstances import Known
from upheld.core.timeline import Instant, Timeline

SAID = {"ETA": "ETA given", "update": "update sent", "confirmation": "confirmation"}


def describe_ticket(
    terms: Terms, ticket: Ticket, incidents: Mapping[str, Incident], high_load: Timeline, as_of: Instant
) -> Matter:
    """`incidents` holds the incident of each outage, by the outage's id."""
    incident = incidents.get(ticket.opened.outage)
    holds = list(read_holds(ticket))
    waiting = [laid for hold, laid in holds if hold.waiting_for]
    causes = [laid for hold, laid in holds if hold.cause]
    causes += stretches_of(incident.outages) if incident else []
    events = find_events(ticket, incident, as_of)
    routed = route(terms, ticket)
    active = course_of_causes(terms, causes)
    received = events["received"][0].at if events["received"] else ticket.opened.occurred_at
    fixed: dict[str, Known] = {
        **dict.fromkeys(TOLD_OF_TICKETS, None),
        **dict(told_with(ticket)),
        "channel": routed.channel,
        "topic": find_topic(terms, ticket) or None,
        "urgent": str(ticket.opened.urgent).lower(),
        "high load": str(terms.desk.high_load.value == "declared before" and high_load.contains(received)).lower(),
        "component": tuple(sorted({one.component for one in incident.outages})) if incident else None,
    }
    courses = {
        "waiting for": course_of_waiting(waiting),
        "cause": active,
        "responsible": course_of_responsible(terms, active),
        "state": course_of_state(events, waiting),
    }
    if priority := course_of_priority(terms, ticket, routed.first_priority):
        courses["priority"] = priority
    return Matter(ticket.id, "ticket", events, fixed, courses, routed.without_clock, routed.only_clocks, (ticket.opened.id,))


def course_of_waiting(waiting: Sequence[Laid]) -> Course:
    """For whom the ticket waits; for the provider where it waits for nobody else."""
    steps = []
    for at, active in lay_over(waiting):
        names = tuple(sorted({one.value for one in active}))
        steps.append((at, names or ("provider",), tuple(dict.fromkeys(fact for one in active for fact in one.facts))))
    return Course.of(steps)


def course_of_state(events: Mapping[str, tuple[Happening, ...]], waiting: Sequence[Laid]) -> Course:
    """`new`, `in-progress` once somebody answered or began, `waiting` while a hold is open, `resolved`."""
    begun = [events[name][0] for name in ("first response", "work started") if events[name]]
    first = min(begun, key=lambda one: one.at.micros, default=None)
    ends = sorted((*((one, True) for one in events["resolved"]), *((one, False) for one in events["reopened"])),
                  key=lambda pair: pair[0].at.micros)  # fmt: skip
    held = lay_over(waiting)
    edges = {at for at, _ in held} | {one.at for one, _ in ends} | ({first.at} if first else set())
    steps: list[tuple[Instant, Known, tuple[str, ...]]] = []
    for at in sorted(edges):
        settled = [(one, over) for one, over in ends if one.at <= at]
        active = [laid for laid in waiting if laid.span.contains(at)]
        if settled and settled[-1][1]:
            steps.append((at, "resolved", settled[-1][0].facts))
        elif active:
            steps.append((at, "waiting", active[0].facts))
        elif first and first.at <= at:
            steps.append((at, "in-progress", first.facts))
        else:
            steps.append((at, "new", ()))
    return Course.of(steps)


def course_of_priority(terms: Terms, ticket: Ticket, first: str) -> Course | None:
    """
    The ticket's priorities. What a channel gives first holds until another is set; else the first one that is set holds
    from the beginning. None while nobody who may has set one.
    """
    opened, who = ticket.opened, terms.desk.set_by.value
    if not first and who == "customer":
        first = opened.priority
    if not first and who == "matrix":
        first = terms.desk.matrix.get(opened.impact, {}).get(opened.urgency, "")
    allowed = ("", "customer") if who == "customer" else ("", "staff")
    known: list[tuple[Instant, Known, tuple[str, ...]]] = [(BEGIN, first, (opened.id,))] if first else []
    for fact in ticket.priorities:
        if fact.side in allowed:
            known.append((fact.occurred_at if known else BEGIN, fact.priority, (fact.id,)))
    return Course.of(known) if known else None


def find_events(ticket: Ticket, incident: Incident | None, as_of: Instant) -> dict[str, tuple[Happening, ...]]:
    """Every event of a ticket by its name, each in the order in which it happened."""
    public = [message for message in ticket.messages if message.is_public]
    replies = [message for message in public if message.author == "person"]
    customers = find_customer_messages(ticket, public, replies)
    received = find_received(ticket, public)
    events: dict[str, tuple[Happening, ...]] = {
        "received": received,
        "ticket opened": tell([ticket.opened]),
        "information complete": find_information(ticket, public, received),
        "latest customer message": customers,
        "oldest customer message": customers,
        "reply by a person": tell(replies),
        "first response": tell(replies[:1]),
        "work started": tell(ticket.works),
        "resolved": tell(ticket.resolved),
        "reopened": tell(ticket.reopened),
        "identified": tell(ticket.identified),
    }
    for said, event in SAID.items():
        events[event] = tell([message for message in replies if said in message.says])
    if incident:
        end = end_as_of(incident, as_of)
        events["outage start"] = (Happening(incident.span.start, incident.facts),)
        events["outage end"] = (Happening(end, incident.facts),) if end else ()
    return events


def tell(facts: Sequence[Fact]) -> tuple[Happening, ...]:
    return tuple(Happening(fact.occurred_at, (fact.id,)) for fact in facts)


def find_received(ticket: Ticket, public: Sequence[MessageSent]) -> tuple[Happening, ...]:
    """When the request came in; with a ticket that staff opened, the customer's first message on it."""
    opened = ticket.opened
    if opened.opened_by == "staff" and opened.received_at is None:
        return tell([message for message in public if message.author == "customer"][:1])
    return (Happening(opened.received_at or opened.occurred_at, (opened.id,)),)


def find_information(
    ticket: Ticket, public: Sequence[MessageSent], received: tuple[Happening, ...]
) -> tuple[Happening, ...]:
    """
    When all that is needed had come: as it was recorded, else with the customer's answer to the first question, else with
    the request.
    """
    if ticket.informed:
        return tell(ticket.informed)
    asked = next((one for one in public if one.author == "person" and "question" in one.says), None)
    if asked is None:
        return received
    return tell([one for one in public if one.author == "customer" and one.occurred_at > asked.occurred_at][:1])


def find_customer_messages(
    ticket: Ticket, public: Sequence[MessageSent], replies: Sequence[MessageSent]
) -> tuple[Happening, ...]:
    """The customer's messages that need an answer: those after the first one; until then the first response is owed."""
    waived = {fact.message for fact in ticket.waived}
    first = replies[0].occurred_at if replies else None
    return tell([
        one for one in public
        if one.author == "customer" and one.message not in waived and first is not None and one.occurred_at >= first
    ])  # fmt: skip
