"""Files that were handed over: each has an address of its own, is saved and never shown, and may run nothing."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from upheld.apps.desk.queries import attachment
from upheld.apps.desk.queries import ticket as read_ticket
from upheld.apps.desk.services import Attached
from upheld.doors.answering import close
from upheld.doors.asking import Asked, tidy
from upheld.interfaces.console.desk.due import Ticket
from upheld.pages.contexts.tickets import File

MOST, LARGEST = 10, 15_000_000
UNSAFE = re.compile(r"[^A-Za-z0-9._ -]")
SANDBOX = "default-src 'none'; sandbox"


class TooMuch(ValueError):
    """Files that are too many or too large together; the message says what may be sent."""


def send_file(asked: Asked, name: str, message: int, number: int) -> HttpResponse:
    """The bytes as they came, whatever they say they are: a browser saves them, and opens none of them as a page of ours."""
    found = attachment(read_ticket(name), message, number)
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    plain = UNSAFE.sub("_", found.file_name)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.file_name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return close(response)


def link_files(asked: Asked, ticket: Ticket, message: Any) -> tuple[File, ...]:
    return tuple(
        File(one.file_name, asked.url_of("attachment", ticket.name, message.number, one.number), say_size(one.size))
        for one in sorted(message.attachments.all(), key=lambda one: one.number)
    )


def say_size(size: int) -> str:
    """Decimal, floored: `12 kB`."""
    if size < 1000:
        return f"{size} B"
    return f"{size // 1000} kB" if size < 1_000_000 else f"{size // 1_000_000} MB"


def read_files(asked: Asked, field: str) -> Sequence[Attached]:
    """What was handed over with a form. Raises TooMuch."""
    sent = asked.request.FILES.getlist(field)
    size = sum(one.size or 0 for one in sent)
    if len(sent) > MOST or size > LARGEST:
        raise TooMuch(
            f"{len(sent)} files of {say_size(size)} came; at most {MOST} of {say_size(LARGEST)} together are taken. "
            "Leave some out, or say where they can be fetched"
        )
    return [Attached(tidy(one.name or "") or "file", one.content_type or "", one.read()) for one in sent]
