"""
Cases carried out at the desk: what a case tells is done by the desk's own services, each deed at its time, for a customer
who signed the agreement; and what the desk then shows is compared. Nothing is recorded by hand.

Needs a database with the product's tables: see `tools.cases.desk`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace as changed
from typing import Any

from tools.cases.found_down import blame, find_down
from tools.cases.question import Question, at
from tools.cases.story import CUSTOMER, ENGINEER, LONG_BEFORE, Deed, Story, sign
from tools.cases.tickets import (
    LOOKED_AT_LATER,
    OF_CUSTOMERS,
    OF_OUTAGES,
    OF_STAFF,
    asked_channel,
    named_topic,
    with_declared_days,
)
from upheld.apps.agreements.queries import terms_of
from upheld.apps.agreements.services import ParametersDoNotFit
from upheld.apps.desk import queries, services
from upheld.apps.duties.services import name_person
from upheld.core.clocks import Timed
from upheld.core.terms import Terms
from upheld.core.terms.clocks import Clock
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import HOUR, Instant

# --- tickets and their clocks ---------------------------------------------------------------------------------------------


def clock(question: Question) -> dict[str, Any]:
    """The one clock that the case asks for, on the one ticket that it tells of."""
    asked = with_declared_days(question)
    given, agreement = asked.given, sign(asked)
    terms = terms_of(agreement, at(given["start"]))
    rule = terms.desk.clocks[given["clock"]]
    story = Story(agreement)
    tell_ticket(story, terms, rule.each[0].rule, [case.rule for case in rule.each], given)
    as_of = story.tell() + LOOKED_AT_LATER
    found = look_at(story, rule.each[0].rule, as_of)
    runs = [run for run in found if run.clock == given["clock"] and not run.is_superseded]
    begun = [run for run in runs if run.start_at == at(given["start"])]
    run = next(iter(begun or runs[-1:]), None)
    is_timed = run is not None and run.allowed is not None
    return {"due": run.due_at if run and is_timed else None, "met": run.is_kept if run else None}


def look_at(story: Story, rule: Clock, as_of: Instant) -> Sequence[Timed]:
    """What runs on the ticket, or on the outage that it documents."""
    if not rule.is_about_outages:
        return queries.running_of(story.opened(), as_of)
    _, desk = queries.desk_of(story.agreement, [story.opened().name], as_of)
    return desk.runs[rule.name]


def tell_ticket(story: Story, terms: Terms, rule: Clock, cases: Sequence[Clock], given: Any) -> None:
    """The ticket, begun so that the clock's start is the start that the case gives."""
    start, starts = at(given["start"]), rule.starts.value.events
    by_customers = any(event in OF_CUSTOMERS for event in starts)
    opened_at = start.before(HOUR) if by_customers else start
    if terms.desk.high_load.value != "none":
        for low, high in given.get("high_load", ()):
            story.then(at(low), declare(story, at(high)))
    if any(event in OF_OUTAGES for event in starts):
        story.then(opened_at, find_down(story, terms))
    story.then(opened_at, open_ticket(story, terms, given, given.get("channel") or asked_channel(rule) or "portal"))
    tell_priority(story, terms, given, given.get("channel", ""), opened_at)
    if informed := given.get("information_complete_at"):
        told_at = max(at(informed), opened_at)
        story.then(told_at, lambda when: services.complete_information(ticket=story.opened(), by=ENGINEER, at=when))
    if by_customers:
        story.then(opened_at, say(story))
        story.then(start, hear(story))
    elif any(event in OF_STAFF for event in starts):
        story.then(start, say(story, "update", "ETA"))
    tell_pauses(story, terms, cases, given, on_outage=any(event in OF_OUTAGES for event in starts))
    for event in given.get("events", ()):
        for deed in deeds_of(story, rule, event["what"]):
            story.then(at(event["at"]), deed)


