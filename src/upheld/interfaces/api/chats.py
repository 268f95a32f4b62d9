"""The live chat of an agreement; and chats with our bot that speak for a customer's person, with the code that links one."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.queries.chat import look_at_chat
from upheld.apps.parties.queries import is_customers, may_act_for_customer
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import MOST_FILES, FileSent, Spoken, Word, name_sender, read_files
from upheld.interfaces.api.desk_shapes import TicketTold, tell_ticket
from upheld.interfaces.api.entering import asker, find_agreement, now
from upheld.interfaces.api.fields import InstantTold, Sent
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])
LONGEST_SUBJECT = 100


class ChatDoorTold(BaseModel):
    """
    The live chat of an agreement: whether this customer has it, whether somebody is there, and from when; what it is
    `not_for` goes on by the channel `sends_to`.
    """

    channel: str
    offered: bool
    open: bool
    opens_at: InstantTold | None
    not_for: list[str]
    sends_to: str
    clauses: list[str]


class ChatSent(Sent):
    """How a chat begins. `topic` is a topic of the agreement, where it is about one."""

    text: Spoken
    topic: Word = ""
    is_urgent: bool = False
    files: list[FileSent] = Field(default_factory=list, max_length=MOST_FILES)


class ChatsTold(BaseModel):
    """Since when chats speak for you, a line for each; nobody is told which they are."""

    person: str
    linked_at: list[InstantTold]


class CodeTold(BaseModel):
    """What you send to the bot as `/start CODE`: good once, for half an hour; a new one ends the one before."""

    code: str
    until_at: InstantTold


@router.get("/agreements/{key}/chat", response=ChatDoorTold, summary="The live chat")
def show_chat(request: HttpRequest, key: str) -> ChatDoorTold:
    """As it is now. What is said in a chat stands on its ticket; write there too."""
    row = find_agreement(request, key)
    door = look_at_chat(row, now())
    if door is None:
        raise Problem(problems.NOT_ON_RECORD, f"{row.key} has no live chat; open a ticket instead")
    return ChatDoorTold(
        channel=door.channel, offered=door.is_offered, open=door.is_open, sends_to=door.sends_to,
        opens_at=str(door.opens_at) if door.opens_at else None, not_for=list(door.not_for), clauses=list(door.clauses),
    )  # fmt: skip


@router.post("/agreements/{key}/chat", response={201: TicketTold}, openapi_extra=KEYED, summary="Begin a chat")
def begin_chat(request: HttpRequest, key: str, sent: ChatSent) -> HttpResponse:
    """
    By the customer's people. It is a ticket like any other; what the chat is not for goes on at once by the channel that
    the agreement names, as `channel` of the answer says.
    """
    row = find_agreement(request, key)
    if not may_act_for_customer(asker(request)):
        raise Problem(problems.NOT_ALLOWED, next="the customer's managers and members write to the desk")
    report = services.Report(
        subject=sent.text.splitlines()[0][:LONGEST_SUBJECT], text=sent.text, kind="question", topic=sent.topic,
        is_urgent=sent.is_urgent, attached=read_files(sent.files),
    )  # fmt: skip
    sender = name_sender(request, row, "", "")
    return do_once(
        request,
        lambda at: tell_ticket(services.start_chat(agreement=row, report=report, sender=sender, at=at), for_staff=False),
    )


@router.get("/chats", response=ChatsTold, summary="Chats that speak for you")
def show_chats(request: HttpRequest) -> ChatsTold:
    """Yours alone."""
    person = asker(request)
    return ChatsTold(person=person.email, linked_at=[str(Instant.of(chat.linked_at)) for chat in queries.chats_of(person)])


@router.post("/chats", response={201: CodeTold}, openapi_extra=KEYED, summary="Ask for a code to link a chat")
def offer_code(request: HttpRequest, sent: NothingSent) -> HttpResponse:
    """For a customer's people: what they write in that chat becomes tickets and messages of theirs."""
    person = asker(request)
    if not is_customers(person):
        raise Problem(problems.NOT_ALLOWED, next="only a customer's people write to the desk by a chat")
    if not may_act_for_customer(person):
        raise Problem(problems.NOT_ALLOWED, next="a reader looks; managers and members write to the desk")

    def deed(at: Instant) -> CodeTold:
        code = services.offer_chat_code(user=person, at=at)
        return CodeTold(code=code, until_at=str(at + services.CODE_LASTS))

    return do_once(request, deed)


@router.post("/chats/unlink", response={201: ChatsTold}, openapi_extra=KEYED, summary="End every link")
def unlink(request: HttpRequest, sent: NothingSent) -> HttpResponse:
    """No chat speaks for you any more. For a customer's people, readers too."""
    person = asker(request)
    if not is_customers(person):
        raise Problem(problems.NOT_ALLOWED, next="only a customer's people have chats that speak for them")

    def deed(at: Instant) -> ChatsTold:
        services.unlink_chats(user=person)
        return show_chats(request)

    return do_once(request, deed)
