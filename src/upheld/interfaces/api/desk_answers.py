"""What the provider's people say on tickets, macros and templates that help them, and files as they were handed over."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Path
from pydantic import BaseModel, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.services import Said
from upheld.apps.desk.services.marking import MOST
from upheld.apps.parties.queries import is_staff
from upheld.core.timeline import Instant
from upheld.doors.files import hand_out
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import MOST_FILES, FileSent, Line, Spoken, find_message, find_ticket, read_files
from upheld.interfaces.api.desk_shapes import MessageTold, TicketTold, tell_message, tell_ticket
from upheld.interfaces.api.entering import asker, name_asker, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Name, Sent
from upheld.interfaces.api.fields import Said as Because
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])
Number = Path(..., ge=1, le=2**31 - 1)
Says = Literal["ETA", "update", "confirmation", "question"]
Then = Literal["", "wait", "resolve"]


class AnswerSent(Sent):
    """
    An answer that the customer sees; `says` is what it holds besides. `then` is what follows it: the ticket waits for the
    customer, or is resolved. `tags` come to those that it has.
    """

    text: Spoken
    says: list[Says] = Field(default_factory=list, max_length=4)
    then: Then = ""
    tags: list[Line] = Field(default_factory=list, max_length=MOST)
    files: list[FileSent] = Field(default_factory=list, max_length=MOST_FILES)


class NoteSent(Sent):
    """Words for the provider's people alone."""

    text: Spoken
    files: list[FileSent] = Field(default_factory=list, max_length=MOST_FILES)


class BecauseSent(Sent):
    """Why."""

    because: Because


class SplitSent(Sent):
    """What the new ticket is about; as the one it is split off where nothing is said."""

    subject: Line = ""


class MacroTold(BaseModel):
    """A text that is used on many tickets; `is_public` is false for one that is a note."""

    name: str
    text: str
    is_public: bool
    says: list[str]
    then: str
    tags: list[str]
    at: InstantTold


class MacroSent(Sent):
    """
    A macro under its name. Its text may have `{customer}`, `{requester}`, `{ticket}`, `{subject}`, `{priority}`, `{me}`.
    """

    name: Name
    text: Spoken
    is_public: bool = True
    says: list[Says] = Field(default_factory=list, max_length=4)
    then: Then = ""
    tags: list[Line] = Field(default_factory=list, max_length=MOST)


class TemplateTold(BaseModel):
    """
    A report that a ticket may begin with; its text may have `{customer}` and `{me}`. `is_offered` is true for one that
    customers begin from as well.
    """

    name: str
    kind: str
    topic: str
    impact: str
    urgency: str
    subject: str
    text: str
    tags: list[str]
    is_offered: bool
    at: InstantTold


class FilledTold(BaseModel):
    """A macro's text for one ticket: a blank of which nothing is known stays."""

    text: str
    is_public: bool
    says: list[str]
    then: str
    tags: list[str]


@router.post("/tickets/{name}/answers", response={201: MessageTold}, openapi_extra=KEYED, summary="Answer")
def reply(request: HttpRequest, name: str, sent: AnswerSent) -> HttpResponse:
    """A person of the provider answers: the customer sees it, and has it by mail or in their chat where they wrote so."""
    row = find_ticket(request, name)
    refuse_reader(request)
    said = Said(sent.text, says=tuple(dict.fromkeys(sent.says)), attached=read_files(sent.files))
    by, shown_as = name_asker(request), asker(request).name

    def deed(at: Instant) -> MessageTold:
        return tell_message(
            services.reply_and(ticket=row, said=said, then=sent.then, tags=sent.tags, by=by, shown_as=shown_as, at=at)
        )

    return do_once(request, deed)


@router.post("/tickets/{name}/notes", response={201: MessageTold}, openapi_extra=KEYED, summary="Write a note")
def write_note(request: HttpRequest, name: str, sent: NoteSent) -> HttpResponse:
    """The customer does not see it, and no clock hears it."""
    row = find_ticket(request, name)
    refuse_reader(request)
    said = Said(sent.text, attached=read_files(sent.files))
    by, shown_as = name_asker(request), asker(request).name
    return do_once(
        request, lambda at: tell_message(services.write_note(ticket=row, said=said, by=by, shown_as=shown_as, at=at))
    )


