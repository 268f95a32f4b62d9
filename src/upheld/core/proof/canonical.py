"""The one spelling of a value in bytes, so that two parties hash the same thing.

A narrow profile of RFC 8785 (JSON Canonicalization Scheme). Allowed: objects whose keys are printable ASCII text,
arrays, text in Unicode form NFC, whole numbers within +-(2**53 - 1), true, false and null, nested at most 40 deep.
Within this profile the standard library's `json` writes exactly the bytes of RFC 8785: sorting by code point and by
UTF-16 unit is the same for ASCII keys, and a whole number has one spelling. Everything else is refused, so nothing
depends on how a language prints a fraction.
"""

import json
import unicodedata
from typing import Any

LARGEST_INTEGER = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly (RFC 8785 section 3.2.2.3, RFC 7493 section 2.2)."""

DEEPEST = 40
"""How many objects and arrays may enclose one another."""

# Circular values run into the depth limit before the encoder sees them, so its own (slower) check is off.
_write = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


class NotCanonical(ValueError):
    """A value, or bytes, outside the profile; the message says where, what was expected and what came."""


def canonical_bytes(value: Any) -> bytes:
    """The canonical bytes (UTF-8) of `value`: None, bool, int, str, and lists, tuples or dicts of these.

    A tuple is written as an array. Raises NotCanonical, naming the place as in `$.outage.cause[2]`.

    >>> canonical_bytes({"b": [1, None], "a": "é"}).decode()
    '{"a":"é","b":[1,null]}'
    """
    _refuse_outside_profile(value, None, 0)
    return _write(value).encode()


def parse_canonical(data: bytes) -> Any:
    """The value whose canonical bytes are `data`, with dicts and lists; raises NotCanonical for any other bytes.

    Other bytes are: not UTF-8, not JSON, outside the profile, or JSON that is spelled otherwise (white space, order
    of keys, a key given twice, another escape, `-0`).

    >>> parse_canonical(b'{"a":1}')
    {'a': 1}
    """
    try:
        value = json.loads(data.decode())
    except UnicodeDecodeError as wrong:
        raise NotCanonical(f"expected UTF-8, byte {wrong.start} is not; send the bytes as they were signed") from None
    except RecursionError:
        raise NotCanonical(f"nested deeper than the {DEEPEST} levels allowed; flatten the value") from None
    except ValueError as wrong:
        raise NotCanonical(f"expected JSON: {wrong}") from None
    spelled = canonical_bytes(value)
    if spelled != data:
        raise NotCanonical(_explain_spelling(data, spelled))
    return value


# `where` is a chain of (outer, step) pairs: a path is wanted only when something is wrong, so it is not joined before.
_Path = tuple[Any, Any] | None


def _refuse_outside_profile(value: Any, where: _Path, depth: int) -> None:
    kind = type(value)
    if kind is str:
        if not value.isascii():
            _refuse_text(value, where)
    elif kind is int:
        if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
            raise NotCanonical(f"{_place(where)}: whole numbers end at +-(2**53 - 1); write this one as text")
    elif kind is dict:
        _refuse_depth(where, depth)
        for key, item in value.items():
            if type(key) is not str or not (key.isascii() and key.isprintable()):
                raise NotCanonical(f"{_place(where)}: a key must be printable ASCII text, came {key!r:.80}")
            _refuse_outside_profile(item, (where, key), depth + 1)
    elif kind is list or kind is tuple:
        _refuse_depth(where, depth)
        for index, item in enumerate(value):
            _refuse_outside_profile(item, (where, index), depth + 1)
    elif value is not None and kind is not bool:
        raise NotCanonical(
            f"{_place(where)}: expected an object, array, text, whole number, true, false or null, came"
            f" {kind.__name__}; write fractions, money and instants as text or as whole numbers of a unit"
        )


def _refuse_text(text: str, where: _Path) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical(f"{_place(where)}: half of a surrogate pair is not text, came {text!r:.80}") from None
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(f"{_place(where)}: text must be in Unicode form NFC, came {text!r:.80}")


def _refuse_depth(where: _Path, depth: int) -> None:
    if depth >= DEEPEST:
        raise NotCanonical(f"{_place(where)}: nested deeper than the {DEEPEST} levels allowed; flatten the value")


def _place(where: _Path) -> str:
    steps: list[str] = []
    while where is not None:
        where, step = where
        steps.append(f"[{step}]" if type(step) is int else f".{step}")
    return "$" + "".join(reversed(steps))


def _explain_spelling(data: bytes, spelled: bytes) -> str:
    if twice := _keys_given_twice(data):
        return f"the key {twice[0]!r:.80} is given twice in one object; which of the two was meant cannot be known"
    at = next((i for i, (a, b) in enumerate(zip(data, spelled, strict=False)) if a != b), min(len(data), len(spelled)))
    return (
        f"not in canonical form from byte {at}: expected {spelled[at : at + 20]!r}, came {data[at : at + 20]!r};"
        " no white space, keys in order, the shortest escapes"
    )


def _keys_given_twice(data: bytes) -> list[str]:
    twice: list[str] = []

    def note_keys(pairs: list[tuple[str, Any]]) -> None:
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                twice.append(key)
            seen.add(key)

    json.loads(data.decode(), object_pairs_hook=note_keys)
    return twice
