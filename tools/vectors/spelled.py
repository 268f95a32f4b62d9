"""Vectors of spelling: JSON that means something and is not written in the one way, in entries and in facts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.verify.samples import HARBOUR, Issued, february
from tools.vectors.case import Case
from upheld.core.proof import Checkpoint, canonical_bytes, leaf_hash, root_of, write_checkpoint, write_note
from upheld.verify import make_bundle

SPELLINGS = {
    "space": b'{"a": 1}',
    "newline": b'{"a":1}\n',
    "order": b'{"b":1,"a":2}',
    "twice": b'{"a":1,"a":1}',
    "fraction": b'{"a":1.5}',
    "point": b'{"a":1.0}',
    "exponent": b'{"a":1e2}',
    "minus-zero": b'{"a":-0}',
    "nan": b'{"a":NaN}',
    "too-large": b'{"a":9007199254740992}',
    "too-small": b'{"a":-9007199254740992}',
    "slash": b'{"a":"\\/"}',
    "escaped-letter": b'{"a":"\\u0041"}',
    "long-newline": b'{"a":"\\u000a"}',
    "capital-hex": b'{"a":"\\u001F"}',
    "half-a-pair": b'{"a":"\\ud800"}',
    "nfd": '{"a":"e\u0301"}'.encode(),
    "foreign-key": '{"é":1}'.encode(),
    "control-key": b'{"\\u0001":1}',
    "byte-order-mark": b'\xef\xbb\xbf{"a":1}',
    "not-utf8": b'{"a":"\xff"}',
    "overlong": b'{"a":"\xc0\xaf"}',
    "not-json": b"{'a':1}",
    "cut": b'{"a":1',
    "empty": b"",
    "list": b"[1]",
    "text": b'"a"',
    "null": b"null",
    "too-deep": b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
    "very-deep": b"[" * 2000 + b"]" * 2000,
    "comment": b'{"a":1/**/}',
    "comma": b'{"a":1,}',
    "control": b'{"a":"\x01"}',
}

FACT = (
    '{"agreement":"harbour-orchard","id":"x","occurred_at":"2026-02-02T00:00:00.000000Z",'
    '"recorded_at":"2026-02-02T00:00:00.000000Z","source":"test","ticket":"T-1","type":"information-completed/1"}'
)
FACTS = {
    "type": FACT.replace("completed/1", "completed/9"),
    "no-type": FACT.replace('"type":', '"typo":'),
    "number-as-type": FACT.replace('"information-completed/1"', "1"),
    "missing": FACT.replace('"ticket":"T-1",', ""),
    "strange": FACT.replace('"ticket":"T-1"', '"ticket":"T-1","tickets":"T-1"'),
    "null": FACT.replace('"T-1"', "null"),
    "number": FACT.replace('"T-1"', "1"),
    "list": FACT.replace('"T-1"', '["T-1"]'),
    "instant-no-zone": FACT.replace("000000Z", "000000", 1),
    "instant-date": FACT.replace("2026-02-02T", "2026-02-30T", 1),
    "instant-hour": FACT.replace("T00:", "T24:", 1),
    "instant-second": FACT.replace("00:00.0", "00:60.0", 1),
    "instant-year": FACT.replace("2026-02-02T", "0000-02-02T", 1),
    "instant-fraction": FACT.replace("000000Z", "0000000Z", 1),
    "instant-before-time": FACT.replace("2026-02-02T00:00:00.000000Z", "0001-01-01T00:00:00+00:01", 1),
    "instant-number": FACT.replace('"2026-02-02T00:00:00.000000Z"', "0", 1),
    "no-agreement": FACT.replace('"agreement":"harbour-orchard",', ""),
    "foreign": FACT.replace("harbour-orchard", "harbour-cellar"),
    "not-an-object": "[1]",
    "empty-line": "",
    "space": FACT.replace(":", ": ", 1),
    "carriage-return": FACT + "\r",
    "known-id": FACT.replace('"id":"x"', '"id":"signed"'),
}
GOOD_FACTS = {
    "plain": FACT,
    "space-in-instant": FACT.replace("02T00:00:00.000000Z", "02 00:00Z", 1),
    "offset": FACT.replace("2026-02-02T00:00:00.000000Z", "2026-02-02T05:30:00.5+05:30", 1),
    "leap-day": FACT.replace("2026-02-02T00", "2024-02-29T00", 1),
    "first-instant": FACT.replace("2026-02-02T00", "0001-01-01T00", 1),
    "last-instant": FACT.replace("2026-02-02T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z", 1),
    "far-letters": FACT.replace("T-1", "größer \U0001f40b \u2028 \x7f"),
    "escapes": FACT.replace("T-1", '\\"\\\\\\n\\t\\b\\f\\r\\u0000\\u001f'),
    "empty-text": FACT.replace("T-1", ""),
}


def make_spelled() -> Iterator[Case]:
    base = february()
    for name in ("terms", "calendars", "statement"):
        for what, written in SPELLINGS.items():
            if name == "statement" or what in ("space", "order", "list", "nfd"):
                put: dict[str, Any] = {name: written}
                changed = replace(base, **put).pack()
                yield Case(
                    f"entries/{name}/{what}",
                    f"{name}.json is spelled otherwise, or is no object: {what}",
                    changed,
                    ("entries",),
                )
    unknown = replace(base, terms=canonical_bytes({"language": "none"})).pack()
    yield Case(
        "entries/terms/unknown",
        "terms.json holds no terms, nor what was signed",
        unknown,
        ("entries",),
        in_structure=("agreement",),
    )
    leaves = base.leaves()
    for what, line in FACTS.items():
        yield Case(
            f"facts/{what}", f"a fact cannot be read, or not here: {what}", pack(base, [*leaves, line.encode()]), ("facts",)
        )
    for what, line in GOOD_FACTS.items():
        yield Case(
            f"valid/fact/{what}",
            f"a fact behind the statement, signed with the rest: {what}",
            pack(base, [*leaves, line.encode()]),
        )
    yield Case("facts/none", "no facts at all", pack(base, []), ("facts",))
    whole = pack(base, leaves)
    assert whole == base.pack()


def pack(base: Issued, leaves: list[bytes]) -> bytes:
    """The base's bundle with other leaves, signed."""
    text = write_checkpoint(Checkpoint(base.origin, len(leaves), root_of(map(leaf_hash, leaves))))
    return make_bundle(
        agreement=base.agreement,
        terms=base.terms,
        calendars=base.calendars,
        leaves=leaves,
        checkpoint=write_note(text, [HARBOUR.sign(text)]),
        statement=base.statement,
    )
