"""`python -m tools.reference_facts` prints docs/reference/facts.md from the classes of facts."""

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from upheld.core.facts import KINDS, Fact
from upheld.core.facts.record import fields_of
from upheld.core.money import Money
from upheld.core.timeline import Instant

HEAD = """# Facts

A fact is something that happened. It is never edited: a correction is a further fact (`fact-corrected/1`) that names the
first. In the ledger, in exports, in bundles and in files for `upheld judge`, a fact is one JSON object a line. A field that
may be left out is left out where it keeps its default. A changed fact becomes a new version of its type; old ones stay
readable for ever.
This page is printed by `python -m tools.reference_facts`; a test compares the two.

## Every fact

| field | | |
|---|---|---|
| `type` | a text | the kind of fact and its version, one of those below |
| `id` | a text | its name; the same for the same fact, so that it is never recorded twice |
| `agreement` | a text | the key of the customer's agreement: which ledger it is in |
| `occurred_at` | an instant | when it happened |
| `recorded_at` | an instant | when it was written down: with `--as-of` an earlier one, it was not known yet |
| `source` | a text | who or what tells it: a prober, a person (`person-7`, never a name), an import |

An instant is text with a zone, as in `2026-02-14T10:00:00.000000Z`; the ledger writes UTC with six digits. An amount is
text, the ISO code first, as in `EUR 7440.00`. Spans are half-open: `to_at` is the first instant that does not belong to
them.
"""
WORDS = {str: "a text", int: "a whole number", bool: "true or false", Instant: "an instant", Money: "an amount"}


def print_reference() -> str:
    """The page docs/reference/facts.md."""
    lines = [HEAD]
    told = read_field_words()
    for family, kinds in read_families().items():
        told_of = " ".join(inspect.cleandoc(sys.modules[family].__doc__ or "").split())
        lines += [f"## {family.rpartition('.')[2].capitalize()}", "", told_of, ""]
        for kind in kinds:
            lines += [f"### {kind.TYPE}", "", tell_kind(kind), "", *tell_fields(kind, told.get(kind.__name__, {})), ""]
    return "\n".join(lines).rstrip() + "\n"


def tell_kind(kind: type[Fact]) -> str:
    # dataclass writes the signature where a class says nothing of itself: no sentence for a reader.
    told = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
    return "" if told.startswith(f"{kind.__name__}(") else told


def tell_fields(kind: type[Fact], told: dict[str, str]) -> Iterator[str]:
    common = {field.name for field in fields(Fact)}
    own = {name: hint for name, hint in fields_of(kind.TYPE).items() if name not in common}
    if own:
        yield from ("| field | | |", "|---|---|---|")
    for name, (is_needed, hint) in own.items():
        words = told.get(name, "")
        yield f"| `{name}` | {tell_type(hint)}{'' if is_needed else ', may be left out'} | {words} |"


def tell_type(hint: Any) -> str:
    options = [option for option in getattr(hint, "__args__", ()) if option not in (type(None), Ellipsis)]
    if getattr(hint, "__origin__", None) is tuple:
        return f"a list of {tell_type(options[0])}s".replace("a list of a ", "a list of ")
    return WORDS[options[0] if options else hint]


def read_families() -> dict[str, list[type[Fact]]]:
    """The kinds of fact by the module in which they stand, each family in the order of its module."""
    families: dict[str, list[type[Fact]]] = {}
    for kind in KINDS.values():
        families.setdefault(kind.__module__, []).append(kind)
    return dict(sorted(families.items()))


def read_field_words() -> dict[str, dict[str, str]]:
    """What stands under a field of a class, by class and field."""
    told: dict[str, dict[str, str]] = {}
    sources = (inspect.getsource(sys.modules[family]) for family in read_families())
    for node in (node for source in sources for node in ast.parse(source).body):
        if not isinstance(node, ast.ClassDef):
            continue
        for before, after in zip(node.body, node.body[1:], strict=False):
            is_words = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
            if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name) and is_words:
                told.setdefault(node.name, {})[before.target.id] = " ".join(str(after.value.value).split())  # type: ignore[attr-defined]
    return told


if __name__ == "__main__":
    print(print_reference(), end="")
