"""A table that somebody handed over, looked through: each cell that cannot be read is named by its line and column."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from upheld.gateways.incidents.rows import read_time

MOST_ROWS = 100_000
MOST_FLAWS = 100


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that cannot be read. `column` is the name of the column, or `byte 7` where it is no text."""

    line: int
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """What was found: how many rows below the line of names, and what is wrong, the first hundred."""

    rows: int
    flaws: tuple[Flaw, ...]


def look_through(content: bytes, needed: tuple[str, ...], times: tuple[str, ...]) -> Table:
    """
    Look through a CSV file in UTF-8 whose first line names its columns. `needed` must be there and filled in each row,
    `times` are instants with their offset where they are filled. Never an error: whatever the bytes are, flaws say it.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        at = wrong.start - (content.rfind(b"\n", 0, wrong.start) + 1) + 1
        words = "it is no UTF-8; save the table as CSV in UTF-8"
        return Table(0, (Flaw(line, f"byte {at}", words),))
    rows, flaws = 0, list[Flaw]()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        flaws += check_names(names, needed)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows += 1
                if rows > MOST_ROWS:
                    flaws.append(Flaw(line, "", f"rows after the first {MOST_ROWS:,} were not looked at"))
                    rows = MOST_ROWS
                    break
                flaws += check_row(line, names, cells, needed, times) if len(flaws) < MOST_FLAWS else ()
            line = reader.line_num + 1
    except csv.Error as wrong:
        flaws.append(Flaw(line, "", f"it is no CSV from here on: {wrong}"))
    return Table(rows, tuple(flaws[:MOST_FLAWS]))


def check_names(names: list[str], needed: tuple[str, ...]) -> Iterator[Flaw]:
    for name in needed:
        if name not in names:
            came = ", ".join(name for name in names if name)[:200] or "nothing"
            yield Flaw(1, name, f"the first line names no such column; it names {came}")
    for place, name in enumerate(names):
        if name and name in names[:place]:
            yield Flaw(1, name, "the first line names this column twice")


def check_row(
    line: int, names: list[str], cells: list[str], needed: tuple[str, ...], times: tuple[str, ...]
) -> Iterator[Flaw]:  # fmt: skip
    if len(cells) != len(names):
        yield Flaw(line, "", f"it has {len(cells)} cells, and the first line names {len(names)} columns")
    told = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    for name in needed:
        if name in told and not told[name]:
            yield Flaw(line, name, "it is empty")
    for name in times:
        if told.get(name):
            try:
                read_time(told[name], "")
            except ValueError as wrong:
                said = str(wrong) if "offset" not in str(wrong) else f"{told[name]!r} says no offset"
                yield Flaw(line, name, f"{said[:200]}; write 2026-02-14T10:00Z" if "write" not in said else said[:200])
