"""Files that people hand over: saved by a browser and opened by none as a page of ours; few enough and small enough."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from upheld.apps.desk.queries import attachment
from upheld.apps.desk.services import Attached
from upheld.doors.asking import Asked, tidy

MOST, LARGEST = 10, 15_000_000
"""Files with one message, and bytes of all together."""
UNSAFE = re.compile(r"[^A-Za-z0-9._ -]")
SANDBOX = "default-src 'none'; sandbox"


class TooMuch(ValueError):
    """Files that are too many or too large together; the message says what may be sent."""


def hand_out(content: bytes, name: str) -> HttpResponse:
    """The bytes as they came, whatever they say they are."""
    response = HttpResponse(content, content_type="application/octet-stream")
    plain = UNSAFE.sub("_", name)
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def lay_out(html: str, title: str) -> HttpResponse:
    """
    Cleaned HTML of a mail as a page by itself. It was cleaned where it was read; the browser is told besides to run
    nothing, to fetch nothing, and to give it no share in our addresses.
    """
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{escape(title)}</h1>{html}</main></body></html>"
    )
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


def send_attachment(ticket: Any, message: int, number: int) -> HttpResponse:
    """A file of a message on a ticket; raises UnknownFile."""
    found = attachment(ticket, message, number)
    return hand_out(bytes(found.content), found.file_name)


def list_files(message: Any) -> Iterator[Any]:
    """The files of a message in their order."""
    yield from sorted(message.attachments.all(), key=lambda one: int(one.number))


def take_in(asked: Asked, field: str) -> list[Attached]:
    """What was handed over with a form. Raises TooMuch."""
    files = asked.request.FILES
    sent = files.getlist(field) if isinstance(files, MultiValueDict) else []
    size = sum(one.size or 0 for one in sent)
    if len(sent) > MOST or size > LARGEST:
        raise TooMuch(
            f"{len(sent)} files of {say_size(size)} came; at most {MOST} of {say_size(LARGEST)} together are taken. "
            "Leave some out, or say where they can be fetched"
        )
    return [Attached(tidy(one.name or "") or "file", one.content_type or "", one.read()) for one in sent]


def say_size(size: int) -> str:
    """Decimal, floored: `12 kB`."""
    if size < 1000:
        return f"{size} B"
    return f"{size // 1000} kB" if size < 1_000_000 else f"{size // 1_000_000} MB"
