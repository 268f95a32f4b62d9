"""Reads a page as strictly as a browser does not: every element closed, every attribute said once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Element:
    """An element with what is in it, in order."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    parent: "Element | None" = None

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, name: str) -> list["Element"]:
        return [element for element in self.walk() if element.name == name]

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(self.words) if not self.children else "".join([*self.words, *(c.text for c in self.children)])

    def ancestors(self) -> Iterator["Element"]:
        place = self.parent
        while place is not None:
            yield place
            place = place.parent


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("document", {}, 0)
        self.place = self.root
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open(tag, attrs)
        if tag in VOID:
            self.place = self.place.parent or self.root

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open(tag, attrs)
        self.place = self.place.parent or self.root

    def open(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        names = [name for name, _ in attrs]
        self.problems += [f"line {line}: {tag} says {name} twice" for name in {n for n in names if names.count(n) > 1}]
        made = Element(tag, {name: value or "" for name, value in attrs}, line, parent=self.place)
        self.place.children.append(made)
        self.place = made

    def handle_endtag(self, tag: str) -> None:
        if self.place.name != tag:
            self.problems.append(f"line {self.getpos()[0]}: {tag} ends inside {self.place.name}")
            return
        self.place = self.place.parent or self.root

    def handle_data(self, data: str) -> None:
        self.place.words.append(data)


def read_markup(html: str) -> tuple[Element, list[str]]:
    """The page as a tree, and everything that is not well formed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    left = [f"{reader.place.name} of line {reader.place.line} is never closed"] if reader.place is not reader.root else []
    return reader.root, reader.problems + left
