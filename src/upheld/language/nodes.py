"""What a fence holds, as a tree in which every key and value knows its place."""

import re
from dataclasses import dataclass
from typing import Any

from upheld.language.problem import Spot

NAMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]*")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written (white space collapsed), or true or false."""

    value: str | bool
    spot: Spot
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple["Node", ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: str
    spot: Spot
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    entries: tuple[Entry, ...]
    spot: Spot

    def get(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key == key), None)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """The tree as ordinary values, the `cite` of maps inside lists left out."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries if entry.key != "cite"}


def read_reference(node: Scalar) -> tuple[str, str] | None:
    """`reading NAME` or `parameter NAME` as the block and the name."""
    words = node.value.split() if isinstance(node.value, str) else []
    if len(words) == 2 and words[0] in ("reading", "parameter") and NAMED.fullmatch(words[1]):
        return words[0] + "s", words[1]
    return None


def shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return str(node.value).lower() if isinstance(node.value, bool) else repr(node.value)
    return "a list" if isinstance(node, Sequence) else "a map"
