"""An agreement's text by its headings: the clauses and fences under each, and its examples in words."""

import re
from collections.abc import Iterator
from typing import Any

from upheld.core.explain import show_instant, show_span
from upheld.core.timeline import Instant, NotAnInstant, Span
from upheld.language.examples import Example, Happened
from upheld.language.prose import Clause, Fence, Pages

HEADING = re.compile(r"(#{1,6}) +(.+?) *#*$")


def list_headings(text: str, pages: Pages) -> list[tuple[int, str]]:
    """Line and words of each heading, in order; a line inside a fence is none."""
    inside: set[int] = set()
    for fence in pages.fences:
        inside.update(range(fence.spot.line, fence.spot.line + fence.content.count("\n") + 2))
    found = [(number, HEADING.match(line)) for number, line in enumerate(text.splitlines(), 1) if number not in inside]
    return [(number, plain(heading[2])) for number, heading in found if heading]


def plain(text: str) -> str:
    """Prose without the marks of emphasis and code."""
    return re.sub(r"[*_`]+(?=\S)|(?<=\S)[*_`]+", "", text)


def cut_stretches(pages: Pages, line: int, end: int) -> Iterator[tuple[list[Clause], list[Fence]]]:
    """Clauses with the fences behind them, between two lines: a clause behind a fence begins the next stretch."""
    clauses: list[Clause] = []
    fences: list[Fence] = []
    placed: list[Clause | Fence] = [*pages.clauses.values(), *pages.fences]
    for part in sorted((one for one in placed if line <= one.spot.line < end), key=lambda one: one.spot):
        if isinstance(part, Fence):
            fences.append(part)
            continue
        if fences:
            yield clauses, fences
            clauses, fences = [], []
        clauses.append(part)
    if clauses or fences:
        yield clauses, fences


def name_stretch(words: str, clauses: list[Clause]) -> str:
    """One of several stretches under a heading, by its clauses."""
    if not clauses:
        return words
    ids = list(dict.fromkeys((clauses[0].id, clauses[-1].id)))
    return f"{words}, {' to '.join(ids)}"


def name_example(example: Example) -> str:
    return example.case or f"line {example.spot.line}"


def tell_history(example: Example) -> str:
    told = [tell_happened(one) for one in example.history]
    values = [f"{name}: {value}" for name, value in (*example.parameters.items(), *example.readings.items())]
    return " ".join([*told, *(f"{value}." for value in values)]) or "Nothing happened."


def tell_happened(one: Happened) -> str:
    """`Outage Wed 11 Jun 2025 06:00–13:00 UTC, cause own.`"""
    fields = {name: value for name, value in one.fields.items() if name not in ("from", "to")}
    span = read_span(one.fields.get("from"), one.fields.get("to"))
    told = [f"{name} {tell_value(value)}" for name, value in fields.items()]
    return f"{', '.join([f'{one.kind.capitalize()} {span}'.strip(), *told])}."


def read_span(start: Any, end: Any) -> str:
    try:
        return show_span(Span(Instant.parse(str(start)), Instant.parse(str(end))))
    except ValueError:
        return ""


def tell_value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(tell_value, value))
    try:
        return show_instant(Instant.parse(str(value)))
    except NotAnInstant:
        return str(value)
