"""Beginning a live chat: whether somebody is there, what it is about, and what it is not for, which goes on elsewhere."""

from collections.abc import Iterator

from upheld.apps.desk.queries.chat import CHATS, ChatDoor, look_at_chat
from upheld.apps.desk.services import Attached, CannotDo, Report, start_chat
from upheld.apps.findings.queries import CannotJudge
from upheld.core.terms.desk import HelpDesk
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.files import TooMuch, take_in
from upheld.doors.naming import Agreement, name_for
from upheld.doors.refusing import CannotShow, NotHere
from upheld.interfaces.portal.reporting import LONGEST, UNDECIDED, desk_terms, name_sender
from upheld.interfaces.portal.tickets import may_act
from upheld.pages.contexts.lists import Badge, Entry, Section, TicketsPage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import capitalise, say_instant

LONGEST_SUBJECT = 100
HERE = Badge("Somebody is there", "up", "up")
AWAY = Badge("Nobody is there now", "pause")
NOT_YOURS = Badge("Not in your subscription", "excluded", "excluded")
ELSEWHERE = Badge("Not by chat", "excluded", "excluded")
URGENT = (Choice("no", "no"), Choice("yes", "yes"))


def show_doors(asked: Asked) -> Answer:
    """The chat of each agreement: who has one, and whether somebody is there."""
    entries = tuple(tell_door(asked, agreement) for agreement in asked.agreements())
    return TicketsPage(
        as_of=asked.as_of,
        answer="Live chat",
        lede="What is written in a chat is a ticket like any other: its time runs, and all of it is kept.",
        way=(Link("Tickets", asked.url_of("tickets")), Link("Live chat")),
        deeds=(Link("Report a problem", asked.url_of("report")),),
        sections=(Section(anchor="chats", heading="Agreements", entries=entries, empty="No agreement is signed yet."),),
    )


def tell_door(asked: Asked, agreement: Agreement) -> Entry:
    naming = name_for(asked, agreement)
    try:
        door = look_at_chat(agreement, asked.as_of)
    except CannotJudge as problem:
        return Entry(words=naming.service, says=(f"It cannot be judged: {problem}.",), agreement=naming)
    if door is None:
        return Entry(words=naming.service, says=("It has no live chat; report a problem instead.",), agreement=naming)
    if not door.is_offered:
        says = "The live chat is no part of your subscription; report a problem instead."
        return Entry(words=naming.service, badge=NOT_YOURS, says=(says,), clauses=door.clauses, agreement=naming)
    return Entry(
        words=naming.service, url=asked.url_of("chat-start", agreement.key), badge=HERE if door.is_open else AWAY,
        says=(say_hours(asked, door, naming),), clauses=door.clauses, agreement=naming,
    )  # fmt: skip


def say_hours(asked: Asked, door: ChatDoor, naming: AgreementName) -> str:
    """Whether somebody is there, by the hours of the channel."""
    if door.is_open:
        return "Somebody is there now."
    if door.opens_at is None:
        return "Nobody is there now. What you write is kept, and a person answers it."
    when = say_instant(door.opens_at, door.zone or naming.zone, as_of=asked.as_of, dated=True)
    return f"Nobody is there until {when}. What you write is kept and answered then."


def find_door(asked: Asked, key: str) -> tuple[Agreement, ChatDoor]:
    """An agreement with its chat. Raises CannotShow where there is none for this customer, with the clause."""
    agreement = asked.agreement(key)
    door = look_at_chat(agreement, asked.as_of)
    report = (Link("Report a problem", asked.url_of("report")),)
    if door is None:
        raise CannotShow("There is no live chat", "This agreement has none; report a problem instead.", report)
    if not door.is_offered:
        cited = f"{', '.join(door.clauses)}: " if door.clauses else ""
        says = f"{cited}the live chat is no part of your subscription; report a problem instead."
        raise CannotShow("There is no live chat for you", capitalise(says), report)
    return agreement, door


def show_start(asked: Asked, key: str) -> Answer:
    """First what it is about; then what the customer has to say."""
    agreement, door = find_door(asked, key)
    topic = asked.query("topic")
    return make_start(asked, agreement, door, topic, {}) if topic else choose_topic(asked, agreement, door)


