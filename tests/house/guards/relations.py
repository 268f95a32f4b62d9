"""A foreign key written as a string escapes the import linter; it points down the order of apps all the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.guards.rooms import read_app_ranks
from tests.house.guards.tree import read_trees

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def find_upward_relations(root: Path) -> list[str]:
    """Every relation of a model, or of a migration, to an app above its own or beside it; and every generic one."""
    ranks = read_app_ranks(root)
    return [
        f"{name}:{line}: {app} may not point at {target}: relations point down the order of apps in pyproject.toml"
        for name, tree in read_trees(root, "src/upheld/apps")
        for app in [Path(name).parts[3]]
        for target, line in list_relations(tree)
        if target == "anything" or (target != app and target in ranks and ranks[target] <= ranks.get(app, -1))
    ]


def list_relations(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The app that each relation names, with its line; `anything` for a generic one."""
    imported = {
        alias.asname or alias.name: match.group(1)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (match := re.match(r"upheld\.apps\.(\w+)", node.module or ""))
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        kind = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if kind == "GenericForeignKey":
            yield "anything", node.lineno
        elif kind in RELATIONS:
            named = {word.arg: word.value for word in node.keywords}
            for target in [*node.args[:1], *(named[word] for word in ("to", "through") if word in named)]:
                match target:
                    case ast.Constant(value=str(written)) if "." in written:
                        yield written.split(".")[0], node.lineno
                    case ast.Name(id=name) if name in imported:
                        yield imported[name], node.lineno
