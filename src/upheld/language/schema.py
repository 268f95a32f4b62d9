"""A JSON Schema of the blocks, made from the tables of the check, so that an editor completes words and marks wrong ones."""

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from upheld.language.reference import KINDS
from upheld.language.vocabulary import BLOCKS, WORDS, Block, Key, block_at

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "Terms of an Upheld agreement"
NAME = r"^[A-Za-z0-9][A-Za-z0-9 .-]*$"
LENGTH = r"[0-9]+([.][0-9]+)? ([a-z][a-z0-9-]* )*(second|minute|hour|day|week|month|quarter|year)s?"
PATTERNS = {
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "day of the year": r"^\d{1,2} [A-Z][a-z]+$",
    "deadline": rf"^({LENGTH}|end of [a-z0-9 -]+) after .+$",
    "frequency": r"^.+ per .+$",
    "length": rf"^{LENGTH}$",
    "number": r"^\d+([.]\d+)?$",
    "percent": r"^\d+([.]\d+)? %$",
    "times": r"^\d+([.]\d+)? x$",
    "comparison": r"^(at least|more than|under|at most|exactly) .+$",
    "name": NAME,
}
CLOSED = {"effect": "effects", "event": "events", "quantity": "quantities", "strength": "strengths"}
REFERENCE = {"type": "string", "pattern": r"^(reading|parameter) [A-Za-z][A-Za-z0-9-]*$"}
CITE = {
    "description": "the clauses that this carries out, and nothing else does",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}
NOTE = {"description": "words for the reader; never judged", "type": "string"}


def write_schema() -> dict[str, Any]:
    """The schema of one `terms` fence; the one of an `example` fence is under `$defs/example`."""
    blocks = [block for block in BLOCKS.values() if "/" not in block.name]
    kinds = dict.fromkeys(kind[1:-1] for block in BLOCKS.values() for kind in all_kinds(block) if kind.startswith("<"))
    entries = {block.name: record_of(block) for block in BLOCKS.values() if block.keys}
    return {
        "$schema": DIALECT,
        "title": TITLE,
        "type": "object",
        "properties": {block.name: schema_of(block) for block in blocks if block.name != "example"},
        "additionalProperties": False,
        "$defs": {**entries, "a reference": REFERENCE, **{f"<{kind}>": kind_of(kind) for kind in kinds}},
    }


def all_kinds(block: Block) -> Iterator[str]:
    yield block.holds or "<any>"
    for key in block.keys.values():
        yield from key.kinds


def schema_of(block: Block) -> dict[str, Any]:
    """A record's keys; for names of the author's own, the keys of one entry."""
    if block.shape == "free":
        held = value_of(Key("", False, (block.holds or "<any>",), ""))
        return {"description": block.meaning, "type": "object", "additionalProperties": held}
    if block.shape == "named conditions":
        return {"description": block.meaning, "type": "object", "additionalProperties": {"type": "object"}}
    entry = refer_to(block.name)
    if block.shape == "named":
        return {"description": block.meaning, "type": "object", "additionalProperties": entry}
    return {"description": block.meaning, **entry}


def refer_to(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name.replace('/', '~1').replace(' ', '%20').replace('<', '%3C').replace('>', '%3E')}"}


def record_of(block: Block) -> dict[str, Any]:
    """The keys of one entry; a case of it has the same ones, and says when it holds."""
    properties = {key.name: property_of(block, key) for key in block.keys.values()}
    properties |= {"cite": CITE, "note": NOTE}
    if block.cases:
        order = {"description": "which case prevails where several hold", "type": "array", "items": {"type": "string"}}
        properties["when"] = {"anyOf": [{"type": "object"}, refer_to("a reference")]}
        properties["otherwise"] = {"description": "in a case: the one that is left", "type": "boolean"}
        one = refer_to(block.name)
        properties["cases"] = {"type": "object", "properties": {"order": order}, "additionalProperties": one}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def property_of(block: Block, key: Key) -> dict[str, Any]:
    inner = block_at(block.name.split("/")[0], key.name) or block_at(block.name, key.name)
    told = f"{key.meaning}{'' if not key.must else ' (must be said)'}"
    if key.kinds == ("<map>",):
        return {**(schema_of(inner) if inner else {"type": "object"}), "description": told}
    return {"description": told, **value_of(key)}


def value_of(key: Key) -> dict[str, Any]:
    """Any of its kinds, or a reference in its place."""
    words = [kind for kind in key.kinds if not kind.startswith("<")]
    options: list[Mapping[str, Any]] = [refer_to(kind) for kind in key.kinds if kind.startswith("<")]
    if words:
        numbers = [int(word) for word in words if word.isdigit()]
        options.append({"enum": [*words, *numbers]})
    return {"anyOf": [*options, refer_to("a reference")]}


def kind_of(kind: str) -> dict[str, Any]:
    noun, written = KINDS.get(kind, (kind, ""))
    told = {"description": f"{noun}: {written}" if written else noun}
    if kind in PATTERNS:
        return {**told, "type": ["string", "integer", "number"], "pattern": PATTERNS[kind]}
    if kind in CLOSED:
        return {**told, "enum": list(WORDS[CLOSED[kind]])}
    if kind == "flag":
        return {**told, "type": "boolean"}
    if kind in ("condition", "map", "cap", "prices"):
        return {**told, "type": "object"}
    if kind in ("list", "bands", "details"):
        return {**told, "type": "array"}
    return told


def main() -> None:
    json.dump(write_schema(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
