"""The header of a mail or part: its fields in their order, decoded where they hold words (RFC 5322, 2047, 2231)."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from upheld.gateways.reading.letters import clean_letters, decode_letters
from upheld.gateways.reading.limits import LARGEST_HEADER, LONGEST_FIELD, LONGEST_ID, MOST_FIELDS, MOST_IDS

FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\n]*)\?=")
BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
MESSAGE_ID = re.compile(r"<\s*([^<>\s]{1,500})\s*>")
PARAMETER = re.compile(r";\s*([^\s=;]{1,80})\s*=\s*(\"(?:[^\"\\]|\\.)*\"?|[^;]*)")
HEX_PAIR = re.compile(rb"%([0-9A-Fa-f]{2})")


@dataclass(slots=True)
class Header:
    """Fields as (name in small letters, bytes), in order; `body_at` is where the body begins."""

    fields: list[tuple[str, bytes]]
    body_at: int
    doubts: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Every field of that name, unfolded, its encoded words left as they are."""
        return [unfold(value) for each, value in self.fields if each == name]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    def words(self, name: str) -> str:
        """The first field of that name in words for people."""
        return decode_words(self.first(name))


def read_header(raw: bytes, start: int, end: int) -> Header:
    """Read the fields between two offsets. Lines that are no field are passed over when a field follows them."""
    header = Header([], end)
    end_of_header = min(end, start + LARGEST_HEADER)
    at, is_cut, has_end = start, False, False
    while at < end_of_header and not has_end:
        next_at = find_next_line(raw, at, end_of_header)
        line = raw[at:next_at].rstrip(b"\r\n")
        if not line:
            has_end = True
        elif line[:1] in b" \t":
            if header.fields and len(header.fields[-1][1]) + len(line) < LONGEST_FIELD:
                name, value = header.fields[-1]
                header.fields[-1] = (name, value + b"\n" + line)
            elif header.fields:
                is_cut = True
        elif found := FIELD.match(line):
            if len(header.fields) < MOST_FIELDS:
                header.fields.append((found[1].decode("ascii").lower(), line[found.end() :][:LONGEST_FIELD]))
            is_cut |= len(header.fields) >= MOST_FIELDS or len(line) > LONGEST_FIELD
        elif not line.startswith((b"From ", b">From ")) and not FIELD.match(raw, next_at, end_of_header):
            header.doubts.append("the header ends without an empty line")
            has_end, next_at = True, at
        at = next_at
    header.body_at = at
    if not has_end and at < end:
        header.doubts.append(f"the header is longer than {LARGEST_HEADER} bytes; what follows was taken for the body")
    if is_cut:
        header.doubts.append("parts of a very long header were cut")
    return header


def find_next_line(raw: bytes, at: int, end: int) -> int:
    found = raw.find(b"\n", at, end)
    return end if found < 0 else found + 1


def unfold(value: bytes) -> str:
    """A field on one line. Bytes beyond ASCII are UTF-8 (RFC 6532), or what western mailers send."""
    return clean_letters(decode_letters(value.replace(b"\r", b""))).replace("\n", " ").strip()


def decode_words(text: str) -> str:
    """Encoded words decoded (RFC 2047); neighbours of one set are joined first, for some mailers cut a letter in two."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    held, held_charset, at = b"", "", 0
    joined = BETWEEN_WORDS.sub(r"\1", text)
    for found in WORD.finditer(joined):
        charset = found[1].lower().partition("*")[0]
        if found.start() > at or charset != held_charset:
            pieces.append(decode_letters(held, held_charset) if held else "")
            held = b""
        pieces.append(joined[at : found.start()])
        held_charset = charset
        held += decode_word(found[2], found[3])
        at = found.end()
    pieces += [decode_letters(held, held_charset) if held else "", joined[at:]]
    return clean_letters("".join(pieces)).replace("\n", " ")


def decode_word(encoding: str, text: str) -> bytes:
    content = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(content, header=True)
    return decode_base64(content)


def decode_base64(content: bytes) -> bytes:
    """The bytes, as many as can be read: letters outside the alphabet are passed over, a torn end is dropped."""
    plain = content.translate(None, b" \t\r\n")
    try:
        return binascii.a2b_base64(plain)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", plain)
        return binascii.a2b_base64(letters[: len(letters) - len(letters) % 4])


def read_ids(*values: str) -> tuple[str, ...]:
    """The message ids in fields such as References, in order, each once."""
    found = [one for value in values for one in MESSAGE_ID.findall(value)]
    bare = [value for value in values if "<" not in value and "@" in value and " " not in value and len(value) <= LONGEST_ID]
    # The oldest and the newest count most when somebody sends thousands.
    every = list(dict.fromkeys([*found, *bare]))
    return tuple(every if len(every) <= MOST_IDS else every[:1] + every[1 - MOST_IDS :])


def drop_comments(value: str) -> str:
    """Without `(...)`, which nest (RFC 5322, 3.2.2). What stands in quotes is no comment."""
    kept: list[str] = []
    level, is_quoted, skips = 0, False, False
    for letter in value:
        if skips:
            skips = False
        elif letter == "\\" and (is_quoted or level):
            skips = True
        elif letter == '"' and not level:
            is_quoted = not is_quoted
        elif letter == "(" and not is_quoted:
            level += 1
        elif letter == ")" and level and not is_quoted:
            level -= 1
            kept.append(" ")
            continue
        if not level:
            kept.append(letter)
    return "".join(kept)


def read_parameters(value: str) -> tuple[str, dict[str, str]]:
    """A value such as `text/plain; charset=utf-8` in two: the word in small letters, and its parameters (RFC 2231)."""
    word = value.partition(";")[0].strip().lower()
    plain = {name.lower(): strip_quotes(text.strip()) for name, text in PARAMETER.findall(value)}
    return word, {name: decode_words(text) for name, text in dict(join_continued(plain)).items()}


def strip_quotes(text: str) -> str:
    if not text.startswith('"'):
        return text
    return re.sub(r"\\(.)", r"\1", text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:])


def join_continued(plain: dict[str, str]) -> Iterator[tuple[str, str]]:
    """`name*0*=utf-8''a` and `name*1=b` are one parameter; what a mailer also wrote in the old way counts less."""
    for name, text in plain.items():
        if "*" not in name:
            yield name, text
    for stem in dict.fromkeys(name.partition("*")[0] for name in plain if "*" in name):
        content, charset = b"", ""
        for number in range(-1, 100):
            name = stem if number < 0 else f"{stem}*{number}"
            if f"{name}*" in plain:
                text = plain[f"{name}*"]
                if number <= 0 and text.count("'") >= 2:
                    charset, _, text = text.split("'", 2)
                content += HEX_PAIR.sub(lambda pair: bytes([int(pair[1], 16)]), text.encode("utf-8", "replace"))
            elif number >= 0 and name in plain:
                content += plain[name].encode("utf-8", "replace")
            elif number >= 0:
                break
        yield stem, clean_letters(decode_letters(content, charset))
