"""Money, minutes and percentages in the judge are exact: what makes or reads a float there is a bug."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.guards.tree import read_trees

EXACT_ROOMS = ("src/upheld/core", "src/upheld/verify")
INEXACT_NAMES = {"float", "complex", "round", "math", "cmath", "statistics"}
INEXACT_MODULES = {"math", "cmath", "statistics"}
INEXACT_METHODS = {"total_seconds", "timestamp", "fromtimestamp"}


def find_floats(root: Path) -> list[str]:
    """Every float literal, and every name that makes floats, in core and verify."""
    return [
        f"{name}:{line}: {what} is not exact; use int, Fraction or whole microseconds"
        for name, tree in read_trees(root, *EXACT_ROOMS)
        for line, what in name_inexact(tree)
    ]


def name_inexact(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno, repr(node.value)
            case ast.Name(id=word) if word in INEXACT_NAMES:
                yield node.lineno, word
            case ast.Attribute(attr=word) if word in INEXACT_METHODS:
                yield node.lineno, f".{word}"
            case ast.Import(names=aliases):
                yield from ((node.lineno, alias.name) for alias in aliases if alias.name in INEXACT_MODULES)
            case ast.ImportFrom(module=str(module)) if module in INEXACT_MODULES:
                yield node.lineno, module
