"""One vector of a bundle, and the writing of its bytes as an edit of another's."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from tests.verify.samples import HARBOUR

KEY = str(HARBOUR.key)
VERIFIED, WRONG, NOT_PROVEN = "verified", "not verified", "consistent, signer not proven"


@dataclass(frozen=True)
class Case:
    """A bundle, the key held against it, what is the matter with it, and the checks that must be `wrong`."""

    name: str
    why: str
    data: bytes
    wrong: tuple[str, ...] = ()
    key: str | None = KEY
    in_structure: tuple[str, ...] | None = None
    """Where it differs: the checks that come out `wrong` for a verifier which reads no terms and computes no figures."""

    @property
    def structure(self) -> list[str]:
        found = self.wrong if self.in_structure is None else self.in_structure
        return [check for check in found if check != "figures"]

    @property
    def outcome(self) -> str:
        if self.wrong:
            return WRONG
        return VERIFIED if self.key else NOT_PROVEN

    def to_json(self, base: str, content: bytes) -> dict[str, Any]:
        return {
            "name": self.name,
            "why": self.why,
            "base": base,
            "edit": list(find_edits(content, self.data)),
            "key": self.key,
            "outcome": self.outcome,
            "wrong": list(self.wrong),
            "structure": self.structure,
        }


def find_edits(base: bytes, data: bytes) -> Iterator[list[Any]]:
    """What to put where into the base: [first byte, how many are taken out, base64 of what is put in], in their order."""
    ours, theirs = base.splitlines(keepends=True), data.splitlines(keepends=True)
    starts = [0]
    for line in ours:
        starts.append(starts[-1] + len(line))
    for what, first, last, other_first, other_last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        old, new, at = b"".join(ours[first:last]), b"".join(theirs[other_first:other_last]), starts[first]
        head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        old, new, at = old[head:], new[head:], at + head
        shared = zip(reversed(old), reversed(new), strict=False)
        tail = next((i for i, (a, b) in enumerate(shared) if a != b), min(len(old), len(new)))
        old, new = old[: len(old) - tail], new[: len(new) - tail]
        yield [at, len(old), b64encode(new).decode()]


def apply_edits(base: bytes, edits: list[list[Any]], decode: Any) -> bytes:
    """The base with its edits; `decode` reads base64."""
    for at, length, put in reversed(edits):
        base = base[:at] + decode(put) + base[at + length :]
    return base
