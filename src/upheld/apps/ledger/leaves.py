"""
The leaves of many facts at once, written column by column.

Facts that are recorded together are mostly of one kind and repeat most of their values. So what they share is written once,
and each leaf is then that text with the few values of its own put in. A test holds every leaf against core's own writing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import MISSING
from functools import cache
from itertools import repeat
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from upheld.apps.ledger.facts import leaf_of
from upheld.core.facts import KINDS, Fact
from upheld.core.facts.record import write_field
from upheld.core.proof import NotCanonical, canonical_bytes
from upheld.core.proof.canonical import LARGEST_INTEGER
from upheld.core.timeline import Instant

read_micros = attrgetter("micros")


def write_leaves(facts: Sequence[Fact]) -> list[bytes]:
    """`leaf_of` each fact, in their order; raises NotCanonical as it does."""
    places: dict[str, list[int]] = {}
    for place, fact in enumerate(facts):
        places.setdefault(fact.TYPE, []).append(place)
    if len(places) == 1:
        return write_kind(facts)
    written: dict[int, bytes] = {}
    for of_kind in places.values():
        written |= zip(of_kind, write_kind([facts[place] for place in of_kind]), strict=True)
    return [written[place] for place in range(len(facts))]


def write_kind(facts: Sequence[Fact]) -> list[bytes]:
    """The leaves of facts of one kind, at least one of them."""
    read, fields = writing_of(facts[0].TYPE)
    parts: list[Iterable[str]] = []
    shared = "{"
    for values, (before, usual, after) in zip(zip(*map(read, facts), strict=True), fields, strict=True):
        try:
            spelled = spell(values)
        except NotCanonical:
            # By itself each one says where in its fact the wrong value stands.
            return [leaf_of(fact) for fact in facts]
        if usual is not MISSING and usual in values:
            # What has its usual value is not written (`Fact.to_json`).
            pairs = zip(values, spelled, strict=True)
            spelled, before, after = ["" if value == usual else before + text + after for value, text in pairs], "", ""
        if spelled.count(spelled[0]) == len(spelled):
            shared += before + spelled[0] + after
        else:
            parts += [repeat(shared + before), spelled]
            shared = after
    parts.append(repeat(shared + "}", len(facts)))
    return list(map(str.encode, map("".join, zip(*parts))))  # noqa: B905 - what is repeated has no end


@cache
def writing_of(kind: str) -> tuple[Any, tuple[tuple[str, Any, str], ...]]:
    """
    What reads a fact's fields in the order of their keys, and for each the text before it, its usual value, the text behind.

    A comma goes with each field, as it may be left out: behind it up to the type, which is always there, and before it from
    then on.
    """
    usual = {"type": MISSING, **{name: given for name, given, _ in KINDS[kind].FILLS}}
    keys = sorted(usual)
    fields = [
        (f'"{key}":', usual[key], ",") if key < "type" else (f'{"," if key > "type" else ""}"{key}":', usual[key], "")
        for key in keys
    ]
    return attrgetter(*("TYPE" if key == "type" else key for key in keys)), tuple(fields)


def spell(values: tuple[Any, ...]) -> list[str]:
    """The canonical text of each value of a column; raises NotCanonical."""
    if len(values) > 1 and len(set(map(id, values))) == 1:
        return spell(values[:1]) * len(values)
    kinds = set(map(type, values))
    if kinds == {str} and "".join(values).isascii():
        return list(map(encode_basestring, values))
    if kinds == {int} and min(values) >= -LARGEST_INTEGER and max(values) <= LARGEST_INTEGER:
        return list(map(str, values))
    if kinds == {Instant}:
        micros = list(map(read_micros, values))
        written = {each: f'"{Instant(each)}"' for each in set(micros)}
        return [written[each] for each in micros]
    return [canonical_bytes(write_field(value)).decode() for value in values]
