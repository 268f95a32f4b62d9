"""A live chat while it goes on: what was said, asked for again every few seconds; its line, and its clocks with reasons."""

from collections.abc import Iterator

from django.http import HttpResponse

from upheld.apps.desk.queries.chat import CHATS, began_in_chat, look_at_chat, messages_after
from upheld.apps.desk.services import CannotDo, Said, receive
from upheld.apps.findings.queries import CannotJudge
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer
from upheld.doors.asking import Asked, explain_length
from upheld.doors.files import TooMuch, take_in
from upheld.doors.naming import name_for
from upheld.doors.refusing import NotHere
from upheld.interfaces.portal.chat import AWAY, HERE, name_topic, say_hours
from upheld.interfaces.portal.reporting import LONGEST, name_sender
from upheld.interfaces.portal.tickets import DONE, Ticket, find_ticket, look_at, may_act, tell_message
from upheld.pages.contexts.chat import ChatPage, ChatPart
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Field, Form, Problem

SECOND_LINE = Badge("Second line", "run")
MOST_MESSAGE = 1_000_000


def find_chat(asked: Asked, name: str) -> Ticket:
    """A ticket of this customer's that began in the chat; NotHere for any other."""
    ticket = find_ticket(asked, name)
    if ticket.agreement is None or not began_in_chat(ticket):
        raise NotHere()
    return ticket


def show_chat(asked: Asked, name: str) -> Answer:
    return make_chat(asked, find_chat(asked, name), "")


def make_chat(asked: Asked, ticket: Ticket, typed: str, problems: tuple[Problem, ...] = ()) -> ChatPage:
    naming = name_for(asked, ticket.agreement)
    clocks, _, problem = look_at(asked, ticket, naming)
    return ChatPage(
        as_of=asked.as_of,
        answer=f"{ticket.name}: {ticket.subject}",
        way=(Link("Tickets", asked.url_of("tickets")), Link("Live chat", asked.url_of("chat")), Link(ticket.name)),
        said=tell_after(asked, ticket, naming, 0),
        line=tell_line(asked, ticket, naming),
        clocks=clocks,
        silence=problem or "No clause promises a time for it: nothing runs.",
        ticket=Link(f"{ticket.name} as a ticket, with its telephone", asked.url_of("ticket", ticket.name)),
        form=make_form(asked, ticket, typed, problems),
    )


def tell_after(asked: Asked, ticket: Ticket, naming: AgreementName, number: int) -> ChatPart:
    """What was said after a message, and where what follows is asked for; nowhere once it is settled."""
    rows = [row for row in messages_after(ticket, number) if Instant.of(row.recorded_at) <= asked.as_of]
    last = rows[-1].number if rows else number
    is_over = ticket.state in DONE or asked.is_past
    return ChatPart(
        lines=tuple(tell_message(asked, ticket, row, naming) for row in rows),
        more_url="" if is_over else asked.url_of("chat-after", ticket.name, last),
    )


def tell_line(asked: Asked, ticket: Ticket, naming: AgreementName) -> Entry:
    """Whether the first line has it, and is there; or that it was handed over to the second, with the clause."""
    try:
        door = look_at_chat(ticket.agreement, asked.as_of)
    except CannotJudge:
        door = None
    clauses = door.clauses if door else ()
    if ticket.channel not in CHATS:
        return Entry(words="It was handed over", badge=SECOND_LINE, says=tuple(say_passed(ticket)), clauses=clauses,
                     agreement=naming)  # fmt: skip
    if door is None:
        return Entry(words="The first line has it", agreement=naming)
    says = (say_hours(asked, door, naming),)
    return Entry(words="The first line has it", badge=HERE if door.is_open else AWAY, says=says, agreement=naming)


def say_passed(ticket: Ticket) -> Iterator[str]:
    topic = f" for {name_topic(ticket.topic)}" if ticket.topic else " for this"
    yield f"The chat is not{topic}. It goes on by {ticket.channel}: answers come there, and stay to be read here."


def make_form(asked: Asked, ticket: Ticket, typed: str, problems: tuple[Problem, ...]) -> Form | None:
    if not may_act(asked) or ticket.merged_into is not None:
        return None
    return Form(
        url=asked.url_of("chat-room", ticket.name), deed="Send", not_done="Nothing was sent.", problems=problems,
        fields=(
            Field(name="text", label="Your message", kind="long", value=typed),
            Field(name="files", label="Files", kind="file", is_needed=False),
        ),
    )  # fmt: skip


def show_after(asked: Asked, name: str, number: int) -> Answer:
    """What was said since, for the page that asks; nothing where nothing was, and the page asks again."""
    ticket = find_chat(asked, name)
    part = tell_after(asked, ticket, name_for(asked, ticket.agreement), min(number, MOST_MESSAGE))
    return part if part.lines or not part.more_url else HttpResponse(status=204)


def say(asked: Asked, name: str) -> Answer:
    """The customer's next words; on a settled chat they open it again."""
    ticket = find_chat(asked, name)
    typed, problems = asked.sent("text"), []
    if not typed:
        problems.append(Problem("text", "A message has words"))
    elif words := explain_length("The message", typed, most=LONGEST):
        problems.append(Problem("text", words))
    try:
        files = take_in(asked, "files")
        if not problems:
            said = Said(text=typed, attached=files)
            message = receive(ticket=ticket, said=said, sender=name_sender(asked), at=asked.at, channel="")
    except TooMuch as problem:
        problems.append(Problem("files", str(problem)))
    except CannotDo as problem:
        problems.append(Problem("text", str(problem)))
    if problems:
        return answer(asked, make_chat(asked, ticket, typed, tuple(problems)), status=422)
    goes_on = "chat-room" if began_in_chat(message.ticket) else "ticket"
    return to(f"portal:{goes_on}", message.ticket.name, query=f"#m{message.number}")
