"""
What passes between reader and child: lengths, JSON, and bytes behind it. Nothing that comes from the child is ever run.

A message is four bytes of length, JSON, and the blobs whose lengths the JSON states under `blobs`.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import asdict
from typing import IO, Any

from upheld.gateways.reading.limits import LARGEST_MAIL
from upheld.gateways.reading.mail import Attachment, Authenticity, Bounce, Mail, Person, Standing

LENGTH = struct.Struct(">I")
LARGEST_JSON = 64_000_000
LARGEST_BLOBS = LARGEST_MAIL + 1_000_000


class Garbled(ValueError):
    """Bytes that are no message of ours."""


def write_message(out: IO[bytes], content: dict[str, Any], blobs: Iterable[bytes] = ()) -> None:
    pieces = list(blobs)
    head = json.dumps({**content, "blobs": [len(piece) for piece in pieces]}).encode("ascii")
    out.write(LENGTH.pack(len(head)) + head)
    for piece in pieces:
        out.write(piece)
    out.flush()


def read_message(source: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The next message; raises EOFError where nobody writes any more, and Garbled."""
    (length,) = LENGTH.unpack(read_exactly(source, LENGTH.size))
    if length > LARGEST_JSON:
        raise Garbled(f"a message of {length} bytes")
    try:
        content = json.loads(read_exactly(source, length))
        lengths = content.pop("blobs")
        if not all(type(each) is int and each >= 0 for each in lengths) or sum(lengths) > LARGEST_BLOBS:
            raise Garbled("blobs of impossible lengths")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise Garbled(str(wrong)) from None
    return content, [read_exactly(source, each) for each in lengths]


def read_exactly(source: IO[bytes], length: int) -> bytes:
    content = source.read(length)
    if len(content) != length:
        raise EOFError
    return content


def pack_mail(mail: Mail) -> tuple[dict[str, Any], list[bytes]]:
    """A mail as JSON, with the contents of its attachments apart."""
    content = asdict(mail)
    for attachment in content["attachments"]:
        del attachment["content"]
    return content, [attachment.content for attachment in mail.attachments]


def unpack_mail(content: dict[str, Any], blobs: list[bytes]) -> Mail:
    """The mail again, each value of its type; raises Garbled."""
    try:
        rows = content["attachments"]
        if len(rows) != len(blobs):
            raise Garbled(f"{len(rows)} attachments with {len(blobs)} contents")
        bounce, authenticity = content["bounce"], content["authenticity"]
        return Mail(
            sender=unpack_person(content["sender"]),
            recipients=unpack_people(content["recipients"]),
            reply_to=unpack_people(content["reply_to"]),
            subject=letters(content["subject"]),
            message_id=letters(content["message_id"]),
            in_reply_to=all_letters(content["in_reply_to"]),
            references=all_letters(content["references"]),
            date=letters(content["date"]),
            text=letters(content["text"]),
            new_text=letters(content["new_text"]),
            html=letters(content["html"]),
            automatic=letters_or_none(content["automatic"]),
            is_only_listed=content["is_only_listed"] is True,
            own_loop=letters_or_none(content["own_loop"]),
            doubts=all_letters(content["doubts"]),
            remote_pictures=int(content["remote_pictures"]),
            attachments=tuple(unpack_attachment(row, blob) for row, blob in zip(rows, blobs, strict=True)),
            bounce=None if bounce is None else unpack_bounce(bounce),
            authenticity=Authenticity(Standing(authenticity["standing"]), letters(authenticity["because"])),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        raise Garbled(f"no mail: {wrong}") from None


def unpack_person(row: dict[str, Any]) -> Person:
    return Person(letters(row["address"]), letters(row["name"]))


def unpack_people(rows: list[dict[str, Any]]) -> tuple[Person, ...]:
    return tuple(unpack_person(row) for row in rows)


def unpack_attachment(row: dict[str, Any], content: bytes) -> Attachment:
    return Attachment(
        letters(row["name"]), letters(row["type"]), content, row["is_inline"] is True, letters(row["content_id"])
    )


def unpack_bounce(row: dict[str, Any]) -> Bounce:
    return Bounce(
        of=all_letters(row["of"]),
        recipients=all_letters(row["recipients"]),
        is_final=row["is_final"] is True,
        **{name: letters(row[name]) for name in ("action", "status", "diagnosis")},
    )


def letters(value: object) -> str:
    """Text that any database holds; raises Garbled."""
    if not isinstance(value, str):
        raise Garbled(f"expected text, came {type(value).__name__}")
    if "\0" in value:
        raise Garbled("text with a NUL")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Garbled("text with half a letter") from None
    return value


def letters_or_none(value: object) -> str | None:
    return None if value is None else letters(value)


def all_letters(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise Garbled(f"expected a list, came {type(values).__name__}")
    return tuple(letters(value) for value in values)
