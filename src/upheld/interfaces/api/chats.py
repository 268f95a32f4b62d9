"""Chats with our bot that speak for a customer's person, and the code by which one is linked."""

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from upheld.apps.desk import queries, services
from upheld.apps.parties.queries import is_customers, may_act_for_customer
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker
from upheld.interfaces.api.fields import InstantTold
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])


class ChatsTold(BaseModel):
    """Since when chats speak for you, a line for each; nobody is told which they are."""

    person: str
    linked_at: list[InstantTold]


class CodeTold(BaseModel):
    """What you send to the bot as `/start CODE`: good once, for half an hour; a new one ends the one before."""

    code: str
    until_at: InstantTold


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