@router.post(
    "/tickets/{name}/messages/{message}/waive", response={201: MessageTold}, openapi_extra=KEYED, summary="No answer needed"
)
def waive(request: HttpRequest, name: str, sent: BecauseSent, message: int = Number) -> HttpResponse:
    """A customer's message needs no answer; the statement will say why. Recorded as `answer-waived/1`."""
    row = find_message(find_ticket(request, name), message)
    refuse_reader(request)
    by = name_asker(request)
    return do_once(
        request, lambda at: tell_message(services.waive(message=row, because=sent.because, by=by, at=at))
    )  # fmt: skip


@router.post(
    "/tickets/{name}/messages/{message}/split", response={201: TicketTold}, openapi_extra=KEYED, summary="Split a ticket"
)
def split(request: HttpRequest, name: str, sent: SplitSent, message: int = Number) -> HttpResponse:
    """A customer's message holds another matter: a ticket of its own, whose clocks start when the message came."""
    row = find_message(find_ticket(request, name), message)
    refuse_reader(request)
    by = name_asker(request)
    return do_once(
        request,
        lambda at: tell_ticket(services.split(message=row, subject=sent.subject, by=by, at=at), for_staff=True),
    )


@router.get("/tickets/{name}/messages/{message}/files/{number}", response=bytes, summary="One file")
def show_file(request: HttpRequest, name: str, message: int = Number, number: int = Number) -> HttpResponse:
    """The bytes as they came, to be saved: nothing shows them as a page."""
    row = find_ticket(request, name)
    found = queries.attachment(row, message, number)
    if not found.message.is_public and not is_staff(asker(request)):
        raise Problem(problems.NOT_ON_RECORD, f"{row.name}-m{message} has no file {number}")
    return hand_out(bytes(found.content), found.file_name)


@router.get("/macros", response=list[MacroTold], summary="List macros")
def list_macros(request: HttpRequest) -> list[MacroTold]:
    """Texts that are used on many tickets. For the provider's people."""
    refuse_customer(request)
    return [tell_macro(row) for row in queries.list_macros()]


@router.post("/macros", response={201: MacroTold}, openapi_extra=KEYED, summary="Write a macro")
def save_macro(request: HttpRequest, sent: MacroSent) -> HttpResponse:
    """One that is there under this name gets the new text."""
    refuse_customer(request)
    by, says = name_asker(request), tuple(dict.fromkeys(sent.says))
    return do_once(
        request,
        lambda at: tell_macro(
            services.save_macro(
                name=sent.name,
                text=sent.text,
                by=by,
                at=at,
                is_public=sent.is_public,
                says=says,
                then=sent.then,
                tags=tuple(sent.tags),
            )
        ),
    )


@router.get("/templates", response=list[TemplateTold], summary="List templates")
def list_templates(request: HttpRequest) -> list[TemplateTold]:
    """What tickets may begin with. For the provider's people."""
    refuse_customer(request)
    return [
        TemplateTold(
            name=row.name, kind=row.kind, topic=row.topic, impact=row.impact, urgency=row.urgency, subject=row.subject,
            text=row.text, tags=list(row.tags), is_offered=row.is_offered, at=str(Instant.of(row.at)),
        )
        for row in queries.list_templates()
    ]  # fmt: skip


@router.get("/tickets/{name}/macros/{macro}", response=FilledTold, summary="A macro for a ticket")
def fill_in(request: HttpRequest, name: str, macro: str) -> FilledTold:
    """The macro's text with the names of customer and ticket filled in; nothing is sent by it."""
    row = find_ticket(request, name)
    refuse_customer(request)
    found = queries.macro(macro)
    words = {
        "customer": row.customer.name if row.customer else "", "requester": row.requester.name if row.requester else "",
        "ticket": row.name, "subject": row.subject, "priority": row.priority, "me": asker(request).name,
    }  # fmt: skip
    return FilledTold(
        text=services.fill_in(found, words), is_public=found.is_public, says=list(found.says), then=found.then,
        tags=list(found.tags),
    )  # fmt: skip


def refuse_customer(request: HttpRequest) -> None:
    """Macros and templates are the provider's own: to a customer's people they are not there."""
    if not is_staff(asker(request)):
        raise Problem(problems.NOT_ON_RECORD)


def tell_macro(row: Any) -> MacroTold:
    return MacroTold(
        name=row.name, text=row.text, is_public=row.is_public, says=list(row.says), then=row.then, tags=list(row.tags),
        at=str(Instant.of(row.at)),
    )  # fmt: skip
