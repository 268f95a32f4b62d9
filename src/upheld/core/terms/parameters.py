"""A customer's parameters as facts for conditions: each by its kind."""

from fractions import Fraction

from upheld.core.money import Money
from upheld.core.terms.circumstances import Known
from upheld.core.terms.place import Desk, TermProblem
from upheld.core.terms.quantities import parse_length, parse_percent
from upheld.core.timeline import Duration


def read_parameters(desk: Desk) -> dict[str, Known]:
    """Every parameter that has a value; one that is left open is known to be missing. What does not fit is a problem."""
    known: dict[str, Known] = {}
    for name, declared in desk.document.blocks.get("parameters", {}).items():
        written = desk.parameters.get(name, declared.get("usual"))
        if written is None:
            if declared.get("optional"):
                known[name] = None
            continue
        try:
            known[name] = read_parameter(str(declared.get("kind")), written_as(written))
        except ValueError as problem:
            desk.problems.append(TermProblem(("parameters", name), str(problem)))
            continue
        choices, value = declared.get("choices"), known[name]
        if choices and not set(value if isinstance(value, tuple) else (value,)) <= set(choices):
            what = f"{written!r} is none of {', '.join(map(str, choices))}; the customer's value must be one of them"
            desk.problems.append(TermProblem(("parameters", name), what))
    return known


def written_as(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def read_parameter(kind: str, written: str) -> Known:
    if kind == "duration":
        length = parse_length(written)
        return length if isinstance(length, Duration) else written
    if kind in ("names", "dates"):
        return tuple(part.strip() for part in written.split(",") if part.strip() and part.strip() != "none")
    if kind == "money":
        return Money.parse(written)
    if kind == "percent":
        return parse_percent(written).exact
    return Fraction(written) if kind == "number" else written
