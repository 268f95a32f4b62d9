"""Signed heads as text (C2SP signed-note, tlog-checkpoint), and the witness's own line under them (tlog-cosignature)."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256

from upheld.interfaces.cli.witness import ed25519

DASH = "\u2014 "
ED25519, COSIGNATURE = b"\x01", b"\x04"
LARGEST = 2**20


class Refused(Exception):
    """What came is not what it should be; the sentence says what, and what it means."""


class Key:
    """A verifier key, `name+id+key`: what the provider's signatures are verified with."""

    def __init__(self, text: str) -> None:
        parts = text.strip().split("+", 2)
        material = read_base64(parts[2], "the key") if len(parts) == 3 else b""
        if len(parts) != 3 or material[:1] != ED25519 or len(material) != 33:
            raise Refused(
                f"a key is one line, name+id+key, as printed in your agreement and on the status page; came {text!r}"
            )
        self.text, self.name, self.public = text.strip(), parts[0], material[1:]
        self.id = sha256(self.name.encode() + b"\n" + material).digest()[:4]
        if self.id.hex() != parts[1]:
            raise Refused(f"the key {self.name} is not whole: its id does not fit; copy it again")


class Head:
    """A verified head: whose, how many entries, what root, and the note as it came."""

    def __init__(self, note: str, key: Key) -> None:
        if len(note) > LARGEST:
            raise Refused("the head is longer than a note may be")
        text, empty, below = note.rpartition("\n\n")
        lines = below.split("\n")
        if not empty or lines.pop() != "" or not lines:
            raise Refused("what was read is no signed head: it has no signatures behind an empty line")
        self.note, self.text = note, text + "\n"
        found = [blob for name, blob in map(read_line, lines) if name == key.name and blob[:4] == key.id]
        if not found or not all(ed25519.verify(key.public, self.text.encode(), blob[4:]) for blob in found):
            raise Refused(f"the head is not signed with the key {key.name}: it is not the provider's, or it was changed")
        stated = self.text.split("\n")
        if len(stated) < 4 or not stated[0] or not stated[1].isdigit() or str(int(stated[1])) != stated[1]:
            raise Refused("the signed text states no size and root")
        self.origin, self.size = stated[0], int(stated[1])
        self.root = read_base64(stated[2], "the root")
        if len(self.root) != 32:
            raise Refused(f"the root has {len(self.root)} bytes instead of 32")


def read_line(line: str) -> tuple[str, bytes]:
    name, space, encoded = line[len(DASH) :].partition(" ")
    if not line.startswith(DASH) or not name or not space:
        raise Refused(f"a line under the head is no signature: {line[:80]!r}")
    return name, read_base64(encoded, "a signature")


def read_base64(text: str, what: str) -> bytes:
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise Refused(f"{what} is not base64: {text[:80]!r}") from None
    if base64.b64encode(data).decode() != text:
        raise Refused(f"{what} is not base64 in its one spelling: {text[:80]!r}")
    return data


def cosign(head: Head, name: str, seed: bytes, seconds: int) -> str:
    """The line that says: at this time I saw this head, and it continued all that I saw before."""
    message = b"cosignature/v1\ntime %d\n" % seconds + head.text.encode()
    blob = cosigner_id(name, seed) + seconds.to_bytes(8, "big") + ed25519.sign(seed, message)
    return f"{DASH}{name} {base64.b64encode(blob).decode()}\n"


def cosigner_id(name: str, seed: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + COSIGNATURE + ed25519.public_key(seed)).digest()[:4]


def cosigner_key(name: str, seed: bytes) -> str:
    """What others verify the witness's line with."""
    material = base64.b64encode(COSIGNATURE + ed25519.public_key(seed)).decode()
    return f"{name}+{cosigner_id(name, seed).hex()}+{material}"
