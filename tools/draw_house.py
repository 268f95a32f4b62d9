"""`python -m tools.draw_house` draws the house for ARCHITECTURE.md: rooms as pyproject.toml orders them, in their words."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src/upheld"
WIDTH = 104
NAME = 15
OPENED = ("interfaces", "apps", "gateways", "core")
"""Rooms whose own rooms are drawn."""


def read_layers(root: Path) -> dict[str, list[list[str]]]:
    """For each container its rows of rooms, from above to below; those in parentheses are not built yet."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = {}
    for contract in contracts:
        for container in contract.get("containers", []):
            if "*" not in container:
                rows = [[name.strip() for name in row.split("|")] for row in contract["layers"]]
                built = [[name for name in row if not name.startswith("(")] for row in rows]
                layers[container] = [row for row in built if row]
    return layers


def draw_house(root: Path = ROOT) -> str:
    """The drawing, as text. A room may use what is drawn below it; never what is above, or beside it on the same floor."""
    layers = read_layers(root)
    floors = layers["upheld"]
    drawn = []
    for floor in floors:
        drawn.append("\n".join(draw_floor(floor, layers)))
    return f"\n{'▼'.center(WIDTH).rstrip()}\n".join(drawn) + "\n"


def draw_floor(floor: list[str], layers: dict[str, list[list[str]]]) -> Iterator[str]:
    yield f"┌{'─' * (WIDTH - 2)}┐"
    for place, room in enumerate(floor):
        if place:
            yield f"├{'─' * (WIDTH - 2)}┤"
        yield tell_room(room, HOUSE / room, "")
        if room in OPENED:
            yield from draw_inside(room, layers.get(f"upheld.{room}"))
    yield f"└{'─' * (WIDTH - 2)}┘"


def draw_inside(room: str, rows: list[list[str]] | None) -> Iterator[str]:
    """The rooms of a room: where they have an order, a mark before each row; else by name, none of which uses another."""
    if rows is None:
        found = sorted(folder.name for folder in (HOUSE / room).iterdir() if (folder / "__init__.py").is_file())
        yield from (tell_room(name, HOUSE / room / name, "    ") for name in found)
        return
    for row in rows:
        for place, name in enumerate(row):
            yield tell_room(name, HOUSE / room / name, "    " if place else "  ▾ ")


def tell_room(name: str, folder: Path, indent: str) -> str:
    """Its name and its own first sentence, or as much of it as a line holds and still is one."""
    words = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    space = WIDTH - 4 - len(indent) - NAME
    said = shorten(" ".join(words.split()), space)
    return f"│ {indent}{name:<{NAME}}{said:<{space}} │"


def shorten(words: str, space: int) -> str:
    """
    The first sentence; where that is too long, up to a comma, semicolon or colon.

    >>> shorten("Money: invoices, and what customers claim back. Amounts are texts.", 30)
    'Money: invoices …'
    """
    sentence = whole = words.partition(". ")[0].rstrip(".")
    while len(sentence) + 2 * (sentence != whole) > space:
        sentence = sentence[: max(sentence.rfind(mark) for mark in ",;:")]
    return sentence if sentence == whole else f"{sentence} …"


if __name__ == "__main__":
    print(draw_house(), end="")
