"""Checkpoints: which tree, how many entries, what root (C2SP tlog-checkpoint). Signed as the text of a note."""

from dataclasses import dataclass

from upheld.core.proof.base64_text import NotBase64, parse_base64, write_base64
from upheld.core.proof.tree import EMPTY_ROOT, HASH_SIZE

LARGEST_SIZE = 2**53 - 1
"""The largest tree that a checkpoint may state: what canonical JSON and every database can hold."""


class NotACheckpoint(ValueError):
    """Text, or parts, that are not a checkpoint; the message says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One state of one tree. `origin` names the tree, as in `upheld.example/acme/contract-17`; `root` is 32 bytes.

    Extension lines are part of what is signed, but nobody can audit them: leave them out.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in (self.origin, *self.extensions):
            if not line or any(letter < " " or "\ud800" <= letter <= "\udfff" for letter in line):
                raise NotACheckpoint(
                    f"a line of a checkpoint is not empty and has no control characters, came {line[:80]!r}"
                )
        if not 0 <= self.size <= LARGEST_SIZE:
            raise NotACheckpoint(f"the size of a tree is from 0 to 2**53 - 1, came {self.size}")
        if len(self.root) != HASH_SIZE:
            raise NotACheckpoint(f"a root has {HASH_SIZE} bytes, came {len(self.root)}")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise NotACheckpoint(f"the root of an empty tree is {EMPTY_ROOT.hex()}, came {self.root.hex()}")


def write_checkpoint(checkpoint: Checkpoint) -> str:
    """The text of a checkpoint, to be signed: origin, size, base64 of the root, then any extension lines.

    >>> write_checkpoint(Checkpoint("example.com/log", 0, EMPTY_ROOT)).split()[1:]
    ['0', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=']
    """
    lines = (checkpoint.origin, str(checkpoint.size), write_base64(checkpoint.root), *checkpoint.extensions)
    return "".join(line + "\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint of a note's text; raises NotACheckpoint for any other spelling of it."""
    if not text.endswith("\n"):
        raise NotACheckpoint("a checkpoint ends with a newline")
    lines = text[:-1].split("\n")
    if len(lines) < 3:
        raise NotACheckpoint(f"a checkpoint has a line each for origin, size and root, came {len(lines)} lines")
    origin, digits, encoded, *extensions = lines
    # Not int(): it takes signs, spaces, underscores and the digits of other scripts.
    if not (digits.isascii() and digits.isdigit()) or (digits[0] == "0" and digits != "0") or len(digits) > 16:
        raise NotACheckpoint(f"a size is a whole number without leading zeros, 16 digits at most; came {digits[:80]!r}")
    try:
        root = parse_base64(encoded)
    except NotBase64 as wrong:
        raise NotACheckpoint(f"the root: {wrong}") from None
    return Checkpoint(origin, int(digits), root, tuple(extensions))
