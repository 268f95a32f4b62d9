"""A file's text to its document: clauses, fences, merged values, words, figures; every problem on the way."""

import re
import unicodedata
from dataclasses import dataclass, field

from upheld.core.terms.document import Document
from upheld.language.agreement_of_figures import check_figures
from upheld.language.merge import Merged, Merger, spread_bound
from upheld.language.nodes import Entry, Mapping, Scalar, Sequence
from upheld.language.places import check_clause_letters, check_pins, check_places, collect_cites
from upheld.language.problem import Problem, Problems, Spot, TooManyProblems
from upheld.language.prose import Fence, Pages, read_pages
from upheld.language.subset import read_fences as read_maps
from upheld.language.words import Words

MOST_BYTES = 256 * 1024
ENDLESS = re.compile(r"\d{41,}")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """What a text was read as. `document` is None where so much is wrong that nothing can be judged."""

    document: Document | None
    merged: Merged
    pages: Pages
    examples: tuple[tuple[Fence, Mapping], ...]
    used: dict[str, set[str]] = field(default_factory=dict)
    is_worded: bool = False
    """Whether every fence could be read and every word is known: only then is it asked whether the judge can read it."""


def read_agreement(text: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document of a text with the problems of its reading, without those of meaning."""
    problems = Problems()
    try:
        return read_text(text, problems).document, problems.in_order()
    except TooManyProblems:
        return None, problems.in_order()


def read_text(text: str, problems: Problems) -> Read:
    nothing = Read(None, Merged(), Pages(), ())
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        problems.error(Spot(1, 1), "this file is larger than 256 kB", "divide it: an agreement is a text that people read")
        return nothing
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not are_characters_plain(text, problems) or not are_numbers_readable(text, problems):
        return nothing
    pages = read_pages(text, problems)
    return read_fences(pages, problems)


def are_characters_plain(text: str, problems: Problems) -> bool:
    found = UNSEEN.search(text)
    if found:
        problems.error(spot_of(text, found.start()), f"this character (U+{ord(found[0]):04X}) cannot be seen", "take it out")
        return False
    spelled = unicodedata.normalize("NFC", text)
    if spelled != text:
        # Two who see the same letter must digest the same bytes: the ledger keeps one spelling, and refuses others.
        at = next((at for at, (one, other) in enumerate(zip(text, spelled, strict=False)) if one != other), len(spelled))
        problems.error(
            spot_of(text, at),
            f"this letter ({text[at : at + 2].strip()}) is spelled in another way than Unicode's usual one (NFC)",
            "type it anew as one sign",
        )
    return spelled == text


def are_numbers_readable(text: str, problems: Problems) -> bool:
    """A number that no person can read is no figure of an agreement."""
    found = ENDLESS.search(text)
    if found:
        problems.error(spot_of(text, found.start()), "this number has more than 40 digits", "write one that can be read")
    return found is None


def spot_of(text: str, at: int) -> Spot:
    return Spot(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def read_fences(pages: Pages, problems: Problems) -> Read:
    merger = Merger(pages, problems, Merged(broken=pages.has_misnamed))
    terms: list[tuple[Fence, Mapping]] = []
    examples: list[tuple[Fence, Mapping]] = []
    for fence, node in read_maps(pages.fences, problems):
        if node is None:
            merger.merged.broken = True
        elif fence.kind == "terms":
            terms.append((fence, node))
        else:
            examples.append((fence, node))
    apart = frozenset(entry.key for _, node in terms for entry in accounted(node))
    for fence, node in terms:
        check_pins(fence, node, apart, problems)
        merger.take(fence, node, apart)
    merged = merger.merged
    spread_bound(merged)
    words = Words(merged, problems)
    if not terms and not merged.broken:
        problems.error(Spot(1, 1), "this file holds no terms", "write a fence that begins with ```terms")
        return Read(None, merged, pages, ())
    if ("agreement",) not in merged.said and not merged.broken:
        problems.error(terms[0][0].spot, "no agreement block says which agreement this is", "write agreement: {id: NAME, …}")
    words.check()
    is_worded = not problems.found
    check_places(merged, pages, problems)
    check_clause_letters(merged, pages, problems)
    check_figures(merged, pages, illustrations(examples), problems)
    return Read(make_document(merged, pages), merged, pages, tuple(examples), words.used, is_worded)


def accounted(node: Mapping) -> tuple[Entry, ...]:
    entry = node.get("accounted for")
    return entry.value.entries if entry and isinstance(entry.value, Mapping) else ()


def illustrations(examples: list[tuple[Fence, Mapping]]) -> dict[str, list[str]]:
    """For each clause, the texts of the examples that stand under it or cite it."""
    texts: dict[str, list[str]] = {}
    for fence, node in examples:
        cite = node.get("cite")
        nodes = () if not cite else cite.value.items if isinstance(cite.value, Sequence) else (cite.value,)
        named = [item.value for item in nodes if isinstance(item, Scalar) and isinstance(item.value, str)]
        for clause in named or fence.clauses:
            texts.setdefault(clause, []).append(" ".join(fence.content.split()))
    return texts


def make_document(merged: Merged, pages: Pages) -> Document | None:
    """The document; None where it could not be read whole, or does not say which agreement it is."""
    if merged.broken or not merged.text("agreement", "id") or not merged.text("agreement", "version"):
        return None
    clauses = {name: clause.prose for name, clause in pages.clauses.items()}
    return Document(merged.nested(), collect_cites(merged), clauses)
