"""Cases of the desk: one ticket as facts, by what the agreement's own clock says starts, stops and pauses it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tools.cases.question import Question, at, header
from upheld.core.clocks import Timed, judge_calls, look_at_desk
from upheld.core.facts import (
    CallReceived,
    CauseApproved,
    CauseAssigned,
    Fact,
    HighLoadDeclared,
    HoldClosed,
    HoldOpened,
    InformationCompleted,
    MessageSent,
    OutageOpened,
    PrioritySet,
    TicketOpened,
    TicketResolved,
    WorkStarted,
)
from upheld.core.terms import Terms
from upheld.core.terms.clocks import Clock
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import DAY, HOUR, Instant

TICKET, OUTAGE = "T-1", "O-1"
LOOKED_AT_LATER = DAY * 60
OF_OUTAGES = ("outage start", "outage end")
OF_CUSTOMERS = ("latest customer message", "oldest customer message")
OF_STAFF = ("first response", "reply by a person", "update sent", "ETA given")


def clock(question: Question) -> dict[str, Any]:
    """The one clock that the case asks for, on the one ticket that it tells of."""
    given, terms = question.given, with_declared_days(question).terms()
    rule = terms.desk.clocks[given["clock"]]
    facts = list(ticket_facts(terms, rule.each[0].rule, [case.rule for case in rule.each], given))
    as_of = max(fact.occurred_at for fact in facts) + LOOKED_AT_LATER
    desk = look_at_desk(terms, facts, as_of)
    runs = [run for run in desk.runs[given["clock"]] if not run.is_superseded]
    begun = [run for run in runs if run.start_at == at(given["start"])]
    run: Timed | None = next(iter(begun or runs[-1:]), None)
    is_timed = run is not None and run.allowed is not None
    return {"due": run.due_at if run and is_timed else None, "met": run.is_kept if run else None}


def with_declared_days(question: Question) -> Question:
    """Days declared closed are the value of whatever parameter the agreement's calendars close by."""
    blocks, days = question.agreement.document.blocks, question.given.get("declared_closed")
    if not days:
        return question
    lists, calendars = blocks.get("lists", {}), blocks.get("calendars", {}).values()
    closing = [text for calendar in calendars for text in texts_in(calendar.get("closed"))]
    closing += [text for name in closing if name in lists for text in texts_in(lists[name].get("plus"))]
    names = [text.removeprefix("parameter ") for text in closing if text.startswith("parameter ")]
    return replace(question, given={**question.given, **dict.fromkeys(names, days)})


def texts_in(value: Any) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def ticket_facts(terms: Terms, clock: Clock, cases: Sequence[Clock], given: Any) -> Iterator[Fact]:
    """The ticket, begun so that the clock's start is the start that the case gives."""
    start = at(given["start"])
    starts = clock.starts.value.events
    opened_at = start.before(HOUR) if any(event in OF_CUSTOMERS for event in starts) else start
    channel = given.get("channel") or asked_channel(clock)
    if any(event in OF_OUTAGES for event in starts):
        component = next(iter(terms.services.values())).components[0]
        yield OutageOpened(**header("outage", start), outage=OUTAGE, component=component, first_bad_at=start)
    yield TicketOpened(
        **header("ticket", opened_at), ticket=TICKET, channel=channel, topic=named_topic(terms, given.get("topic", "")),
        outage=OUTAGE if any(event in OF_OUTAGES for event in starts) else "",
        priority=given.get("priority", ""), urgent=bool(given.get("urgent", False)),
    )  # fmt: skip
    yield from priority_facts(terms, given, opened_at)
    if informed := given.get("information_complete_at"):
        yield InformationCompleted(**header("informed", at(informed)), ticket=TICKET)
    if any(event in OF_CUSTOMERS for event in starts):
        yield message("opening-answer", opened_at, "person")
        yield message("customer", start, "customer")
    elif any(event in OF_STAFF for event in starts):
        yield message("staff", start, "person", "update", "ETA")
    for number, (low, high) in enumerate(given.get("high_load", ())):
        yield HighLoadDeclared(**header(f"load-{number}", at(low)), from_at=at(low), to_at=at(high), by="case")
    yield from pause_facts(clock, cases, given)
    for number, event in enumerate(given.get("events", ())):
        yield from event_facts(clock, number, at(event["at"]), event["what"])


def message(name: str, when: Instant, author: str, *says: str) -> MessageSent:
    return MessageSent(**header(name, when), ticket=TICKET, message=name, author=author, says=says)


