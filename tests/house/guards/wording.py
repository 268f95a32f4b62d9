"""Names and words: what a file may be called, what it must begin with, what it may not say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.guards.tree import list_files, read_lines, read_trees

VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "handler", "handlers"}
VAGUE |= {"base", "common", "misc", "data", "info"}
MOST_LINES = 400
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
LEGAL_FORMS = re.compile(r"[\s,]+(UAB|Ltd\.?|Limited|LLC|Inc\.?|GmbH|PLC|Corp\.?)\s*$", re.IGNORECASE)
PLAIN_TITLE = re.compile(r"\s+(service level agreement|SLA|agreement|service levels)\s*$", re.IGNORECASE)


def find_vague_names(root: Path) -> list[str]:
    """Modules and folders whose name says nothing about what is inside."""
    return sorted(
        f"{place}: '{place.stem}' says nothing about what is inside: name it after its subject"
        for path in list_files(root, "src", "tests", "tools", suffixes=(".py",))
        for place in {path.relative_to(root), *path.relative_to(root).parents}
        if place.stem in VAGUE
    )


def find_long_files(root: Path) -> list[str]:
    """Files beyond the length at which they are split by noun."""
    return [
        f"{path.relative_to(root)}:{MOST_LINES + 1}: {count} lines; split it by noun at {MOST_LINES}"
        for path in list_files(root, "src", "tests", "tools", "bench", suffixes=(".py", ".html", ".css", ".js"))
        if "/vendor/" not in str(path) and (count := len(read_lines(path))) > MOST_LINES
    ]


def find_missing_docstrings(root: Path) -> list[str]:
    """Folders of Python files without `__init__.py`, and modules that do not begin with a sentence about themselves."""
    parsed = dict(read_trees(root, "src"))
    folders = {folder for name in parsed for folder in Path(name).parents if len(folder.parts) > 1}
    unmarked = sorted(
        f"{folder}: not a package: give it an __init__.py that says what it is"
        for folder in folders
        if f"{folder}/__init__.py" not in parsed
    )
    return unmarked + [
        f"{name}:1: begin with a docstring that says what this is"
        for name, tree in parsed.items()
        if "/migrations/" not in name and not (ast.get_docstring(tree) or "").strip()
    ]


def find_unfinished(root: Path) -> list[str]:
    """Marks of work left for later."""
    return [
        f"{place}: '{found.group()}' marks unfinished work: finish it or take it out"
        for place, line in read_source(root)
        for found in UNFINISHED.finditer(line)
    ]


def find_provider_names(root: Path) -> list[str]:
    """Names from the shipped agreements inside the source: the source knows no provider."""
    names = read_provider_names(root)
    if not names:
        return []
    written = re.compile("|".join(r"[\s_-]*".join(map(re.escape, name.split())) for name in names), re.IGNORECASE)
    return [
        f"{place}: '{found.group()}' is one provider's name: only agreements may say it"
        for place, line in read_source(root)
        for found in written.finditer(line)
    ]


def read_provider_names(root: Path) -> list[str]:
    """Provider and title of each shipped agreement, without the words that any of them has. A starter names nobody."""
    names = set()
    for path in list_files(root, "agreements", suffixes=(".md",)):
        if path.stem.startswith("starter"):
            continue
        for line in read_lines(path):
            if match := re.match(r"\s*(provider|title):\s*[\"']?(.+?)[\"']?\s*$", line):
                names.add(LEGAL_FORMS.sub("", PLAIN_TITLE.sub("", match.group(2))))
    return sorted(names)


def read_source(root: Path) -> Iterator[tuple[str, str]]:
    """File and line number, and text, of every line of source that is not a fixture of the demo or someone else's."""
    for path in list_files(root, "src"):
        name = str(path.relative_to(root))
        if "/vendor/" not in name and "/demo/fixtures/" not in name and ".egg-info" not in name:
            yield from ((f"{name}:{number}", line) for number, line in enumerate(read_lines(path), start=1))
