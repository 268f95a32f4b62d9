"""
The strict subset of YAML in a fence: maps, lists and texts. No anchors, aliases, merges, tags, documents or directives.

Every scalar stays the text that was written, so nothing turns into a date, an octal number or `false` by itself. The
events of the parser are read one by one and the first that leaves the subset ends the reading: a bomb costs nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as yaml
from ruamel.yaml.error import MarkedYAMLError

from upheld.language.nodes import Entry, Mapping, Node, Scalar, Sequence
from upheld.language.problem import Problems, Spot
from upheld.language.prose import Fence

DEEPEST = 20
MOST_VALUES = 20_000
QUOTE = 'put the text in quotes: "…"'
COLON = ("a colon stands where none is expected", f"{QUOTE} if the colon belongs to it; or close the brace above")
SENTENCES = {
    "mapping values are not allowed here": COLON,
    "expected ',' or '}', but got ':'": COLON,
    "expected ',' or ']', but got ':'": COLON,
    "expected ',' or '}', but got '<stream end>'": ("a brace is never closed", "close it: }"),
    "expected ',' or ']', but got '<stream end>'": ("a bracket is never closed", "close it: ]"),
    "found character '\\t' that cannot start any token": ("a tab stands here", "indent with spaces"),
    "found unexpected end of stream": ("a quote is never closed", 'close it: "'),
    "could not find expected ':'": ("this line is no KEY: VALUE", f"{QUOTE} if it belongs to the text above"),
    "expected <block end>, but found '?'": ("a key stands where a list goes on", "begin it in the column of the keys above"),
    "expected <block end>, but found '-'": ("a dash stands where a map goes on", "begin it in the column of the list"),
    "expected <block end>, but found '<block mapping start>'": ("this key begins too far right", "align it with the others"),
    "expected <block end>, but found '<scalar>'": ("what follows the quote belongs to nothing", f"{QUOTE} all of it"),
}
UNKNOWN_MARK = "check the line for a colon, a comma, a quote or a bracket"


class LeavesTheSubset(Exception):
    """Something that the subset does not have; reading of this fence ends."""

    def __init__(self, spot: Spot, what: str, try_this: str) -> None:
        super().__init__(what)
        self.spot, self.what, self.try_this = spot, what, try_this


def read_fences(fences: list[Fence], problems: Problems) -> list[tuple[Fence, Mapping | None]]:
    """The map of each fence, or None where it cannot be read; the reason is then among the problems."""
    left, found = MOST_VALUES, []
    for fence in fences:
        reader = FenceReader(fence, problems, left)
        node = None
        try:
            node = reader.read()
        except LeavesTheSubset as problem:
            problems.error(problem.spot, problem.what, problem.try_this)
        left = max(reader.left, 0)
        found.append((fence, node))
    return found


@dataclass(slots=True)
class FenceReader:
    fence: Fence
    problems: Problems
    left: int = MOST_VALUES
    lines: list[str] = field(default_factory=list)

    def read(self) -> Mapping | None:
        self.lines = self.fence.content.split("\n")
        self.refuse_marks()
        stream = self.events()
        node: Node | None = None
        for event in stream:
            if isinstance(event, yaml.DocumentStartEvent) and node is None:
                node = self.node(next(stream), stream, 0)
        if node is None or (isinstance(node, Scalar) and node.value == ""):
            raise LeavesTheSubset(self.fence.spot, "this fence is empty", "write a block into it, or take it out")
        if not isinstance(node, Mapping):
            raise LeavesTheSubset(node.spot, "a fence holds a map of blocks", "begin with a block, for instance services:")
        return node

    def events(self) -> Iterator[Any]:
        reader = YAML(typ="safe", pure=True)
        try:
            yield from reader.parse(self.fence.content)
        except MarkedYAMLError as problem:
            mark, said = problem.problem_mark or problem.context_mark, str(problem.problem or problem.context or "")
            spot = self.fence.spot_at(mark.line, mark.column) if mark else self.fence.spot
            what, advice = SENTENCES.get(said, (said, f"{UNKNOWN_MARK}; {QUOTE} if it is text"))
            raise LeavesTheSubset(spot, f"this line cannot be read: {what}", advice) from None
        except LeavesTheSubset:
            raise
        except Exception as problem:
            # The parser is someone else's: whatever else it trips over is a problem of this fence, never a crash.
            raise LeavesTheSubset(
                self.fence.spot, f"this fence cannot be read ({type(problem).__name__})", "take out what is unusual in it"
            ) from None

    def refuse_marks(self) -> None:
        """Lines that would begin a second document or give orders to the parser."""
        for number, line in enumerate(self.lines):
            if line.startswith("%") or re.match(r"(---|\.\.\.)(\s|$)", line):
                spot = self.fence.spot_at(number, 0)
                raise LeavesTheSubset(spot, f"{line[:3]!r} at the start of a line is not used here", "take the line out")

    def node(self, event: Any, stream: Iterator[Any], depth: int) -> Node:
        spot = self.spot(event)
        self.refuse(event, spot)
        self.left -= 1
        if self.left < 0:
            raise LeavesTheSubset(spot, f"this file holds more than {MOST_VALUES} values", "divide it")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, spot)
        if depth >= DEEPEST:
            raise LeavesTheSubset(spot, f"this is nested deeper than {DEEPEST} levels", "use fewer levels")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(stream, spot, depth)
        return self.mapping(stream, spot, depth)

    def refuse(self, event: Any, spot: Spot) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise LeavesTheSubset(spot, f"*{event.anchor} is an alias; there are none here", "write the value again")
        if event.anchor:
            raise LeavesTheSubset(spot, f"&{event.anchor} is an anchor; there are none here", "take it out")
        if event.ctag is not None:
            raise LeavesTheSubset(spot, f"{event.ctag} is a tag; there are none here", f"take it out, or {QUOTE}")

    def scalar(self, event: Any, spot: Spot) -> Scalar:
        text, quoted = " ".join(str(event.value).split()), bool(event.style)
        if not quoted:
            self.warn_of_comment(event, text)
            if text in ("true", "false"):
                return Scalar(text == "true", spot)
        return Scalar(text, spot, quoted)

    def warn_of_comment(self, event: Any, text: str) -> None:
        rest = self.lines[event.end_mark.line][event.end_mark.column :]
        if text and re.match(r"\s+#", rest):
            spot = self.fence.spot_at(event.end_mark.line, event.end_mark.column + rest.index("#"))
            self.problems.error(
                spot, f"all from # on is dropped after {text!r}", f"{QUOTE}, or put the remark on a line of its own"
            )

    def sequence(self, stream: Iterator[Any], spot: Spot, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(stream), yaml.SequenceEndEvent):
            item = self.node(event, stream, depth + 1)
            if isinstance(item, Scalar) and item.value == "" and not item.quoted:
                self.problems.error(item.spot, "an item of this list is empty", "take the extra comma or dash out")
            else:
                items.append(item)
        return Sequence(tuple(items), spot)

    def mapping(self, stream: Iterator[Any], spot: Spot, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(stream), yaml.MappingEndEvent):
            key_spot = self.spot(event)
            self.refuse(event, key_spot)
            if not isinstance(event, yaml.ScalarEvent):
                raise LeavesTheSubset(key_spot, "a key is one word or name, never a map or a list", "write KEY: VALUE")
            key = " ".join(str(event.value).split())
            if key == "<<" and not event.style:
                raise LeavesTheSubset(key_spot, "<< merges maps; there are no merges here", "write the values out")
            value_event = next(stream)
            value = self.node(value_event, stream, depth + 1)
            if isinstance(value, Scalar) and value.value == "" and not value.quoted:
                self.complain_of_empty(key, key_spot, event, value_event)
            elif first := entries.get(key):
                self.problems.error(
                    key_spot, f"{key!r} is said twice in one map; the first is on {first.spot}", "keep one of them"
                )
            else:
                entries[key] = Entry(key, key_spot, value)
        return Mapping(tuple(entries.values()), spot)

    def complain_of_empty(self, key: str, spot: Spot, key_event: Any, value_event: Any) -> None:
        apart = (key_event.end_mark.line, key_event.end_mark.column) != (
            value_event.start_mark.line, value_event.start_mark.column,
        )  # fmt: skip
        if apart:
            self.problems.error(spot, f"{key!r} has no value", "write one; where there is nothing, write none")
        else:
            self.problems.error(spot, f"{key!r} stands alone after a comma", f"a text with a comma needs quotes; {QUOTE}")

    def spot(self, event: Any) -> Spot:
        return self.fence.spot_at(event.start_mark.line, event.start_mark.column)
