"""What staff record besides: what was done, who was told, that somebody of ours was in, that a customer named a person."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from upheld.apps.agreements.queries import list_agreements, terms_of
from upheld.apps.duties import services
from upheld.apps.duties.queries import (
    UnknownNotice,
    list_duties,
    list_events,
    list_notices,
    list_outages,
    list_roles,
    ways_of_change,
)
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.ledger.queries import known_facts
from upheld.apps.parties.queries import pseudonym_of, users_of
from upheld.core.duties import DutyState
from upheld.core.facts import Fact, known_at
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.pages.contexts.lists import Badge, DutiesPage, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_count, say_instant

MOST_OUTAGES = 20
OPEN = ("waiting", "due", "overdue")
FACES = {"waiting": Badge("Waiting", "pause"), "due": Badge("Due", "run"), "overdue": Badge("Late", "down", "down")}
NOBODY = Choice("", "nobody")
Sent = dict[str, str]


class Wrong(ValueError):
    """A field that was filled in wrongly: its name, and what to do."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.problem = Problem(field, capitalise(words))


def show_duties(asked: Asked) -> Answer:
    return make_page(asked, "", {})


def make_page(asked: Asked, deed: str, sent: Sent, problems: tuple[Problem, ...] = ()) -> DutiesPage:
    sections: list[Section] = []
    waits = 0
    for agreement in list_agreements():
        mine = sent if sent.get("agreement") == agreement.key else {}
        try:
            states = [one for one in list_duties(agreement, asked.as_of) if one.state in OPEN]
            found = list(list_sections(asked, agreement, states, deed if mine else "", mine, problems if mine else ()))
        except CannotJudge as problem:
            found = [Section(anchor=agreement.key, heading=agreement.key, empty=f"It cannot be judged: {problem}.")]
            states = []
        waits += sum(1 for one in states if one.duty.who.value == "provider")
        sections += found
    return DutiesPage(
        as_of=asked.as_of,
        answer=f"{say_count(waits, 'duty of ours is', 'duties of ours are')} open" if waits else "No duty of ours is open",
        lede="What is recorded here is a fact, and the customer sees it. A wrong one is corrected, never taken away.",
        way=(Link("Agreements", asked.url_of("agreements")), Link("Duties")),
        sections=tuple(sections),
        deeds=(Link("Come in, or go out", asked.url_of("access")),),
    )


def list_sections(
    asked: Asked, agreement: Agreement, states: list[DutyState], deed: str, sent: Sent, problems: tuple[Problem, ...]
) -> Iterator[Section]:
    """What is open under an agreement, and what can be recorded of it."""
    name = name_for(asked, agreement)
    may = asked.may_change
    entries = tuple(entry for state in states for entry in list_open(asked, agreement, name, state, may=may))
    yield Section(anchor=f"{name.key}-open", heading=f"Open, {name.words}", entries=entries, empty="Nothing is open.")
    if not may:
        return
    for words, one, fields in (
        ("Somebody of ours was in", "access", list_access_fields(asked, agreement)),
        ("The customer named a person", "person", list_person_fields(asked, agreement)),
        ("The customer was told", "notice", list_notice_fields(asked, agreement)),
    ):
        form = make_form(asked, agreement, name, one, tuple(fields), sent if deed == one else {}, problems)
        if form.fields:
            yield Section(anchor=f"{name.key}-{one}", heading=f"{words}, {name.words}", form=form)


def list_open(asked: Asked, agreement: Agreement, name: AgreementName, state: DutyState, *, may: bool) -> Iterator[Entry]:
    duty = state.duty
    for one in state.asked:
        if not one.is_open_at(asked.as_of):
            continue
        hidden = (("agreement", agreement.key), ("duty", duty.name), ("request", one.name if one.facts else ""))
        form = Form(url=asked.url_of("duty", "done"), deed=f"Record {one.name} as done", fields=(), hidden=hidden)
        is_ours = duty.who.value == "provider"
        yield Entry(
            words=f"{one.name}: {duty.does}", badge=FACES[one.state_at(asked.as_of)], clauses=duty.clauses, agreement=name,
            says=(f"Owed by the {duty.who.value}, from {say_instant(one.at, name.zone, as_of=asked.as_of)} on.",),
            deeds=(form,) if may and is_ours else (),
        )  # fmt: skip


