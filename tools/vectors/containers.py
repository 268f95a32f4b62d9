"""Vectors of the container: one number of one structure changed at a time, cuts, additions, names, order."""

from collections.abc import Iterator

from tests.verify.samples import honest
from tools.vectors.case import Case
from upheld.verify import read_container, write_container

LOCAL = [
    ("mark", 4),
    ("version needed", 2),
    ("flags", 2),
    ("method", 2),
    ("time", 2),
    ("date", 2),
    ("CRC-32", 4),
    ("packed size", 4),
    ("size", 4),
    ("length of the name", 2),
    ("length of the extra field", 2),
]
CENTRAL = [
    ("mark", 4),
    ("version made by", 2),
    ("version needed", 2),
    ("flags", 2),
    ("method", 2),
    ("time", 2),
    ("date", 2),
    ("CRC-32", 4),
    ("packed size", 4),
    ("size", 4),
    ("length of the name", 2),
    ("length of the extra field", 2),
    ("length of the comment", 2),
    ("disk", 2),
    ("inner attributes", 2),
    ("outer attributes", 4),
    ("place", 4),
    ("name", 1),
]
END = [
    ("mark", 4),
    ("disk", 2),
    ("disk of the list", 2),
    ("entries of this disk", 2),
    ("entries", 2),
    ("length of the list", 4),
    ("place of the list", 4),
    ("length of the comment", 2),
]
WRONG = ("container",)


def make_containers() -> Iterator[Case]:
    data = honest()
    yield from change_fields(data)
    ends = {
        "nothing": 0,
        "four bytes": 4,
        "a header": 30,
        "half of the entries": len(data) // 2,
        "all but a byte": len(data) - 1,
    }
    for what, end in ends.items():
        yield Case(f"container/cut/{what}", f"of the file only {what} came", data[:end], WRONG)
    yield Case("container/after", "a byte follows the end", data + b"\0", WRONG)
    yield Case("container/before", "a byte stands before the beginning", b"\0" + data, WRONG)
    yield Case("container/twice", "the same container follows the first", data + data, WRONG)
    yield Case("container/text", "this is no container", b"hello", WRONG)
    entries = read_container(data)
    assert isinstance(entries, dict)
    yield from rename(data)
    yield Case(
        "container/content",
        "a letter of the text was changed, its CRC-32 was not",
        data.replace(b"99.5 %", b"99.0 %", 1),
        WRONG,
    )
    yield Case("container/empty", "a container without any entry", write_container({}), ("entries",))
    for name in entries:
        kept = {other: content for other, content in entries.items() if other != name}
        yield Case(f"entries/missing/{name}", f"{name} is missing", write_container(kept), ("entries",))
    yield Case(
        "entries/more", "an entry that belongs into no bundle", write_container({**entries, "notes.txt": b""}), ("entries",)
    )
    most = {f"n{number:02}": b"" for number in range(64)}
    yield Case(
        "container/64-entries",
        "as many entries as there may be, and not those of a bundle",
        write_container(most),
        ("entries",),
    )


def change_fields(data: bytes) -> Iterator[Case]:
    central, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    for structure, start, fields in (("header", 0, LOCAL), ("list", central, CENTRAL), ("end", end, END)):
        at = start
        for field, size in fields:
            changed = data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]
            yield Case(
                f"container/{structure}/{field}", f"{field}, in the first structure of its kind, is another", changed, WRONG
            )
            at += size


def rename(data: bytes) -> Iterator[Case]:
    """The same length, so that all else stays right."""
    names = {
        "capital": b"Terms.json",
        "folder": b"ter/s.json",
        "space": b"ter s.json",
        "order": b"aerms.json",
        "dot": b".erms.json",
    }
    for what, name in names.items():
        yield Case(
            f"container/name/{what}", f"terms.json is called {name.decode()}", data.replace(b"terms.json", name), WRONG
        )
