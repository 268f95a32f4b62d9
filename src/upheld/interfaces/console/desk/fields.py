"""Fields of a deed as they were sent: read, or refused with what they would take."""

from typing import Any

from upheld.apps.desk.queries import messages_of
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.parties.queries import is_staff, list_users
from upheld.doors.asking import Asked, explain_length
from upheld.doors.shown.due import Ticket
from upheld.pages.words import capitalise

LONGEST_MESSAGE = 100_000


class Wrong(ValueError):
    """A field that cannot be read; the message says what it would take."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def read_words(asked: Asked, field: str, what: str, *, is_needed: bool = True) -> str:
    written = asked.sent(field)
    if is_needed and not written:
        raise Wrong(field, f"{what} is missing")
    if too_long := explain_length(what, written):
        raise Wrong(field, too_long)
    return written


def read_message(asked: Asked, field: str) -> str:
    written = asked.sent(field)
    if too_long := explain_length("The message", written, most=LONGEST_MESSAGE):
        raise Wrong(field, too_long)
    return written


def find_other(asked: Asked, field: str) -> Ticket:
    name = asked.sent(field).upper()
    try:
        return read_ticket(name)
    except LookupError as problem:
        raise Wrong(field, capitalise(problem)) from None


def find_person(asked: Asked, field: str) -> Any:
    """One of the provider's people; None where nobody was chosen."""
    chosen = asked.sent(field)
    found = next((one for one in list_users() if str(one.pk) == chosen and is_staff(one)), None)
    if chosen and found is None:
        raise Wrong(field, "Name one of the people on the page")
    return found


def find_message(asked: Asked, ticket: Ticket, field: str) -> Any:
    found = next((one for one in messages_of(ticket) if str(one.number) == asked.sent(field)), None)
    if found is None:
        raise Wrong(field, "Name one of the messages on the page")
    return found
