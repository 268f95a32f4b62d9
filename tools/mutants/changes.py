"""The changes: each swaps one operator, constant or word of a module for a wrong one; sentences for readers stay."""

import ast
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


@dataclass(frozen=True)
class Change:
    """A mutant that is not written yet: which node of which text, and what is put into it."""

    module: str
    path: str
    text: str
    node: int
    """The place of the node in a walk over the tree."""
    line: int
    statement: range
    """The lines of the statement that is changed; of one with a body, those of its head."""
    what: str
    fields: dict[str, object]

    @property
    def is_of(self) -> str:
        """The changed line as a person reads it."""
        return self.text.splitlines()[self.line - 1].strip() if self.line else ""


def list_changes(module: str, path: str, text: str) -> Iterator[Change]:
    """Every change of a module, in the order of a walk over its tree."""
    tree = ast.parse(text)
    quiet, statements = set(find_quiet(tree)), find_statements(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) not in quiet:
            for what, fields in change(node):
                line = getattr(node, "lineno", 0)
                yield Change(module, path, text, place, line, statements.get(id(node), range(0)), what, fields)


def write_mutant(chosen: Change) -> Mutant:
    """The whole module, wrong in one place."""
    tree = ast.parse(chosen.text)
    target = next(node for place, node in enumerate(ast.walk(tree)) if place == chosen.node)
    for name, value in chosen.fields.items():
        setattr(target, name, value)
    return Mutant(chosen.module, chosen.path, chosen.line, chosen.what, ast.unparse(ast.fix_missing_locations(tree)))


def find_statements(tree: ast.AST) -> dict[int, range]:
    """For every node, by its id, the lines of the innermost statement in which it stands."""
    found: dict[int, range] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler):
            lines = head_of(node)
        elif isinstance(node, ast.match_case):
            lines = range(node.pattern.lineno, max(node.pattern.lineno + 1, node.body[0].lineno))
        else:
            continue
        found |= dict.fromkeys(map(id, ast.walk(node)), lines)
    return found


def head_of(node: ast.stmt | ast.ExceptHandler) -> range:
    body: list[ast.stmt] = getattr(node, "body", [])
    after = body[0].lineno if body else (node.end_lineno or node.lineno) + 1
    return range(node.lineno, max(node.lineno + 1, after))


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
