"""
The container of a bundle: a zip file that has one form, so that whoever rebuilds it gets the same bytes.

Entries are stored, sorted by name and dated 1980-01-01; flags, attributes and versions are fixed; there is no comment, no
extra field, and nothing before, between or behind. Any unzip programme opens it. Both sides are here: what is read is
rebuilt and compared byte by byte, so a container cannot show one thing to one reader and another to the next. The few
structures are written by hand, because the standard library's writer leaves some of their bytes to its version.
"""

import re
import struct
from binascii import crc32
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LARGEST = 512 * 2**20
"""Bytes that a container may have."""

MOST_ENTRIES = 64

# APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16; all numbers little endian.
LOCAL, LOCAL_MARK = struct.Struct("<4s5H3I2H"), b"PK\x03\x04"
CENTRAL, CENTRAL_MARK = struct.Struct("<4s6H3I5H2I"), b"PK\x01\x02"
END, END_MARK = struct.Struct("<4s4H2IH"), b"PK\x05\x06"
NEEDED = 20
MADE_BY = 3 << 8 | NEEDED
PLAIN_FILE = 0o100644 << 16
STORED, NO_FLAGS, MIDNIGHT, FIRST_DAY = 0, 0, 0, 1 << 5 | 1
PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}", re.ASCII)


class NotAContainer(ValueError):
    """Entries that cannot be put into a container."""


@dataclass(frozen=True, slots=True)
class ContainerProblem:
    """Why bytes are not a container, as a sentence for the person who has to act on it."""

    what: str

    def __str__(self) -> str:
        return self.what


def write_container(entries: Mapping[str, bytes]) -> bytes:
    """The one container that holds these entries; raises NotAContainer for a name or a size that none may have."""
    problems = [explain_name(name) for name in entries]
    if problem := next((problem for problem in problems if problem), explain_number(len(entries))):
        raise NotAContainer(problem)
    # Before the numbers are written: a field of the format holds four bytes.
    room = LOCAL.size + CENTRAL.size
    size = END.size + sum(len(content) + room + 2 * len(name) for name, content in entries.items())
    if size > LARGEST:
        raise NotAContainer(f"a bundle has at most {LARGEST} bytes, these entries need {size}")
    return b"".join(part for _, part in lay_out(entries))


def read_container(data: bytes) -> dict[str, bytes] | list[ContainerProblem]:
    """The entries of a container, or why these bytes are none. Whatever is read back was compared byte by byte."""
    if len(data) > LARGEST:
        return [ContainerProblem(f"a bundle has at most {LARGEST} bytes, came {len(data)}")]
    entries: dict[str, bytes] = {}
    try:
        read_entries(data, entries)
    except NotAContainer as wrong:
        return [ContainerProblem(str(wrong))]
    if problem := explain_difference(data, entries):
        return [ContainerProblem(problem)]
    return entries


def lay_out(entries: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The parts of the container in their order, each with what it is."""
    directory, at = [], 0
    for name in sorted(entries):
        content, spelled = entries[name], name.encode("ascii")
        size = len(content)
        described = (NEEDED, NO_FLAGS, STORED, MIDNIGHT, FIRST_DAY, crc32(content), size, size, len(spelled), 0)
        yield f"the header of {name}", LOCAL.pack(LOCAL_MARK, *described) + spelled
        yield name, content
        directory.append((name, CENTRAL.pack(CENTRAL_MARK, MADE_BY, *described, 0, 0, 0, PLAIN_FILE, at) + spelled))
        at += LOCAL.size + len(spelled) + size
    for name, listed in directory:
        yield f"the list's line for {name}", listed
    length = sum(len(listed) for _, listed in directory)
    yield "the end of the list", END.pack(END_MARK, 0, 0, len(directory), len(directory), length, at, 0)


def read_entries(data: bytes, entries: dict[str, bytes]) -> None:
    """
    Take out what the headers describe, from the first byte on; raises NotAContainer where that leads nowhere.

    Only what is needed to find the entries is looked at; the comparison that follows looks at everything.
    """
    if not data.startswith((LOCAL_MARK, END_MARK)):
        raise NotAContainer(f"a bundle is a zip file and begins with {LOCAL_MARK!r}, this begins with {data[:4]!r}")
    at, last = 0, ""
    while data.startswith(LOCAL_MARK, at):
        if at + LOCAL.size > len(data):
            raise NotAContainer(f"the file ends at byte {len(data)}, within the header of an entry; fetch it again")
        _, _, _, method, _, _, _, packed, size, letters, more = LOCAL.unpack_from(data, at)
        at += LOCAL.size
        spelled = data[at : at + letters]
        name = spelled.decode("ascii", "backslashreplace")
        if problem := explain_name(name) or explain_order(last, name) or explain_number(len(entries) + 1):
            raise NotAContainer(problem)
        if method != STORED or packed != size:
            raise NotAContainer(f"{name} is compressed (method {method}); the entries of a bundle are stored as they are")
        at += letters + more
        if at + size > len(data):
            raise NotAContainer(f"the file ends at byte {len(data)}, within {name}, which has {size} bytes; fetch it again")
        entries[name], last = data[at : at + size], name
        at += size


def explain_difference(data: bytes, entries: Mapping[str, bytes]) -> str | None:
    """The first byte in which the data are not the container of these entries, or None."""
    at = 0
    for label, part in lay_out(entries):
        if not data.startswith(part, at):
            came = data[at : at + len(part)]
            place = next((i for i, (one, due) in enumerate(zip(came, part, strict=False)) if one != due), len(came))
            is_ = f"{came[place]:#04x}" if place < len(came) else "missing"
            return (
                f"byte {at + place}, in {label}, is {is_}; rebuilt from the entries it is {part[place]:#04x}."
                " The file is not as it was issued: ask for it again"
            )
        at += len(part)
    if at != len(data):
        return f"{len(data) - at} bytes follow the end of the container; the file is not as it was issued: ask for it again"
    return None


def explain_name(name: str) -> str | None:
    if PLAIN_NAME.fullmatch(name):
        return None
    return f"an entry is named in small letters, digits, dots and dashes, and lies in no folder; came {name[:120]!r}"


def explain_order(last: str, name: str) -> str | None:
    if last < name:
        return None
    return f"{name} comes twice" if last == name else f"{name} comes after {last}; entries are sorted by name, each once"


def explain_number(number: int) -> str | None:
    return f"a bundle has at most {MOST_ENTRIES} entries, came {number}" if number > MOST_ENTRIES else None
