"""Figures both ways: what the prose says stands in a rule, and what a rule says stands in the prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.terms.formula import Formula, NotAFormula, parse_formula
from upheld.language.figures import Figure, Shelf, find_figures
from upheld.language.kinds import LONGEST_FORMULA
from upheld.language.merge import Merged, Path, Said
from upheld.language.nodes import Mapping, Node, Scalar, Sequence
from upheld.language.problem import Problems, Spot
from upheld.language.prose import Clause, Pages

NUMBERED = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*-[0-9]+")
SPAN = re.compile(r"`([^`]+)`")
FREE_OF_PROSE = frozenset({"agreement", "readings", "evidence", "lists", "money", "periods", "accounted for"})
"""Blocks whose figures need not stand in the prose: choices, evidence, and the edges of periods."""
NEVER_CARRY = frozenset({"question", "because", "favours", "note"})
WORDS_THAT_CARRY = {"counting": Figure("share", Fraction(100), "", "100 %"), "idle": Figure("share", Fraction(0), "", "0 %")}
POINTS = tuple(Fraction(prime) for prime in (1009, 31, 7, 3, 2, 17, 23, 41, 53, 61, 71, 83))


@dataclass(frozen=True, slots=True)
class Carried:
    """A figure of a rule, with its place."""

    figure: Figure
    spot: Spot
    path: Path


def check_figures(merged: Merged, pages: Pages, examples: dict[str, list[str]], problems: Problems) -> None:
    """`examples` holds, for each clause, the texts of the examples that illustrate it."""
    apart = {said.path[1] for said in merged.below("accounted for")}
    numbered = {part for said in merged.leaves() for part in said.path if NUMBERED.fullmatch(part)}
    serving: dict[str, list[Said]] = {}
    for said in merged.leaves():
        for served in said.clauses:
            serving.setdefault(served, []).append(said)
    for name, clause in pages.clauses.items():
        if name not in apart and not merged.broken:
            check_prose(merged, clause, serving.get(name, []), examples.get(name, []), numbered, problems)
    for said in merged.leaves():
        if said.path[0] not in FREE_OF_PROSE and said.clauses:
            check_rule(merged, said, pages, problems)


def check_prose(
    merged: Merged, clause: Clause, serving: list[Said], examples: list[str], numbered: set[str], problems: Problems
) -> None:
    values = [said for said in serving if said.path[-1] not in NEVER_CARRY]
    texts = [text for said in values for text, _ in texts_of(merged, said)]
    prose, formulas = split_formulas(clause.prose)
    check_formulas(merged, clause, formulas, values, problems)
    prose = strip_names(strip_word_for_word(prose, texts), numbered)
    words = [WORDS_THAT_CARRY[said.path[-1]] for said in values if said.path[-1] in WORDS_THAT_CARRY]
    carried = Shelf([figure for text in texts for figure in find_figures(text)] + words)
    shown = Shelf(figure for text in examples for figure in find_figures(text))
    for figure in find_figures(prose):
        if carried.holds(figure):
            continue
        if figure.must:
            problems.error(
                clause.spot, f"{clause.id} says {figure.written!r}, and no value that carries it out does",
                disagreement(figure, carried) or "put the figure into a rule that cites the clause", clause.id,
            )  # fmt: skip
        elif is_illustration(figure) and not shown.holds(figure):
            problems.error(
                clause.spot, f"{clause.id} says {figure.written!r} in parentheses, and neither a value nor an example does",
                "add an example that shows it, or a value that carries it", clause.id,
            )  # fmt: skip


def is_illustration(figure: Figure) -> bool:
    """Whether a figure that need not be carried is one in parentheses, not words such as `an hour` or `once`."""
    return figure.written[:1].isdigit() or figure.kind != "number"


def disagreement(figure: Figure, carried: Shelf) -> str:
    """Both figures, where a rule says another one of the same kind."""
    other = carried.like(figure)
    return f"the rule says {other.written!r}; make both say the same" if other else ""


def check_rule(merged: Merged, said: Said, pages: Pages, problems: Problems) -> None:
    if said.path[-1] in NEVER_CARRY or said.path[-1] in ("formula", "zone"):
        return
    clauses = [pages.clauses[name] for name in said.clauses if name in pages.clauses]
    prose = " ".join(clause.prose for clause in clauses)
    # What cannot be read as a value at all has no figure to compare.
    texts = [(text, spot) for text, spot in scalars(said.node) if text not in prose and not problems.has_error_at(spot)]
    promised = Shelf(find_figures(SPAN.sub(" ", prose)))
    for text, spot in texts:
        for figure in find_figures(text):
            if figure.must and figure.amount != 0 and not promised.holds(figure):
                names = ", ".join(clause.id for clause in clauses)
                problems.error(
                    spot, f"the prose of {names} does not say {figure.written!r}, which {' / '.join(said.path)} does",
                    disagreement(figure, promised).replace("the rule says", "the prose says")
                    or "say it in the prose, put it into a reading, or cite the clause that says it",
                    said.clauses[0],
                )  # fmt: skip


def texts_of(merged: Merged, said: Said) -> Iterator[tuple[str, Spot]]:
    """The texts of a value, with what it refers to one step deep: a reading's senses, a parameter's usual value."""
    for text, spot in scalars(said.node):
        yield text, spot
        words = text.split()
        if len(words) == 2 and words[0] == "reading":
            for leaf in merged.leaves(("readings", words[1])):
                if leaf.path[-1] not in NEVER_CARRY:
                    yield from scalars(leaf.node)
        elif len(words) == 2 and words[0] == "parameter":
            for leaf in merged.leaves(("parameters", words[1])):
                yield from scalars(leaf.node)
    if said.path[-1] == "opens after" and ("clocks", str(said.value)) in merged.said:
        for leaf in merged.leaves(("clocks", str(said.value))):
            yield from texts_of(merged, leaf)


def scalars(node: Node | None) -> Iterator[tuple[str, Spot]]:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        yield node.value, node.spot
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item)
    elif isinstance(node, Mapping):
        for entry in node.entries:
            if entry.key != "cite":
                yield from scalars(entry.value)


def strip_word_for_word(prose: str, texts: list[str]) -> str:
    """The prose without what a value repeats word for word: a telephone number carries its own digits."""
    for text in sorted({text for text in texts if len(text) > 3}, key=len, reverse=True):
        prose = prose.replace(text, " ")
    return prose


def strip_names(prose: str, numbered: set[str]) -> str:
    """The prose without names that hold a number: `severity 2` speaks of `severity-2`, and is no figure."""
    for name in sorted(numbered, key=len, reverse=True):
        prose = re.sub(rf"(?i)\b{name.replace('-', '[ -]')}\b", " ", prose)
    return prose


def split_formulas(prose: str) -> tuple[str, list[Formula]]:
    """The prose without its code spans, and those of them that are formulas."""
    formulas: list[Formula] = []
    for written in SPAN.findall(prose):
        formula = read_formula(written)
        if formula and formula.letters and len(formula.postfix) > 1:
            formulas.append(formula)
    return SPAN.sub(" ", prose), formulas


def check_formulas(merged: Merged, clause: Clause, printed: list[Formula], values: list[Said], problems: Problems) -> None:
    for formula in printed:
        given = [parsed for said in values if said.path[-1] == "formula" and (parsed := read_formula(said.value))]
        # A letter explained under `where` may be pinned to this clause alone: the formula then stands beside it.
        rules = {said.path[:2] for said in values if "where" in said.path}
        given += [parsed for rule in rules if (parsed := read_formula(merged.text(*rule, "formula")))]
        if not any(same_function(formula, other) for other in given):
            what = f"the rule prints {given[0].written}" if given else "no rule that carries it out has a formula"
            problems.error(
                clause.spot, f"{clause.id} prints the formula {formula.written}; {what}",
                f"write formula: {formula.written} in the rule", clause.id,
            )  # fmt: skip


def read_formula(written: object) -> Formula | None:
    try:
        return parse_formula(written) if isinstance(written, str) and 0 < len(written) <= LONGEST_FORMULA else None
    except NotAFormula:
        return None


def same_function(one: Formula, other: Formula) -> bool:
    """Whether two formulas agree as functions of the same letters, tried at points that no small formula confuses."""
    letters = sorted(set(one.letters) | set(other.letters))
    if set(one.letters) != set(other.letters) or len(letters) > len(POINTS):
        return False
    for shift in range(4):
        values = {letter: POINTS[(at + shift) % len(POINTS)] + shift for at, letter in enumerate(letters)}
        if one.evaluate(values) != other.evaluate(values):
            return False
    return True
