"""The file as Markdown: its clauses, its headings and its fences, each with its place."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from upheld.language.problem import Problems, Spot, near

CLAUSE = re.compile(r"\*\*([A-Z][A-Z0-9]{0,7}-[A-Za-z0-9][A-Za-z0-9.-]*)\*\*")
FENCES = ("terms", "example")
MOST_FENCES = 1000


@dataclass(slots=True)
class Clause:
    """A numbered clause with its prose, as printed (emphasis and code spans kept)."""

    id: str
    spot: Spot
    heading: int
    prose: str = ""


@dataclass(frozen=True, slots=True)
class Fence:
    """
    A block of terms, or an example with its title.

    `clauses` are those above it: printed since the last fence that a clause followed, under the same heading.
    `columns[n]` is how far its nth line is indented in the file.
    """

    kind: str
    title: str
    spot: Spot
    content: str
    clauses: tuple[str, ...]
    columns: tuple[int, ...] = ()

    def spot_at(self, line: int, column: int) -> Spot:
        """The place in the file of a place (from 0) inside the fence."""
        return Spot(self.spot.line + 1 + line, column + 1 + (self.columns[line] if line < len(self.columns) else 0))


@dataclass(slots=True)
class Pages:
    """All that was found in the file, in its order."""

    clauses: dict[str, Clause] = field(default_factory=dict)
    fences: list[Fence] = field(default_factory=list)
    has_misnamed: bool = False
    """Whether a fence looks like one of ours and is not read."""


def read_pages(text: str, problems: Problems) -> Pages:
    """Clauses and fences of a Markdown text; anything else in it is free prose."""
    markdown = MarkdownIt("commonmark").enable("table").disable("inline")
    lines = text.split("\n")
    return Reader(lines, problems).read(markdown.parse(text))


@dataclass(slots=True)
class Reader:
    lines: list[str]
    problems: Problems
    pages: Pages = field(default_factory=Pages)
    above: list[str] = field(default_factory=list)
    heading: int = 0
    after_fence: bool = False
    current: Clause | None = None

    def read(self, tokens: list[Token]) -> Pages:
        in_heading = False
        for token in tokens:
            if token.type == "heading_open":
                self.heading += 1
                self.above, self.current, self.after_fence, in_heading = [], None, False, True
            elif token.type == "heading_close":
                in_heading = False
            elif token.type == "fence":
                self.take_fence(token)
            elif token.type == "inline" and not in_heading:
                self.take_prose(token.content, (token.map or [0, 0])[0])
        return self.pages

    def take_prose(self, content: str, line: int) -> None:
        for number, text in enumerate(content.split("\n")):
            text = text.strip()
            if found := CLAUSE.match(text):
                if number:
                    self.problems.error(
                        self.spot_of(found[0], line + number), f"{found[1]} stands in the middle of a paragraph",
                        "put an empty line before it, so that it begins a clause of its own", found[1],
                    )  # fmt: skip
                self.take_clause(found[1], line + number)
                text = text[found.end() :]
            if self.current:
                self.current.prose = f"{self.current.prose} {' '.join(text.split())}".strip()

    def take_clause(self, name: str, line: int) -> None:
        spot = self.spot_of(f"**{name}**", line)
        if first := self.pages.clauses.get(name):
            self.problems.error(
                spot, f"clause {name} is printed twice; the first is on {first.spot}", "give one of them another id", name
            )
            self.current = None
            return
        if self.after_fence:
            self.above, self.after_fence = [], False
        self.current = self.pages.clauses[name] = Clause(name, spot, self.heading)
        self.above.append(name)

    def take_fence(self, token: Token) -> None:
        first, end = token.map or [0, 0]
        self.current = None
        kind, _, title = token.info.strip().partition(" ")
        spot = self.spot_of(token.markup, first)
        if kind not in FENCES:
            if close := near(kind, FENCES):
                self.problems.error(
                    spot, f"a fence called {kind!r} is not read", f"write ```{close}, or another word if it is none of ours"
                )
                self.pages.has_misnamed = True
            return
        content = token.content.split("\n")[:-1]
        last = self.lines[end - 1].strip(" >") if end - 1 > first else ""
        if not (last and set(last) == {token.markup[0]} and len(last) >= len(token.markup)):
            self.problems.error(spot, "this fence is never closed", f"end it with a line {token.markup}")
            self.pages.has_misnamed = True
            return
        columns = tuple(
            max(len(self.lines[first + 1 + number]) - len(line), 0)
            for number, line in enumerate(content)
            if first + 1 + number < len(self.lines)
        )
        self.after_fence = True
        if len(self.pages.fences) < MOST_FENCES:
            fence = Fence(kind, title.strip(), spot, "\n".join(content) + "\n", tuple(self.above), columns)
            self.pages.fences.append(fence)

    def spot_of(self, mark: str, line: int) -> Spot:
        at = self.lines[line].find(mark) if line < len(self.lines) else 0
        return Spot(line + 1, max(at, 0) + 1)