def priority_facts(terms: Terms, given: Any, opened_at: Instant) -> Iterator[Fact]:
    """What staff set: when the case says so; else at once, unless the channel gives a first priority that stays."""
    channel = terms.desk.channels.get(given.get("channel", ""))
    if raised := given.get("raised_at"):
        yield PrioritySet(**header("raised", at(raised)), ticket=TICKET, priority=given["priority"], by="case")
    elif given.get("priority") and not (channel and channel.first_priority):
        yield PrioritySet(**header("set", opened_at), ticket=TICKET, priority=given["priority"], by="case")


def named_topic(terms: Terms, told: str) -> str:
    """A topic as the agreement spells it: by its name, else the one whose name and meaning hold all words of it."""
    if told in terms.desk.topics or not told:
        return told
    meanings = terms.document.blocks.get("topics", {})
    asked = words_of(told)
    named = [name for name in terms.desk.topics if asked == words_of(name)]
    named = named or [name for name in terms.desk.topics if asked <= words_of(f"{name} {meanings[name].get('is', '')}")]
    return named[0] if len(named) == 1 else told


def words_of(text: str) -> set[str]:
    """The words of a text, each in the singular."""
    parts = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    return {part.removesuffix("s") for part in parts}


def asked_channel(clock: Clock) -> str:
    """Where a case names no channel, the one of which the clock speaks."""
    tests = tests_of(clock.when) if clock.when else ()
    named = [test.wanted[0] for test in tests if test.fact == "channel" and isinstance(test.wanted, tuple)]
    return named[0] if named else ""


def pause_facts(clock: Clock, cases: Sequence[Clock], given: Any) -> Iterator[Fact]:
    """Pauses are proven already, and of a kind that the clause allows: the first that the clock knows."""
    conditions = next((case.pauses for case in cases if case.pauses), ())
    tests = [test for condition in conditions for test in tests_of(condition) if isinstance(test.wanted, tuple)]
    if not tests:
        return
    fact, wanted = tests[0].fact, tests[0].wanted
    assert isinstance(wanted, tuple)
    on_outage = any(event in OF_OUTAGES for event in clock.starts.value.events)
    for number, (low, high) in enumerate(given.get("pauses", ())):
        if fact == "cause" and on_outage:
            yield from cause_facts(f"pause-{number}", OUTAGE, at(low), at(high), wanted[0])
            continue
        name, whom = f"hold-{number}", "" if fact == "cause" else wanted[0]
        cause = wanted[0] if fact == "cause" else ""
        yield HoldOpened(**header(name, at(low)), ticket=TICKET, hold=name, evidence="proven", waiting_for=whom, cause=cause)
        yield HoldClosed(**header(f"{name}-closed", at(high)), ticket=TICKET, hold=name)


def cause_facts(name: str, outage: str, start: Instant, end: Instant, cause: str) -> Iterator[Fact]:
    """A recorded cause; whoever had to approve it did."""
    yield CauseAssigned(
        **header(name, end), outage=outage, from_at=start, to_at=end, cause=cause, evidence="proven", by="case"
    )
    yield CauseApproved(**header(f"{name}-approved", end), assignment=name, by="second person")


def event_facts(clock: Clock, number: int, when: Instant, what: str) -> Iterator[Fact]:
    """What happened on the ticket. A person's reply is the word on how things stand where the clock waits for that."""
    name = f"event-{number}"
    if what == "auto-reply":
        yield message(name, when, "machine")
    elif what == "resolution":
        yield message(f"{name}-told", when, "person")
        yield TicketResolved(**header(name, when), ticket=TICKET, by="case")
    elif what == "work started":
        yield WorkStarted(**header(name, when), ticket=TICKET, by="case")
    elif what == "reply" and clock.stops.value.events == ("update sent",):
        yield message(name, when, "person", "update")
    else:
        yield message(name, when, "person", what)


def telephone(question: Question) -> dict[str, Any]:
    """One call: about a ticket, or about none."""
    given, terms = question.given, question.terms()
    called, ticket = at(given["call"]), given.get("ticket")
    facts: list[Fact] = [CallReceived(**header("call", called), call="call", ticket=TICKET if ticket else "")]
    if ticket:
        opened = at(ticket["at"])
        channel = ticket.get("channel", next(iter(terms.desk.channels), ""))
        facts.append(
            TicketOpened(**header("ticket", opened), ticket=TICKET, channel=channel, priority=ticket.get("priority", ""))
        )
        facts += priority_facts(terms, {**ticket, "channel": channel}, opened)
        if ticket.get("first_response"):
            facts.append(message("answer", at(ticket["first_response"]), "person"))
            facts.append(WorkStarted(**header("work", at(ticket["first_response"])), ticket=TICKET, by="case"))
    judged = judge_calls(terms, facts, called)
    gate = judged[0][1] if judged else None
    return {"allowed": gate.is_allowed if gate else None, "code": gate.code if gate else None}
