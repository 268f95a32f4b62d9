"""A bundle: a statement with everything that is needed to check it, in one file, without the provider's help."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from upheld.core.proof import NotCanonical, parse_canonical
from upheld.core.terms import Document
from upheld.verify.container import write_container

AGREEMENT, CALENDARS, CHECKPOINT = "agreement.md", "calendars.json", "checkpoint.txt"
FACTS, STATEMENT, TERMS = "facts.jsonl", "statement.json", "terms.json"
ENTRIES = (AGREEMENT, CALENDARS, CHECKPOINT, FACTS, STATEMENT, TERMS)


def make_bundle(
    *, agreement: bytes, terms: bytes, calendars: bytes, leaves: Sequence[bytes], checkpoint: str, statement: bytes
) -> bytes:
    """
    The bytes of a bundle, the same for the same parts.

    `agreement` is the source text as signed; `terms`, `calendars` and `statement` are canonical JSON; `leaves` are all
    entries of the agreement's tree up to the `checkpoint` (a signed note), in order. Nothing is checked here:
    `verify_bundle` is what checks.
    """
    facts = b"".join(leaf + b"\n" for leaf in leaves)
    return write_container(
        {
            AGREEMENT: agreement,
            CALENDARS: calendars,
            CHECKPOINT: checkpoint.encode(),
            FACTS: facts,
            STATEMENT: statement,
            TERMS: terms,
        }
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """The entries of a bundle that are read and not only hashed."""

    document: Document
    calendars: dict[str, Any]
    statement: dict[str, Any]
    leaves: tuple[bytes, ...]


def read_parts(entries: dict[str, bytes]) -> Parts | list[str]:
    """Read each entry in its one spelling, or say of every one why it cannot be read."""
    problems = [f"{name} is missing" for name in ENTRIES if name not in entries]
    strange = sorted({*entries} - {*ENTRIES})
    problems += [f"{name} does not belong into a bundle, which holds {', '.join(ENTRIES)}" for name in strange]
    if problems:
        return problems
    terms, calendars, statement = (read_map(name, entries[name], problems) for name in (TERMS, CALENDARS, STATEMENT))
    leaves = split_leaves(entries[FACTS], problems)
    document = read_document(terms, problems) if terms is not None else None
    if document is None or calendars is None or statement is None or leaves is None:
        return problems
    return Parts(document, calendars, statement, leaves)


def read_map(name: str, content: bytes, problems: list[str]) -> dict[str, Any] | None:
    try:
        value = parse_canonical(content)
    except NotCanonical as wrong:
        problems.append(f"{name}: {wrong}")
        return None
    if not isinstance(value, dict):
        problems.append(f"{name}: expected one JSON object, came {type(value).__name__}")
        return None
    return value


def read_document(written: dict[str, Any], problems: list[str]) -> Document | None:
    try:
        document = Document.from_json(written)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        problems.append(f"{TERMS}: these are no terms that this verifier can read: {wrong!r}")
        return None
    # Written back, because reading passes over what it does not know.
    if document.to_json() != written:
        problems.append(f"{TERMS}: the terms hold more than language {written.get('language')!r} has words for")
        return None
    return document


def split_leaves(content: bytes, problems: list[str]) -> tuple[bytes, ...] | None:
    """The entries of the tree, one a line. Their spelling is looked at where they are read as facts."""
    *lines, rest = content.split(b"\n")
    if rest:
        problems.append(f"{FACTS}: the last line has no end; the file was cut off")
        return None
    return tuple(lines)
