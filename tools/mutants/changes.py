"""The changes: each swaps one operator, constant or word of a module for a wrong one; sentences for readers stay."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATIONS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
WORDS = {"min": "max", "max": "min", "any": "all", "all": "any", "union": "intersect", "intersect": "union"}


@dataclass(frozen=True)
class Mutant:
    """One change of one module, and how to say it."""

    module: str
    path: str
    line: int
    what: str
    source: str


def list_mutants(module: str, path: str, text: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(text)
    quiet = set(find_quiet(tree))
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in quiet:
            continue
        for what, changed in change(node):
            mutated = copy.deepcopy(tree)
            target = next(found for at, found in enumerate(ast.walk(mutated)) if at == place)
            put(target, changed)
            line = getattr(node, "lineno", 0)
            yield Mutant(module, path, line, what, ast.unparse(ast.fix_missing_locations(mutated)))


def find_quiet(tree: ast.AST) -> Iterator[int]:
    """
    What no test should hold fast: docstrings, sentences (f-strings), annotations, what is imported, and the words with
    which an error is raised.
    """
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom | ast.Raise):
            parts = [node]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            parts = [node.value]
        elif isinstance(node, ast.AnnAssign | ast.arg):
            parts = [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            parts = [node.returns, *node.decorator_list]
        elif isinstance(node, ast.ClassDef):
            parts = [*node.decorator_list, *node.bases]
        elif isinstance(node, ast.Assert):
            parts = [node]
        for part in parts:
            if part is not None:
                yield from (id(inner) for inner in ast.walk(part))


def change(node: ast.AST) -> Iterator[tuple[str, dict[str, object]]]:
    """The wrong forms of one node: a description, and the fields that are put in."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if other := COMPARISONS.get(type(operator)):
                ops = [other() if at == place else kept for at, kept in enumerate(node.ops)]
                yield f"{type(operator).__name__} -> {other.__name__}", {"ops": ops}
    elif isinstance(node, ast.BinOp) and (swapped := OPERATIONS.get(type(node.op))) and not is_text(node):
        yield f"{type(node.op).__name__} -> {swapped.__name__}", {"op": swapped()}
    elif isinstance(node, ast.BoolOp):
        other_way = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} -> {other_way.__name__}", {"op": other_way()}
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not x -> not not x", {"operand": ast.UnaryOp(ast.Not(), node.operand)}
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}", {"value": not node.value}
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield f"{node.value} -> {node.value + 1}", {"value": node.value + 1}
    elif isinstance(node, ast.Name) and node.id in WORDS:
        yield f"{node.id} -> {WORDS[node.id]}", {"id": WORDS[node.id]}
    elif isinstance(node, ast.Attribute) and node.attr in WORDS:
        yield f"{node.attr} -> {WORDS[node.attr]}", {"attr": WORDS[node.attr]}
    elif isinstance(node, ast.IfExp | ast.If | ast.While):
        yield "the condition turned round", {"test": ast.UnaryOp(ast.Not(), node.test)}


def is_text(node: ast.BinOp) -> bool:
    """Whether texts or types are joined: no sum that could be wrong."""
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def put(target: ast.AST, fields: dict[str, object]) -> None:
    for name, value in fields.items():
        setattr(target, name, value)
