"""The readable body of a mail and its attachments, chosen among its parts."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath

from upheld.gateways.reading.header import decode_words, read_header
from upheld.gateways.reading.letters import DIRECTIONS, clean_letters, clean_line, read_letters
from upheld.gateways.reading.limits import LONGEST_MARKUP, LONGEST_NAME, LONGEST_TEXT
from upheld.gateways.reading.mail import Attachment
from upheld.gateways.reading.markup import clean_html, show_as_text, strip_markup
from upheld.gateways.reading.parts import Part
from upheld.gateways.reading.unseen import drop_unseen

RESERVED = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
ENDINGS = {
    "text/calendar": "ics",
    "text/plain": "txt",
    "text/html": "html",
    "message/rfc822": "eml",
    "message/delivery-status": "txt",
    "text/rfc822-headers": "txt",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "application/pdf": "pdf",
    "application/ms-tnef": "dat",
    "application/pkcs7-mime": "p7m",
    "application/pkcs7-signature": "p7s",
}


@dataclass(slots=True)
class Body:
    """What was found. `html` is as it came where `cleans` is off, for whoever may not risk the cleaner."""

    cleans: bool = True
    attachments: list[Attachment] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    remote_pictures: int = 0
    names: set[str] = field(default_factory=set)

    def read(self, part: Part) -> tuple[str, str]:
        """Text and cleaned HTML of a part and all below it; other parts become attachments."""
        if part.parts and part.type == "multipart/alternative":
            both = [self.read(each) for each in part.parts]
            # Senders put the richest form last (RFC 2046, 5.1.4).
            text = next((text for text, html in reversed(both) if text.strip() and not html), "")
            html = next((html for _, html in reversed(both) if html), "")
            return text or next((text for text, _ in reversed(both) if text.strip()), ""), html
        if part.parts:
            return self.join([self.read(each) for each in part.parts])
        if part.disposition == "attachment" or (part.name and part.type not in {"text/plain", "text/html"}):
            self.attach(part)
            return "", ""
        if part.type == "text/plain" and not (part.name and part.disposition == "inline"):
            return self.read_plain(part), ""
        if part.type == "text/html":
            return self.read_html(part)
        self.attach(part)
        return "", ""

    def join(self, pieces: list[tuple[str, str]]) -> tuple[str, str]:
        pieces = [(text, html) for text, html in pieces if text.strip() or html]
        text = "\n\n".join(text.strip("\n") for text, _ in pieces)
        if not any(html for _, html in pieces):
            return text, ""
        return text, "\n".join(html or f"<pre>{escape(text, quote=False)}</pre>" for text, html in pieces)

    def letters_of(self, part: Part, *, is_markup: bool = False) -> str:
        """Its text. Of HTML more bytes are read: styles and pictures are no text, and stand before it."""
        content = part.content(LONGEST_MARKUP if is_markup and self.cleans else LONGEST_TEXT * 4)
        written, doubt = read_letters(content, part.parameters.get("charset", ""))
        self.doubts += [doubt] if doubt else []
        self.doubt_whole(part, "the text")
        text = clean_letters(written)
        text = drop_unseen(text) if is_markup else text
        if len(text) > LONGEST_TEXT:
            self.doubts.append(f"the text has more than {LONGEST_TEXT} letters; the rest stands in the mail as it came")
        return text[:LONGEST_TEXT]

    def read_plain(self, part: Part) -> str:
        text = self.letters_of(part)
        if part.parameters.get("format", "").lower() == "flowed":
            return unflow(text, drops_space=part.parameters.get("delsp", "").lower() == "yes")
        return text

    def read_html(self, part: Part) -> tuple[str, str]:
        written = self.letters_of(part, is_markup=True)
        if not self.cleans:
            return strip_markup(written), ""
        html, remote = clean_html(written, self.doubts)
        self.remote_pictures += remote
        return (show_as_text(html), html) if html else (strip_markup(written), "")

    def attach(self, part: Part) -> None:
        content = part.content()
        name = part.name
        if not name and part.type == "message/rfc822":
            name = f"{decode_words(read_header(content, 0, len(content)).first('subject'))[:80] or 'message'}.eml".replace(
                "/", " "
            )
        safe = make_name_safe(name, part.type, len(self.attachments) + 1)
        stem, dot, ending = safe.rpartition(".")
        number = 1
        while safe.casefold() in self.names:
            number += 1
            safe = f"{stem}-{number}.{ending}" if dot else f"{ending}-{number}"
        self.names.add(safe.casefold())
        self.doubt_whole(part, f"the file {safe}")
        is_inline = part.disposition == "inline" or bool(part.content_id and part.disposition != "attachment")
        self.attachments.append(Attachment(safe, part.type, content, is_inline, part.content_id[:500]))

    def doubt_whole(self, part: Part, what: str) -> None:
        if part.is_damaged():
            self.doubts.append(f"{what} came damaged; as much of it as could be read is here")


def unflow(text: str, *, drops_space: bool) -> str:
    """Lines that were broken for the way made whole again (RFC 3676): a space at the end means that the line goes on."""
    out: list[str] = []
    going_on = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        is_signature = words == "-- "
        if going_on == depth and not is_signature:
            out[-1] += words
        else:
            out.append(f"{'>' * depth} {words}" if depth else words)
        goes_on = words.endswith(" ") and not is_signature
        if goes_on and drops_space:
            out[-1] = out[-1][:-1]
        going_on = depth if goes_on else -1
    return "\n".join(out)


def make_name_safe(written: str, kind: str, number: int) -> str:
    """A name that is no path, no device, hides no ending, and fits any file system."""
    plain = unicodedata.normalize("NFC", DIRECTIONS.sub("", clean_line(written, 1_000)))
    name = RESERVED.sub("_", plain.replace("\\", "/").rpartition("/")[2]).strip(" .")
    if not name:
        return f"attachment-{number}.{ENDINGS.get(kind, 'bin')}"
    if DEVICE.match(name):
        name = f"_{name}"
    ending = PurePosixPath(name).suffix[:12]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)].rstrip(" .") + ending
