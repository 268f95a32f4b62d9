"""The tree of a mail's parts (RFC 2046), as offsets into its bytes: nothing is copied, and nothing is unlimited."""

import binascii
import contextlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from upheld.gateways.reading.header import Header, decode_base64, read_header, read_ids, read_parameters
from upheld.gateways.reading.limits import MOST_LEVELS, MOST_PARTS

TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,80}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")

MOST_UU_LINES = 1_000_000
LONGEST_UU_LINE = 100
BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
BLANKS = (b" ", b"\t", b"\r", b"\n")
DELIMITER = re.compile(rb"^--([!-~]{1,200})\r?\n(?=Content-[A-Za-z-]{1,40}:)", re.MULTILINE)


@dataclass(slots=True)
class Part:
    """One part: its header, its type in small letters, and where its content lies."""

    raw: bytes
    header: Header
    end: int
    type: str
    parameters: dict[str, str]
    parts: list["Part"] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.header.body_at

    @property
    def disposition(self) -> str:
        return read_parameters(self.header.first("content-disposition"))[0]

    @property
    def name(self) -> str:
        """The name of the file as its sender wrote it, or nothing."""
        return read_parameters(self.header.first("content-disposition"))[1].get("filename") or self.parameters.get(
            "name", ""
        )

    @property
    def content_id(self) -> str:
        return next(iter(read_ids(self.header.first("content-id"))), "")

    def content(self, most: int | None = None) -> bytes:
        """The bytes, out of their transfer encoding. An unknown encoding is none (RFC 2045 has them kept as they are)."""
        end = self.end if most is None else min(self.end, self.start + most)
        encoded = self.raw[self.start : end]
        encoding = self.header.first("content-transfer-encoding").partition(";")[0].strip().lower()
        if encoding == "base64":
            return decode_base64(encoded)
        if encoding == "quoted-printable":
            return decode_quoted(encoded)
        if encoding in {"x-uuencode", "uuencode", "x-uue"}:
            return decode_uu(encoded)
        return encoded

    def is_damaged(self) -> bool:
        """Whether what is in base64 holds anything else, or ends within a letter."""
        if self.header.first("content-transfer-encoding").partition(";")[0].strip().lower() != "base64":
            return False
        encoded = self.raw[self.start : self.end]
        others = len(encoded.translate(None, BASE64))
        return others > 0 or sum(encoded.count(blank) for blank in BLANKS) % 4 != len(encoded) % 4

    def walk(self) -> Iterator["Part"]:
        yield self
        for part in self.parts:
            yield from part.walk()


def decode_quoted(encoded: bytes) -> bytes:
    return binascii.a2b_qp(encoded)


def decode_uu(encoded: bytes) -> bytes:
    """As much as can be read, of so many lines as a whole mail can hold; the bytes as they are where nothing can."""
    content = bytearray()
    at = encoded.find(b"begin ")
    for _ in range(MOST_UU_LINES):
        at = encoded.find(b"\n", at) + 1
        if at <= 0 or at >= len(encoded):
            break
        line = encoded[at : at + LONGEST_UU_LINE].partition(b"\n")[0].rstrip(b"\r")
        if line in {b"end", b"`", b""}:
            break
        with contextlib.suppress(binascii.Error):
            content += binascii.a2b_uu(line)
    return bytes(content) or encoded


def read_parts(raw: bytes, doubts: list[str]) -> Part:
    """The whole mail as a tree of at most MOST_PARTS parts, MOST_LEVELS deep; what is left out is among the doubts."""
    return read_part(raw, 0, len(raw), "text/plain", MOST_LEVELS, [MOST_PARTS], doubts)


def read_part(raw: bytes, start: int, end: int, usual: str, levels: int, left: list[int], doubts: list[str]) -> Part:
    left[0] -= 1
    header = read_header(raw, start, end)
    doubts.extend(header.doubts)
    written, parameters = read_parameters(header.first("content-type"))
    kind = written if TYPE.fullmatch(written) else usual if not written or written == "text" else "application/octet-stream"
    part = Part(raw, header, end, kind, parameters)
    if not kind.startswith("multipart/"):
        return part
    if levels <= 0:
        doubts.append(f"parts lie more than {MOST_LEVELS} deep in each other; the inner ones were not read")
        part.type = "application/octet-stream"
        return part
    inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    spans = find_spans(raw, part.start, end, parameters.get("boundary", ""))
    if (first := next(spans, None)) is None:
        spans = find_spans(raw, part.start, end, guess_boundary(raw, part.start, end))
        first = next(spans, None)
    for at, until in itertools.chain([first] if first else [], spans):
        if left[0] <= 0:
            doubts.append(f"the mail has more than {MOST_PARTS} parts; the rest was not read")
            break
        part.parts.append(read_part(raw, at, until, inner, levels - 1, left, doubts))
    if not part.parts:
        # No boundary, or none that occurs: better the whole as text than nothing.
        doubts.append("a mail of several parts has none that can be told apart")
        part.type = "text/plain"
    elif part.parts[-1].end == end == len(raw):
        doubts.append("the mail ends before its last part does; something may be missing")
    return part


def find_spans(raw: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends: behind a delimiter line, before the line break of the next one (RFC 2046, 5.1.1)."""
    if not boundary or len(boundary) > 250:
        return
    delimiter = re.compile(rb"^--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?$", re.MULTILINE)
    began = -1
    for found in delimiter.finditer(raw, start, end):
        if began >= 0:
            yield began, trim_break(raw, began, found.start())
        began = min(found.end() + 1, end)
        if found[1]:
            return
    if 0 <= began < end:
        yield began, end


def guess_boundary(raw: bytes, start: int, end: int) -> str:
    """What looks like a delimiter, where none of the declared ones is: a line `--x`, and the field of a part below it."""
    found = DELIMITER.search(raw, start, end)
    return found[1].decode("ascii") if found else ""


def trim_break(raw: bytes, start: int, end: int) -> int:
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
        if end > start and raw[end - 1 : end] == b"\r":
            end -= 1
    return end
