"""Core and the verifier stand on the standard library, less what reaches outside, so that they run anywhere."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.guards.tree import read_trees

# Files, network, processes, clocks, chance, threads; and the ways round an import statement.
OUTSIDE = {"os", "io", "pathlib", "socket", "ssl", "http", "urllib", "subprocess", "time", "random", "secrets"}
OUTSIDE |= {"logging", "threading", "asyncio", "sqlite3", "zoneinfo", "concurrent", "ctypes", "importlib", "posix"}
OUTSIDE |= {"multiprocessing", "select", "selectors", "shutil", "signal", "socketserver", "tempfile"}
OUTSIDE_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
# The verifier reads one file and prints: it alone needs these.
OPEN_TO_VERIFY = {"sys", "zipfile", "io", "pathlib", "argparse"}
CALLS_OPEN_TO_VERIFY = {"open", "print"}


def find_outside(root: Path) -> list[str]:
    """Every import of a third party, and every way to the outside, in core and verify."""
    return [
        *look_through(root, "core", OUTSIDE, OUTSIDE_CALLS, ("upheld.core",)),
        *look_through(
            root,
            "verify",
            OUTSIDE - OPEN_TO_VERIFY,
            OUTSIDE_CALLS - CALLS_OPEN_TO_VERIFY,
            ("upheld.core", "upheld.verify"),
        ),
    ]


def look_through(root: Path, room: str, closed: set[str], calls: set[str], own: tuple[str, ...]) -> Iterator[str]:
    for name, tree in read_trees(root, f"src/upheld/{room}"):
        for module, line in list_imports(tree):
            first = module.split(".")[0]
            if any(module == room_of or module.startswith(f"{room_of}.") for room_of in own):
                continue
            if first in closed:
                yield f"{name}:{line}: {room} does not reach outside, so it may not import {module}"
            elif first == "upheld":
                yield f"{name}:{line}: {room} stands on {' and '.join(own)} alone, not on {module}"
            elif first not in sys.stdlib_module_names:
                yield f"{name}:{line}: {room} runs where nothing is installed, so it may not import {module}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in calls:
                yield f"{name}:{node.lineno}: {room} does not reach outside, so it may not call {node.func.id}()"


def list_imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Module and line of each absolute import; `from a import b` names `a`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            if node.module == "upheld":
                yield from ((f"upheld.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno
