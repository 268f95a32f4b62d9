"""`python -m tools.reference_constructs` prints docs/reference/constructs.md: what agreements say, and where it is shown."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "docs/reference/constructs"
PAGES = ("availability", "requests", "credits", "together", "claims", "support")
"""The sample agreements, in the order of the page."""
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
SHOWS = re.compile(r"^Shows: (.+)\.$", re.MULTILINE)
CLAUSE = re.compile(r"^\*\*([A-Z]+-\d+)\*\* ", re.MULTILINE)
HEAD = """# What agreements say, and how it is written

Each line is something that several published agreements say. It leads to a clause of a sample agreement, with the terms that
say it and an example that is run: `upheld check` reads every sample whole. All words are in
[the words of an agreement](agreements.md).
This page is printed by `python -m tools.reference_constructs`; a test compares the two.
"""
TAIL = """
## What cannot be said

- A request that counts in part (a slow one for half): of requests, each is answered or failed, or left out by its kind.
- The worst span of a sliding measure. Of levels, loss and the like only the span that ends with the period is judged
  (`ends: period end`); of availability the worst is found.
- A day that is a holiday only where several places have it at once: such days are written into a list as dates.
- A cap for each day or week of a longer statement: caps hold for an outage, a ticket, the period, or a longer one.
- That a credit is lost when the customer leaves: it stands as a clause, and a person keeps to it.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One heading of a sample: its words, the constructs that it shows, the clauses that say them, and its text."""

    page: str
    words: str
    constructs: tuple[str, ...]
    clauses: tuple[str, ...]
    text: str

    @property
    def link(self) -> str:
        """The address of the heading, as it is made of its words."""
        return f"constructs/{self.page}.md#{re.sub(r'[^a-z0-9 -]', '', self.words.lower()).replace(' ', '-')}"


def read_page(name: str) -> tuple[str, list[Shown]]:
    """The title of a sample, and its headings."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    starts = [*HEADING.finditer(text)]
    ends = [*(found.start() for found in starts[1:]), len(text)]
    title = text.partition("\n")[0].removeprefix("# ")
    parts = ((found[1], text[found.end() : end]) for found, end in zip(starts, ends, strict=True))
    return title, [read_part(name, words, part) for words, part in parts]


def read_part(page: str, words: str, text: str) -> Shown:
    shows = SHOWS.search(text)
    constructs = tuple(re.findall(r"`([^`]+)`", shows[1])) if shows else ()
    return Shown(page, words, constructs, tuple(CLAUSE.findall(text)), text)


def read_all() -> list[Shown]:
    """Every heading of every sample."""
    return [shown for name in PAGES for shown in read_page(name)[1]]


def write_page() -> str:
    """The whole page."""
    return "".join(f"{line}\n" for line in write_lines()) + TAIL


def write_lines() -> Iterator[str]:
    yield HEAD.rstrip("\n")
    for name in PAGES:
        title, parts = read_page(name)
        yield f"\n## {title}\n"
        yield "| in plain words | clause | constructs |"
        yield "|---|---|---|"
        for shown in parts:
            names = ", ".join(f"`{one}`" for one in shown.constructs)
            yield f"| [{shown.words}]({shown.link}) | {', '.join(shown.clauses)} | {names} |"


if __name__ == "__main__":
    sys.stdout.write(write_page())