def choose_topic(asked: Asked, agreement: Agreement, door: ChatDoor) -> TicketsPage:
    naming, desk = name_for(asked, agreement), desk_terms(agreement, asked)
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"Chat with us about {naming.service}",
        lede=say_hours(asked, door, naming),
        way=way_to(asked),
        sections=(
            Section(anchor="topics", heading="What is it about?", entries=tuple(list_topics(asked, naming, door, desk))),
        ),
    )


def way_to(asked: Asked) -> tuple[Link, ...]:
    return Link("Tickets", asked.url_of("tickets")), Link("Live chat", asked.url_of("chat")), Link("Begin")


def list_topics(asked: Asked, naming: AgreementName, door: ChatDoor, desk: HelpDesk) -> Iterator[Entry]:
    begin = asked.url_of("chat-start", naming.key)
    yield Entry(words="A question, or anything that is not named here", url=f"{begin}?topic={UNDECIDED}", agreement=naming)
    for topic in desk.topics.values():
        passed = topic.name in door.not_for
        yield Entry(
            words=name_topic(topic.name).capitalize(), url=f"{begin}?topic={topic.name}",
            badge=ELSEWHERE if passed else None,
            says=(f"It goes on by {door.sends_to or 'another way'}.",) if passed else (),
            clauses=door.clauses if passed else topic.clauses, agreement=naming,
        )  # fmt: skip


def name_topic(topic: str) -> str:
    return topic.replace("-", " ")


def make_start(
    asked: Asked, agreement: Agreement, door: ChatDoor, topic: str, sent: dict[str, str], problems: tuple[Problem, ...] = ()
) -> TicketsPage:
    naming, desk = name_for(asked, agreement), desk_terms(agreement, asked)
    if topic != UNDECIDED and topic not in desk.topics:
        raise NotHere()
    passed = topic in door.not_for
    says = say_hours(asked, door, naming)
    if passed:
        cited = f" ({', '.join(door.clauses)})" if door.clauses else ""
        says = f"The chat is not for this{cited}: it goes on by {door.sends_to}. Write it here; the answer comes there."
    form = Form(
        url=asked.url_of("chat-start", agreement.key), deed=f"Send it by {door.sends_to}" if passed else "Begin the chat",
        not_done="Nothing was sent.", problems=problems, hidden=(("topic", topic),), agreement=naming,
        fields=(
            Field(name="text", label="Your message", kind="long", value=sent.get("text", "")),
            Field(name="urgent", label="Is it urgent?", value=sent.get("urgent") or "no", choices=URGENT),
            Field(name="files", label="Files", kind="file", is_needed=False),
        ),
    )  # fmt: skip
    about = "Chat with us" if topic == UNDECIDED else name_topic(topic).capitalize()
    return TicketsPage(
        as_of=asked.as_of,
        answer=f"{about}, {naming.service}",
        way=way_to(asked),
        sections=(
            Section(anchor="begin", heading="What you want to say", says=says, form=form if may_act(asked) else None,
                    empty="" if may_act(asked) else "Members and managers write to us."),
        ),
    )  # fmt: skip


def start(asked: Asked, key: str) -> Answer:
    """Begin it; what the chat is not for goes on at once by the channel that the agreement names."""
    agreement, door = find_door(asked, key)
    sent = {name: asked.sent(name) for name in ("topic", "text", "urgent")}
    topic, problems, files = sent["topic"] or UNDECIDED, [], list[Attached]()
    if not sent["text"]:
        problems.append(Problem("text", "A message has words"))
    if words := explain_length("The message", sent["text"], most=LONGEST):
        problems.append(Problem("text", words))
    try:
        files = take_in(asked, "files")
    except TooMuch as problem:
        problems.append(Problem("files", str(problem)))
    if not problems:
        report = Report(
            subject=sent["text"].splitlines()[0][:LONGEST_SUBJECT], text=sent["text"], kind="question", attached=files,
            topic="" if topic == UNDECIDED else topic, is_urgent=sent["urgent"] == "yes",
        )  # fmt: skip
        try:
            ticket = start_chat(agreement=agreement, report=report, sender=name_sender(asked), at=asked.at)
        except CannotDo as problem:
            problems.append(Problem("text", str(problem)))
        else:
            if ticket.channel in CHATS:
                return to("portal:chat-room", ticket.name)
            leave_toast(asked, f"{ticket.name} is open and goes on by {ticket.channel}.")
            return to("portal:ticket", ticket.name)
    return answer(asked, make_start(asked, agreement, door, topic, sent, tuple(problems)), status=422)
