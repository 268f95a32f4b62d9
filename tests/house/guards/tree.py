"""Which files of a tree a guard reads: the ones that git knows or would add, or all of them where git is not."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

UNREAD = {".git", ".venv", "__pycache__", "node_modules"}


def list_files(root: Path, *folders: str, suffixes: tuple[str, ...] = ()) -> list[Path]:
    """The files below `root` (or below the named folders of it), sorted, with one of the suffixes if any is given."""
    if (root / ".git").exists():
        command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        printed = subprocess.run(command, check=True, capture_output=True).stdout.decode()
        found = {root / name for name in printed.split("\0") if name}
    else:
        found = {path for path in root.rglob("*") if not UNREAD.intersection(path.relative_to(root).parts)}
    return sorted(
        path
        for path in found
        if path.is_file()
        and (not folders or any(path.is_relative_to(root / folder) for folder in folders))
        and (not suffixes or path.name.endswith(suffixes))
    )


def read_lines(path: Path) -> list[str]:
    """The lines of a text file; none for a file that is not UTF-8 text, such as a picture."""
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def read_trees(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """The name (seen from `root`) and the syntax tree of every Python file in the folders."""
    for path in list_files(root, *folders, suffixes=(".py",)):
        yield str(path.relative_to(root)), ast.parse(path.read_text(encoding="utf-8"))
