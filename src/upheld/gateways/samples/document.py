"""JSON as the spool uses it: one canonical spelling out; no floats, no doubled keys and no surprises in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


class UnreadableDocument(ValueError):
    """A document that is not what it should be; the text says where and what was expected."""


def write_document(document: Mapping[str, Any]) -> bytes:
    """Canonical bytes: sorted keys, no spaces, UTF-8, a newline at the end. Equal documents are equal bytes."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def read_document(raw: bytes) -> Mapping[str, Any]:
    """Read one JSON object. Raises UnreadableDocument."""
    try:
        document = json.loads(
            raw.decode(), object_pairs_hook=_refuse_doubles, parse_float=_refuse_float, parse_constant=_refuse_float
        )
    except (ValueError, RecursionError) as problem:
        raise UnreadableDocument(f"expected one JSON object: {problem}") from None
    if not isinstance(document, dict):
        raise UnreadableDocument(f"expected one JSON object, got {type(document).__name__}")
    return document


def require(document: Mapping[str, Any], keys: Iterable[str], what: str) -> None:
    """Exactly these keys, none missing and none unknown."""
    expected = set(keys)
    if not isinstance(document, dict):
        raise UnreadableDocument(f"{what}: expected an object, got {type(document).__name__}")
    if missing := expected - document.keys():
        raise UnreadableDocument(f"{what}: expected {', '.join(sorted(missing))}, which is missing")
    if unknown := document.keys() - expected:
        raise UnreadableDocument(f"{what}: expected no {', '.join(sorted(unknown))}")


def read_int(value: object, what: str, *, least: int = 0) -> int:
    if type(value) is not int or not least <= value < 2**53:
        raise UnreadableDocument(f"{what}: expected a whole number from {least}, got {value!r:.80}")
    return value


def read_text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise UnreadableDocument(f"{what}: expected a text, got {value!r:.80}")
    return value


def read_text_or_none(value: object, what: str) -> str | None:
    return None if value is None else read_text(value, what)


def read_list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise UnreadableDocument(f"{what}: expected a list, got {value!r:.80}")
    return value


def _refuse_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key occurs twice")
    return document


def _refuse_float(text: str) -> None:
    raise ValueError(f"expected whole numbers only, got {text}")
