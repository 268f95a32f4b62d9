"""Reading the tables: `blocks.txt` for blocks and keys, `words.txt` for closed lists of words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a block: whether it must be said, and the kinds of value that may stand there."""

    name: str
    must: bool
    kinds: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Block:
    """
    One block, or the map under a key of a block (`services/components`).

    `shape` is `record` (its keys at once), `named` (the author names entries), `free` or `named conditions`.
    """

    name: str
    shape: str
    meaning: str
    keys: Mapping[str, Key]
    cases: bool = False
    judged: bool = False
    terms: bool = False
    """Its names are words of the text, which may hold spaces."""
    holds: str = ""
    """The kind of value of a free map."""


COMMON = ("cite", "note", "cases")


def read_words(text: str) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(": ")
            lists[name] = tuple(word.strip() for word in words.split(","))
    return lists


def read_blocks(text: str) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    keys: dict[str, Key] = {}
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("::")]
        if line.startswith("== "):
            keys = {}
            block = read_heading(parts, keys)
            if parts[1].startswith("like "):
                model = blocks[parts[1].split()[1]]
                block = replace(model, name=block.name, meaning=block.meaning)
            blocks[block.name] = block
        elif line and not line.startswith("#"):
            name, mark = parts[0].rsplit(" ", 1)
            keys[name] = Key(name, mark == "!", tuple(kind.strip() for kind in parts[1].split("|")), parts[2])
    return blocks


def read_heading(parts: list[str], keys: dict[str, Key]) -> Block:
    shape = parts[1].split()
    holds = next((word for word in shape if word.startswith("<")), "")
    kind = "named conditions" if "conditions" in shape else shape[0]
    return Block(
        parts[0].removeprefix("== "), kind, parts[2], MappingProxyType(keys),
        cases="cases" in shape, judged="judged" in shape, terms="terms" in shape, holds=holds,
    )  # fmt: skip


def read_table(name: str) -> str:
    return files("upheld.language.vocabulary").joinpath(name).read_text("utf-8")


BLOCKS: Mapping[str, Block] = MappingProxyType(read_blocks(read_table("blocks.txt")))
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(read_words(read_table("words.txt")))
JUDGED = frozenset(name for name, block in BLOCKS.items() if block.judged)


def block_at(*path: str) -> Block | None:
    """The block, or the map inside a block, of that name."""
    return BLOCKS.get("/".join(path))