def open_ticket(story: Story, terms: Terms, given: Any, way: str) -> Deed:
    """The customer reports it, with the priority that he wishes."""
    topic, wish = named_topic(terms, given.get("topic") or ""), given.get("priority") or ""

    def deed(when: Instant) -> None:
        report = services.Report(
            subject="Case", text="As told.", topic=topic if topic in terms.desk.topics else "",
            wish=wish if wish in terms.desk.priorities else "", is_urgent=bool(given.get("urgent", False)),
            outage=story.outage,
        )  # fmt: skip
        story.ticket = services.open_ticket(
            agreement=story.agreement, way=way, report=report, sender=services.Sender(by=CUSTOMER), at=when
        )

    return deed


def tell_priority(story: Story, terms: Terms, given: Any, channel: str, opened_at: Instant) -> None:
    """Whoever may set it does: when the case says so, else at once, unless the channel gives a first one that stays."""
    known = terms.desk.channels.get(channel)
    raised = given.get("raised_at")
    if given.get("priority") and (raised or not (known and known.first_priority)):
        story.then(max(at(raised), opened_at) if raised else opened_at, prioritise(story, terms, given["priority"]))


def prioritise(story: Story, terms: Terms, priority: str) -> Deed:
    is_customers = terms.desk.set_by.value == "customer"

    def deed(when: Instant) -> None:
        services.set_priority(
            ticket=story.opened(), priority=priority, by=CUSTOMER if is_customers else ENGINEER,
            because="as the case tells", at=when, side="customer" if is_customers else "staff",
        )  # fmt: skip

    return deed


def declare(story: Story, until: Instant) -> Deed:
    def deed(when: Instant) -> None:
        services.declare_high_load(agreement=story.agreement, from_at=when, to_at=until, queue=0, by=ENGINEER, at=when)

    return deed


def say(story: Story, *says: str) -> Deed:
    """A person of the provider's answers."""

    def deed(when: Instant) -> None:
        said = services.Said(text="An answer.", says=says)
        services.reply(ticket=story.opened(), said=said, by=ENGINEER, shown_as="", at=when)

    return deed


def hear(story: Story) -> Deed:
    """The customer writes again."""

    def deed(when: Instant) -> None:
        sender = services.Sender(by=CUSTOMER)
        services.receive(ticket=story.opened(), said=services.Said(text="A message."), sender=sender, at=when)

    return deed


def tell_pauses(story: Story, terms: Terms, cases: Sequence[Clock], given: Any, *, on_outage: bool) -> None:
    """Pauses are proven, and of a kind that the clause allows: the first that the clock knows."""
    conditions = next((case.pauses for case in cases if case.pauses), ())
    tests = [test for condition in conditions for test in tests_of(condition) if isinstance(test.wanted, tuple)]
    if not tests:
        return
    assert isinstance(tests[0].wanted, tuple)
    fact, wanted = tests[0].fact, tests[0].wanted[0]
    for low, high in given.get("pauses", ()):
        if on_outage and fact == "cause":
            story.then(at(high), blame(story, terms, at(low), wanted))
        else:
            story.then(at(low), wait(story, fact, wanted, at(high)))


def wait(story: Story, fact: str, wanted: str, until: Instant) -> Deed:
    """
    For the customer, both agree on the date; for others there is their ticket's number, and the hold is closed when they
    answered.
    """
    is_cause = fact == "cause"

    def deed(when: Instant) -> None:
        if wanted == "customer" and not is_cause:
            services.open_hold(ticket=story.opened(), by=ENGINEER, at=when, waiting_for=wanted, until_at=until)
            return
        hold = services.open_hold(
            ticket=story.opened(), by=ENGINEER, at=when, waiting_for="" if is_cause else wanted,
            cause=wanted if is_cause else "", evidence="number of their ticket",
        )  # fmt: skip
        story.then(until, lambda end: close(hold, end))

    def close(hold: Any, end: Instant) -> None:
        services.close_hold(hold=hold, because="there", by=ENGINEER, at=end)

    return deed


def deeds_of(story: Story, rule: Clock, what: str) -> Iterator[Deed]:
    """What happened on the ticket. A person's reply is the word on how things stand where the clock waits for that."""
    if what == "auto-reply":
        yield lambda when: write_automatic(story, when)
    elif what == "resolution":
        yield say(story)
        yield lambda when: services.resolve(ticket=story.opened(), by=ENGINEER, because="settled", at=when)
    elif what == "work started":
        yield lambda when: services.start_work(ticket=story.opened(), by=ENGINEER, at=when)
    elif what == "reply" and rule.stops.value.events == ("update sent",):
        yield say(story, "update")
    else:
        yield say(story, *((what,) if what in services.SAYS else ()))