def list_access_fields(asked: Asked, agreement: Agreement) -> Iterator[Field]:
    """Who and what as the agreement's rules name them; none where it has none."""
    rules = terms_of(agreement, asked.as_of).doors.rules.values()
    who = dict.fromkeys(name for rule in rules for name in rule.who.value)
    what = dict.fromkeys(name for rule in rules for name in rule.what.value)
    if not rules:
        return
    yield Field(name="who", label="As", choices=tuple(Choice(one, one.replace("-", " ")) for one in who), is_list=True)
    yield Field(name="what", label="In", choices=tuple(Choice(one, one.replace("-", " ")) for one in what), is_list=True)
    yield Field(name="purpose", label="For what, as the customer will read it")
    yield Field(name="starts", label="From", value=write_time(asked.at, zone_of(agreement)), hint="With its zone.")
    yield Field(name="ends", label="To", is_needed=False, hint="Empty: still in.")


def list_person_fields(asked: Asked, agreement: Agreement) -> Iterator[Field]:
    """The agreement's roles, the customer's people, the ways by which it takes a change; none where it names no roles."""
    roles = list_roles(agreement, asked.as_of)
    if not roles:
        return
    people = tuple(Choice(pseudonym_of(user), f"{user.name}, {user.email}") for user in users_of(agreement.customer))
    ways = ways_of_change(agreement, asked.as_of)
    named = tuple(Choice(role.role, role.role.replace("-", " ")) for role in roles)
    yield Field(name="role", label="Role", value=roles[0].role, choices=named)
    yield Field(name="person", label="Person", choices=(NOBODY, *people), is_list=True, is_needed=False)
    if ways:
        yield Field(name="channel", label="It came by", choices=tuple(Choice(way, way) for way in ways), value=ways[0])
    else:
        yield Field(name="channel", label="It came by", is_needed=False)
    yield Field(name="received", label="Received", value=write_time(asked.at, zone_of(agreement)), hint="With its zone.")


def list_notice_fields(asked: Asked, agreement: Agreement) -> Iterator[Field]:
    """Which notice, and of what: outages on record, and events that only a person knows of; none where none is promised."""
    notices = list_notices(agreement, asked.as_of)
    if not notices:
        return
    _, facts = known_facts(agreement.key)
    known = known_at(facts, asked.as_of)
    zone = zone_of(agreement)
    outages = {one.outage: one for notice in notices for one in list_outages(known, notice)[:MOST_OUTAGES]}
    events = dict.fromkeys(event for notice in notices for event in list_events(agreement, notice, asked.as_of))
    about = [
        *(Choice(one.outage, f"{one.outage}, {say_instant(one.first_bad_at, zone)}") for one in outages.values()),
        *(Choice(event, event) for event in events),
    ]
    named = tuple(Choice(one.name, one.name.replace("-", " ")) for one in notices)
    ways = tuple(dict.fromkeys(way for one in notices for way in one.by.value))
    yield Field(name="notice", label="Notice", value=named[0].value, choices=named, is_list=True)
    yield Field(name="about", label="Of what", choices=tuple(about), is_list=True)
    yield Field(name="to", label="To whom", is_needed=False, hint="Empty: as the agreement says.")
    yield Field(name="way", label="By which way", value=ways[0], hint=f"The agreement says: {'; '.join(ways)}.")
    yield Field(name="told", label="Sent", value=write_time(asked.at, zone), hint="With its zone.")


def make_form(
    asked: Asked, agreement: Agreement, name: AgreementName, deed: str, fields: tuple[Field, ...], sent: Sent,
    problems: tuple[Problem, ...],
) -> Form:  # fmt: skip
    kept = tuple(replace(field, value=sent.get(field.name, field.value)) for field in fields)
    return Form(
        url=asked.url_of("duty", deed), deed="Record it", not_done="Nothing was recorded.", fields=kept,
        problems=problems if sent else (), hidden=(("agreement", agreement.key),), agreement=name,
    )  # fmt: skip


