"""An agreement's text as the page of a reader's document: parts, rules in words, open places, examples with results."""

from collections.abc import Iterator, Mapping
from typing import Any

from upheld.language import Checked, run_examples
from upheld.language.figures import find_figures
from upheld.language.nodes import plain as plain_values
from upheld.language.parts import (
    cut_stretches,
    list_headings,
    name_example,
    name_stretch,
    plain,
    tell_history,
    tell_value,
)
from upheld.language.problem import Problems
from upheld.language.prose import Clause as Prose
from upheld.language.prose import Fence, read_pages
from upheld.language.sentences import capital, say, say_name, tell_rule
from upheld.language.subset import read_fences
from upheld.pages.contexts.agreements import Clause, Example
from upheld.pages.contexts.reader import OpenPlace, ReaderPage, ReaderPart, RuleWords

TOLD_APART = ("readings", "accounted for")
"""Blocks that are no rules: open places have their own panels, and what is accounted for stands beside its clause."""
UNTOLD = ("language", "id", "title", "clauses")
"""Keys of the agreement block that are for the machine, or stand in the heading."""
WHOLE = ("agreement", "money", "desk", "instructions")
"""Blocks that are one rule, not a map of named ones."""


def make_reader(text: str, checked: Checked) -> ReaderPage:
    """The whole document of a text that can be read; its examples are run."""
    document = checked.document
    assert document is not None, "asked only of a text that can be read"
    agreement = document.blocks["agreement"]
    wrong: dict[str, list[str]] = {}
    for one in run_examples(checked):
        wrong.setdefault(one.example, []).append(f"{one.result} {one.computed}".strip())
    parties = f"{capital(str(agreement['provider']))} promises, to {agreement['customer']}"
    return ReaderPage(
        agreement_title=document.title,
        lede=f"{parties}. Edition {document.version}, in effect from {agreement['effective']}.",
        version=document.version,
        digest=checked.digest,
        parts=tuple(list_parts(text, checked, document.blocks, wrong)),
        clauses=len(document.clauses),
        examples=len(checked.examples),
        examples_right=sum(1 for one in checked.examples if one.title not in wrong),
    )


def list_parts(
    text: str, checked: Checked, blocks: Mapping[str, Any], wrong: Mapping[str, list[str]]
) -> Iterator[ReaderPart]:
    pages = read_pages(text, Problems())
    examples = {one.spot.line: one for one in checked.examples}
    nodes = {fence.spot.line: node for fence, node in read_fences(pages.fences, Problems()) if node is not None}
    headings = list_headings(text, pages)
    for place, (line, words) in enumerate(headings):
        end = headings[place + 1][0] if place + 1 < len(headings) else len(text) + 1
        stretches = list(cut_stretches(pages, line, end))
        for clauses, fences in stretches:
            terms = [plain_values(nodes[one.spot.line]) for one in fences if one.kind == "terms" and one.spot.line in nodes]
            yield ReaderPart(
                heading=name_part(words, clauses, checked, is_whole=len(stretches) == 1),
                clauses=tuple(tell_clause(one, checked) for one in clauses),
                rules=tuple(rule for one in terms for rule in list_rules(one, blocks, checked)),
                readings=tuple(place for one in terms for place in list_open(one, blocks, checked)),
                examples=tuple(list_examples(fences, examples, wrong)),
            )


def name_part(words: str, clauses: list[Prose], checked: Checked, *, is_whole: bool) -> str:
    """The heading of a part; what stands before the first one has the title of the whole, and names the parties."""
    if checked.document is not None and words == checked.document.title and not clauses:
        return "Between whom"
    return words if is_whole else name_stretch(words, clauses)


def tell_clause(clause: Prose, checked: Checked) -> Clause:
    """A clause in its own words; the figures that the check compared are marked."""
    prose = plain(clause.prose)
    is_judged = clause.id not in checked.not_yet_judged
    figures = {figure.written for figure in find_figures(prose) if figure.must} if is_judged else set()
    return Clause(id=clause.id, prose=prose, figures=tuple(sorted(figures)), is_judged=is_judged)


def list_rules(terms: Mapping[str, Any], blocks: Mapping[str, Any], checked: Checked) -> Iterator[RuleWords]:
    """Every rule that a fence writes, in its order."""
    for block, written in terms.items():
        if block in TOLD_APART or not isinstance(written, Mapping):
            continue
        values = {key: one for key, one in written.items() if block != "agreement" or key not in UNTOLD}
        named = {"": values} if block in WHOLE or not are_named(values) else values
        for name, rule in named.items():
            heading = f"{capital(say_name(block))}: {say_name(name)}" if name else capital(say_name(block))
            clauses = checked.document.clauses_of(block, name) if checked.document and name else ()
            yield RuleWords(name=heading, sentences=tuple(tell_rule(rule, blocks)), clauses=tuple(clauses))


def are_named(values: Mapping[str, Any]) -> bool:
    return all(isinstance(one, Mapping) for one in values.values())


def list_open(terms: Mapping[str, Any], blocks: Mapping[str, Any], checked: Checked) -> Iterator[OpenPlace]:
    """The open places that a fence names, each with all its senses."""
    for name in terms.get("readings", {}):
        written = blocks["readings"][name]
        senses = written["senses"]
        told = {str(one): tell_sense(one, senses, blocks) for one in senses}
        ours = str(written["we read"])
        yield OpenPlace(
            name=name,
            question=str(written["question"]),
            ours=told.get(ours, ours),
            others=tuple(words for sense, words in told.items() if sense != ours),
            because=str(written.get("because", "")),
            favours=tell_favoured(str(written.get("favours", ""))),
            clauses=checked.document.clauses_of("readings", name) if checked.document else (),
        )


def tell_sense(name: Any, senses: Any, blocks: Mapping[str, Any]) -> str:
    """A sense by its name, and what it comes to where that says more."""
    meaning = senses[name] if isinstance(senses, Mapping) else name
    words = say(meaning, blocks)
    return str(name) if words in (str(name), "none") else f"{name}: {words}"


def tell_favoured(side: str) -> str:
    return "neither side" if side == "neither" else f"the {side}" if side else ""


def list_examples(fences: list[Fence], examples: Mapping[int, Any], wrong: Mapping[str, list[str]]) -> Iterator[Example]:
    for fence in fences:
        one = examples.get(fence.spot.line)
        if one is not None:
            instead = wrong.get(one.title, [])
            yield Example(
                name=name_example(one), title=" ".join(one.title.split()), happened=tell_history(one),
                expected=tuple(
                    (f"{say_name(each.rule)} {each.result}".strip(), tell_value(each.wanted)) for each in one.expectations
                ),
                comes_out=not instead, instead=", ".join(instead),
            )  # fmt: skip
