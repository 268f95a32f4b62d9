"""Signed notes: a text with one or more signatures under it, readable in any editor (C2SP signed-note).

The text ends with a newline, an empty line follows, then a line for each signature: an em dash, the signer's name,
and the base64 of the key id and the signature. The signatures cover the text and nothing below it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from upheld.core.proof.base64_text import NotBase64, parse_base64, write_base64
from upheld.core.proof.verifier_key import ID_SIZE, VerifierKey, explain_name

LARGEST_NOTE = 2**20
"""Characters that a note may have."""

MOST_SIGNATURES = 100
"""Signature lines that a note may have; the format asks for at least 16."""

_DASH = "\u2014 "


class NotANote(ValueError):
    """Text that is not a signed note, or cannot be the text of one."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line, unverified: who is said to have signed, with the key of which id."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart. Nothing in it is proven: `open_note` does that."""

    text: str
    signatures: tuple[Signature, ...]


def note_to_sign(text: str) -> bytes:
    """The bytes which a signer signs for this text; raises NotANote where the text cannot be in a note."""
    if not text.endswith("\n"):
        raise NotANote("the text of a note ends with a newline")
    return _encode(text)


def signature_line(key: VerifierKey, signature: bytes) -> str:
    """The line, with its newline, that carries a signature made by the owner of `key`."""
    return f"{_DASH}{key.name} {write_base64(key.key_id + signature)}\n"


def write_note(text: str, lines: Iterable[str]) -> str:
    """The signed note of a text and lines made by `signature_line`; raises NotANote for any other line."""
    note_to_sign(text)
    note = f"{text}\n{''.join(lines)}"
    if parse_note(note).text != text:
        raise NotANote("a signature line holds an empty line, which would move the end of the text")
    return note


def parse_note(note: str | bytes) -> Note:
    """The text and the unverified signatures of a note; raises NotANote, with what is wrong, for anything else."""
    if len(note) > LARGEST_NOTE:
        raise NotANote(f"a note has at most {LARGEST_NOTE} characters, came {len(note)}")
    if isinstance(note, bytes):
        try:
            note = note.decode()
        except UnicodeDecodeError as wrong:
            raise NotANote(f"a note is UTF-8, byte {wrong.start} is not") from None
    _encode(note)
    text, empty_line, below = note.rpartition("\n\n")
    if not empty_line:
        raise NotANote("a note has an empty line between its text and its signatures, there is none")
    if not below.endswith("\n"):
        raise NotANote("a note ends with a newline after its last signature")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NotANote(f"a note has at most {MOST_SIGNATURES} signatures, came {len(lines)}")
    return Note(text + "\n", tuple(_parse_line(line) for line in lines))


def _parse_line(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        raise NotANote(f"a signature line is an em dash, a name and base64, each after a space; came {line[:80]!r}")
    if problem := explain_name(name):
        raise NotANote(problem)
    try:
        blob = parse_base64(encoded)
    except NotBase64 as wrong:
        raise NotANote(f"the signature by {name}: {wrong}") from None
    if len(blob) <= ID_SIZE:
        raise NotANote(f"the signature by {name} is {len(blob)} bytes, too short for a key id and a signature")
    return Signature(name, blob[:ID_SIZE], blob[ID_SIZE:])


def _encode(text: str) -> bytes:
    if wrong := next((letter for letter in text if letter < " " and letter != "\n"), None):
        raise NotANote(f"a note has no control characters but newlines, came {wrong!r}")
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotANote("a note is UTF-8 text, half of a surrogate pair is not") from None