def write_automatic(story: Story, when: Instant) -> None:
    services.write_automatic(ticket=story.opened(), said=services.Said(text="We have got it."), at=when)


# --- the telephone, instructions, plans -----------------------------------------------------------------------------------


def telephone(question: Question) -> dict[str, Any]:
    """One call: about a ticket, or about none; as the log labels it."""
    agreement, called = sign(question), at(question.given["call"])
    story, terms = Story(agreement), terms_of(agreement, called)
    if ticket := question.given.get("ticket"):
        opened = at(ticket["at"])
        story.then(opened, open_ticket(story, terms, ticket, ticket.get("channel") or "portal"))
        tell_priority(story, terms, ticket, ticket.get("channel", ""), opened)
        if answered := ticket.get("first_response"):
            story.then(at(answered), say(story))
            story.then(at(answered), lambda when: services.start_work(ticket=story.opened(), by=ENGINEER, at=when))
    story.then(called, log_call(story))
    story.tell()
    assert story.call is not None
    code = story.call.code or None
    return {"allowed": None if code is None else code == "ok", "code": code}


def log_call(story: Story) -> Deed:
    def deed(when: Instant) -> None:
        story.call = services.record_call(
            agreement=story.agreement, ticket=story.ticket, by=CUSTOMER, called_at=when, taken_by=ENGINEER, at=when
        )

    return deed


def instruction(question: Question) -> dict[str, Any]:
    """One instruction on a ticket; `main` and `backup` are the persons of the roles whose parameters are called so."""
    given = question.given
    rule = question.terms().besides.instructions
    assert rule is not None, "the agreement does not say whose word counts"
    roles = {word: name for name in rule.roles for word in name.split("-")}
    told = {roles[word]: given[word] for word in roles if word in given}
    agreement = sign(changed(question, given={**given, **told}))
    story, channel = Story(agreement), rule.change_by.value[0] if rule.change_by.value else ""
    for change in given.get("changes", ()):
        story.then(at(change["at"]), name(story, roles.get(change["role"], change["role"]), change["to"] or "", channel))
    story.then(at(given["at"]), open_ticket(story, terms_of(agreement, at(given["at"])), {}, channel or "portal"))
    as_of = max(when for when, _ in story.deeds)
    story.tell()
    received = services.receive_instruction(
        ticket=story.opened(), by=given["by"], what="As told.", at=as_of, received_at=at(given["at"])
    )
    decided = queries.judge_instruction(received, as_of)
    assert decided is not None, "the agreement says whose word counts"
    return {"accepted": decided.is_accepted}


def name(story: Story, role: str, person: str, channel: str) -> Deed:
    def deed(when: Instant) -> None:
        name_person(
            agreement=story.agreement, role=role, person=person, channel=channel, received_at=when, by=ENGINEER, at=when
        )

    return deed


def plan(question: Question) -> dict[str, Any]:
    """The plan that is open to such a customer, kicked off; what is not among the choices binds nobody and opens none."""
    kickoff = question.given.get("kickoff")
    open_ones = [word.replace("_", "-") for word, value in question.given.items() if value is None]
    try:
        agreement = sign(question, without=open_ones)
    except ParametersDoNotFit:
        return {"valid": False, "ends": None, "sessions": 0, "steps": 0}
    # Noon is the same day wherever the agreement counts its days.
    when = Instant.parse(f"{kickoff}T12:00Z") if kickoff else LONG_BEFORE
    found = next((one for one in queries.list_plans(agreement, when) if one.decided.is_valid), None)
    if found is None:
        return {"valid": False, "ends": None, "sessions": 0, "steps": 0}
    if kickoff and found.started_at is None:
        found = services.start_plan(agreement=agreement, plan=found.plan.name, by=ENGINEER, at=when)
    decided = found.decided
    ends = decided.ends_on.isoformat() if decided.ends_on else None
    return {"valid": True, "ends": ends, "sessions": decided.sessions, "steps": len(decided.steps)}
