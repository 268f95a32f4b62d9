"""The picture of the house in ARCHITECTURE.md, read back: which rooms it shows on which floor."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.guards.rooms import read_contracts

ROOM = re.compile(r"^│ (?P<indent> {0,4}|  ▾ )(?P<name>[a-z_]+) {2,}\S")


def find_wrong_picture(root: Path) -> list[str]:
    """Where the drawn floors and rows are not those of the import contracts."""
    drawn = dict(read_picture((root / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    return [
        f"ARCHITECTURE.md: {container} is drawn as {drawn.get(container, [])}, pyproject.toml orders {rows}: "
        "draw it anew with python -m tools.draw_house"
        for container, rows in list_built_rows(root)
        if drawn.get(container) != rows
    ]


def list_built_rows(root: Path) -> Iterator[tuple[str, list[list[str]]]]:
    for contract in read_contracts(root):
        for container in contract.get("containers", []):
            if "*" not in container:
                rows = [[name.strip() for name in row.split("|") if "(" not in name] for row in contract["layers"]]
                yield container, [row for row in rows if row]


def read_picture(page: str) -> Iterator[tuple[str, list[list[str]]]]:
    """For each container the drawn rows, from above to below: floors are apart by `▼`, rows inside begin with `▾`."""
    floors: list[list[str]] = [[]]
    inside: dict[str, list[list[str]]] = {}
    room = ""
    for line in page.splitlines():
        if line.strip() == "▼":
            floors.append([])
        if not (found := ROOM.match(line)):
            continue
        name, indent = found["name"], found["indent"]
        if not indent:
            room = name
            floors[-1].append(name)
        elif "▾" in indent:
            inside.setdefault(f"upheld.{room}", []).append([name])
        elif f"upheld.{room}" in inside:
            inside[f"upheld.{room}"][-1].append(name)
    yield "upheld", floors
    yield from inside.items()
