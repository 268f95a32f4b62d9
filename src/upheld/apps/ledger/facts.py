"""Entries and facts: the leaf of a fact, and the fact of a leaf."""

import unicodedata
from collections.abc import Iterable
from dataclasses import MISSING
from datetime import datetime
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from upheld.core.facts import KINDS, Fact, read_fact
from upheld.core.proof import NotCanonical, canonical_bytes, parse_canonical
from upheld.core.proof.canonical import LARGEST_INTEGER
from upheld.core.timeline import Instant

COPIES = ("fact_id", "type", "occurred_at", "recorded_at")
"""The columns of an entry that repeat what its leaf says, for queries to look at."""


class UnreadableLeaf(ValueError):
    """Bytes in the ledger that are no fact: altered, or written by a later version of this program."""


def leaf_of(fact: Fact) -> bytes:
    """
    The bytes that stand for a fact in the tree; raises NotCanonical for a text outside the profile.

    They are `canonical_bytes(fact.to_json())`, written in one go: a fact is flat and its keys are known, so neither an
    object in between nor the sorting is needed. Whatever is not plain text, number or instant goes the long way.
    """
    spelled: list[str] = []
    read, fields = writing_of(fact.TYPE)
    for value, (label, usual) in zip(read(fact), fields, strict=True):
        if usual is not MISSING and value == usual:
            continue
        kind = type(value)
        if kind is Instant:
            spelled.append(f'{label}"{spell_instant(value.micros)}"')
        elif kind is str and (value.isascii() or is_canonical(value)):
            spelled.append(label + encode_basestring(value))
        elif kind is int and -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            spelled.append(f"{label}{value}")
        else:
            return canonical_bytes(fact.to_json())
    return f"{{{','.join(spelled)}}}".encode()


@cache
def writing_of(kind: str) -> tuple[Any, tuple[tuple[str, Any], ...]]:
    """What reads a fact's fields in the order of their keys, and for each its label and its usual value."""
    usual = {"TYPE": MISSING, **{name: given for name, given, _ in KINDS[kind].FILLS}}
    keys = sorted(usual, key=lambda name: "type" if name == "TYPE" else name)
    return attrgetter(*keys), tuple((f'"{"type" if name == "TYPE" else name}":', usual[name]) for name in keys)


@lru_cache(maxsize=4096)
def spell_instant(micros: int) -> str:
    """Facts that are recorded together share their instants."""
    return str(Instant(micros))


def is_canonical(text: str) -> bool:
    """Whether a text is in form NFC and without half a surrogate pair."""
    return unicodedata.is_normalized("NFC", text) and not any("\ud800" <= letter <= "\udfff" for letter in text)


def copies_of(fact: Fact) -> tuple[str, str, datetime, datetime]:
    """What the columns `COPIES` of an entry repeat of its fact."""
    return fact.id, fact.TYPE, fact.occurred_at.utc(), fact.recorded_at.utc()


def read_leaf(leaf: bytes) -> Fact:
    """The fact of a leaf; raises UnreadableLeaf with every reason why there is none."""
    try:
        fact = read_fact(parse_canonical(leaf))
    except NotCanonical as wrong:
        raise UnreadableLeaf(str(wrong)) from None
    if isinstance(fact, list):
        raise UnreadableLeaf("; ".join(map(str, fact)))
    return fact


def read_leaves(leaves: Iterable[bytes | memoryview]) -> list[Fact]:
    return [read_leaf(bytes(leaf)) for leaf in leaves]