def act(asked: Asked, deed: str) -> Answer:
    """Record one thing, or say what is wrong with it."""
    if asked.is_past:
        raise NotAllowed("Facts are recorded now", "You look from a past instant. Go back to now to record something.")
    deeds: dict[str, Callable[[Asked, Agreement, Sent], tuple[Fact, str]]] = {
        "done": note_done, "access": note_access, "person": name_person, "notice": note_told
    }  # fmt: skip
    if deed not in deeds:
        raise NotHere()
    agreement = asked.agreement(asked.sent("agreement"))
    sent = {name: asked.sent(name) for name in asked.request.POST}
    try:
        fact, words = deeds[deed](asked, agreement, sent)
    except Wrong as wrong:
        return answer(asked, make_page(asked, deed, sent, (wrong.problem,)), status=422)
    leave_toast(asked, words, FactLines(agreement.key, asked.at).link_fact(fact))
    return to("duties")


def note_done(asked: Asked, agreement: Agreement, sent: Sent) -> tuple[Fact, str]:
    try:
        fact = services.note_done(
            agreement=agreement, duty=sent.get("duty", ""), request=sent.get("request", ""), evidence="", by=asked.by,
            at=asked.at,
        )  # fmt: skip
    except services.UnknownDuty as problem:
        raise Wrong("", str(problem)) from None
    return fact, f"{sent.get('request') or fact.duty} is recorded as done."


def note_access(asked: Asked, agreement: Agreement, sent: Sent) -> tuple[Fact, str]:
    purpose = sent.get("purpose", "")
    if not purpose:
        raise Wrong("purpose", "say for what: the customer reads it beside the clause")
    if words := explain_length("The purpose", purpose):
        raise Wrong("purpose", words)
    rules = terms_of(agreement, asked.at).doors.rules.values()
    for field in ("who", "what"):
        known = {name for rule in rules for name in getattr(rule, field).value}
        if sent.get(field, "") not in known:
            raise Wrong(field, f"the agreement speaks of {', '.join(sorted(known)) or 'nothing'}")
    from_at = read_field(asked, agreement, sent, "starts")
    ended_at = read_field(asked, agreement, sent, "ends") if sent.get("ends") else None
    if from_at > asked.at or (ended_at is not None and not from_at <= ended_at <= asked.at):
        raise Wrong("ends" if ended_at else "starts", "it was: neither start nor end lies ahead, and it ends after it began")
    fact = services.note_access(
        agreement=agreement, who=sent["who"], what=sent["what"], purpose=purpose, person=asked.by, from_at=from_at,
        ended_at=ended_at, by=asked.by, at=asked.at,
    )  # fmt: skip
    return fact, "It is on record, and the customer sees it."


def name_person(asked: Asked, agreement: Agreement, sent: Sent) -> tuple[Fact, str]:
    people = {"", *(pseudonym_of(user) for user in users_of(agreement.customer))}
    if sent.get("person", "") not in people:
        raise Wrong("person", "a person is one of the customer’s people, or nobody")
    received_at = read_field(asked, agreement, sent, "received")
    try:
        fact = services.name_person(
            agreement=agreement, role=sent.get("role", ""), person=sent.get("person", ""), channel=sent.get("channel", ""),
            received_at=received_at, confirmed_at=asked.at, by=asked.by, at=asked.at,
        )  # fmt: skip
    except services.CannotName as problem:
        raise Wrong("channel", str(problem)) from None
    return fact, "The change is on record."


def note_told(asked: Asked, agreement: Agreement, sent: Sent) -> tuple[Fact, str]:
    told_at = read_field(asked, agreement, sent, "told")
    for field in ("to", "way"):
        if words := explain_length("It", sent.get(field, "")):
            raise Wrong(field, words)
    try:
        fact = services.record_notice(
            agreement=agreement, notice=sent.get("notice", ""), about=sent.get("about", ""), to=sent.get("to", ""),
            way=sent.get("way", ""), told_at=told_at, by=asked.by, at=asked.at,
        )  # fmt: skip
    except (services.CannotTell, UnknownNotice) as problem:
        raise Wrong("about", str(problem)) from None
    return fact, "The notice is on record, and the customer sees it."


def read_field(asked: Asked, agreement: Agreement, sent: Sent, name: str) -> Instant:
    try:
        return read_time(sent.get(name, ""), {"": zone_of(agreement)})
    except NotATime as problem:
        raise Wrong(name, str(problem)) from None
