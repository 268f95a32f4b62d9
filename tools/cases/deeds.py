"""
Cases carried out at the desk: what a case tells is done by the desk's own services, each deed at its time, for a customer
who signed the agreement; and what the desk then shows is compared. Nothing is recorded by hand.

Needs a database with the product's tables: see `tools.cases.desk`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import Any

from tools.cases.question import Question, at
from tools.cases.tickets import (
    LOOKED_AT_LATER,
    OF_CUSTOMERS,
    OF_OUTAGES,
    OF_STAFF,
    asked_channel,
    named_topic,
    with_declared_days,
)
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import list_agreements, terms_of
from upheld.apps.agreements.services import ParametersDoNotFit, add_version, sign_agreement
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Call, Ticket
from upheld.apps.duties.services import name_person
from upheld.apps.fleet.services import watch_service
from upheld.apps.parties.services import add_customer, name_provider
from upheld.apps.probes.services import ingest
from upheld.core.clocks import Timed
from upheld.core.facts import OutageOpened
from upheld.core.proof import canonical_bytes, parse_canonical
from upheld.core.terms import Document, Terms
from upheld.core.terms.clocks import Clock
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import HOUR, SECOND, Instant
from upheld.gateways.samples import Batch, Observation, Outcome
from upheld.gateways.signing import FakeSigner

LONG_BEFORE = Instant.parse("2000-01-01T00:00Z")
CUSTOMER, ENGINEER = "person-2", "person-1"
EVERY, BAD_ENOUGH = 10, 3
"""Seconds between two answers of the prober, and how many bad ones make an outage."""
Deed = Callable[[Instant], None]


@dataclass
class Story:
    """What happened under an agreement, in the order of time; what was told first goes first at one instant."""

    agreement: Agreement
    deeds: list[tuple[Instant, Deed]] = field(default_factory=list)
    ticket: Ticket | None = None
    outage: str = ""
    call: Call | None = None

    def then(self, when: Instant, deed: Deed) -> None:
        self.deeds.append((when, deed))

    def tell(self) -> Instant:
        """Do it all, and what comes of it; the instant of the last deed."""
        last = LONG_BEFORE
        while self.deeds:
            last, deed = self.deeds.pop(min(range(len(self.deeds)), key=lambda place: (self.deeds[place][0], place)))
            deed(last)
        return last

    def opened(self) -> Ticket:
        assert self.ticket is not None, "the ticket is opened first"
        return self.ticket


def sign(question: Question, without: Sequence[str] = ()) -> Agreement:
    """A customer of his own signs the text, as it reads in the case; the values named in `without` are not chosen."""
    number = len(list_agreements()) + 1
    name_provider(name="Provider")
    document = read_otherwise(question)
    values = {name: value for name, value in question.parameters.items() if name not in without}
    return sign_agreement(
        key=f"case-{number}",
        customer=add_customer(slug=f"customer-{number}", name=f"Customer {number}"),
        version=add_version(
            source=f"# {document.title}\n", document=document, calendars=question.agreement.calendars, at=LONG_BEFORE
        ),
        parameters=values,
        signed_at=LONG_BEFORE,
        by=ENGINEER,
        at=LONG_BEFORE,
        signer=FakeSigner(),
    )


def read_otherwise(question: Question) -> Document:
    """The text with the case's senses in the place of its own: another version of it, which somebody can sign."""
    document = question.agreement.document
    if not question.readings:
        return document
    written: Any = parse_canonical(canonical_bytes(document.to_json()))
    for name, sense in question.readings.items():
        written["blocks"]["readings"][name]["we read"] = sense
    told = ", ".join(f"{name}: {sense}" for name, sense in question.readings.items())
    written["blocks"]["agreement"]["version"] = f"{document.version}, {told}"
    return Document.from_json(written)


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
    tell_pauses(story, cases, given)
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


def find_down(story: Story, terms: Terms) -> Deed:
    """The prober finds the first component of the service down; its answers are the only thing that opens an outage."""
    name, service = next(iter(terms.services.items()))

    def deed(when: Instant) -> None:
        slug = f"{story.agreement.key}-{name}"
        watch_service(
            slug=slug, name=name, customer=story.agreement.customer, agreement=story.agreement.key, terms_service=name,
            component=service.components[0], url="http://127.0.0.1:9/", interval_seconds=EVERY, deadline_seconds=4,
            allow=["127.0.0.0/8"],
        )  # fmt: skip
        seen = [find_bad(slug, number, when + SECOND * EVERY * number) for number in range(BAD_ENOUGH)]
        batch = Batch("local", slug, 1, when.micros, seen[-1].finished_at, (), tuple(seen))
        [opened] = [fact for fact in ingest(batch=batch, at=Instant(seen[-1].finished_at)) if isinstance(fact, OutageOpened)]
        story.outage = opened.outage

    return deed


def find_bad(slug: str, number: int, known_at: Instant) -> Observation:
    """An answer that failed, known at an instant: from then on the service counts as bad."""
    begun = known_at.before(SECOND)
    return Observation(
        check_id=slug, sequence=number + 1, started_at=begun.micros, finished_at=known_at.micros, seen_at=known_at.micros,
        vouches_from=known_at.before(SECOND * EVERY).micros, duration_us=SECOND.micros, outcome=Outcome.BAD,
        reason="connection refused", phases={},
    )  # fmt: skip


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


def tell_pauses(story: Story, cases: Sequence[Clock], given: Any) -> None:
    """Pauses are proven, and of a kind that the clause allows: the first that the clock knows."""
    conditions = next((case.pauses for case in cases if case.pauses), ())
    tests = [test for condition in conditions for test in tests_of(condition) if isinstance(test.wanted, tuple)]
    if not tests:
        return
    assert isinstance(tests[0].wanted, tuple)
    for low, high in given.get("pauses", ()):
        story.then(at(low), wait(story, tests[0].fact, tests[0].wanted[0], at(high)))


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
