"""
Reading what is kept, without any code of the product: SQLite, SHA-256 and Ed25519 alone.

The checker must not share an error with what it checks.
"""

import base64
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True)
class Ledger:
    """A ledger as it lies in the database, of an agreement or of heads: leaves in order, and the notes that were signed."""

    origin: str
    size: int
    leaves: list[bytes]
    indexes: list[int]
    notes: list[str]

    @property
    def facts(self) -> list[dict[str, Any]]:
        return [json.loads(leaf) for leaf in self.leaves]


def read_ledgers(home: Path) -> dict[str, Ledger]:
    with sqlite3.connect(f"file:{home}/upheld.sqlite3?mode=ro", uri=True) as rows:
        ledgers = {}
        for tree, agreement, origin, size in rows.execute("SELECT id, agreement, origin, size FROM ledger_tree").fetchall():
            entries = rows.execute(
                'SELECT "index", leaf FROM ledger_entry WHERE tree_id = ? ORDER BY "index"', [tree]
            ).fetchall()
            notes = rows.execute("SELECT note FROM ledger_checkpoint WHERE tree_id = ? ORDER BY size", [tree]).fetchall()
            ledgers[agreement] = Ledger(
                origin,
                size,
                [bytes(leaf) for _, leaf in entries],
                [index for index, _ in entries],
                [note for (note,) in notes],
            )
        return ledgers


def root_over(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, 2.1, by its definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_over(leaves[:half]) + root_over(leaves[half:])).digest()


def find_wrong(agreement: str, ledger: Ledger, key: Ed25519PublicKey) -> list[str]:
    """Everything that is wrong with one ledger."""
    wrong = []
    if ledger.indexes != list(range(ledger.size)):
        wrong.append(f"{agreement}: {ledger.size} entries are stated, the places {ledger.indexes[:3]}... are taken")
    names = [fact["id"] if "id" in fact else f"the head of {fact['size']} of {fact['origin']}" for fact in ledger.facts]
    doubled = [name for name, count in Counter(names).items() if count > 1]
    wrong += [f"{agreement}: {name} is recorded more than once" for name in doubled]
    sizes = Counter(int(note.split("\n")[1]) for note in ledger.notes)
    wrong += [f"{agreement}: {count} heads are signed for the size {size}" for size, count in sizes.items() if count > 1]
    for note in ledger.notes:
        wrong += explain_note(agreement, note, ledger, key)
    return wrong


def explain_note(agreement: str, note: str, ledger: Ledger, key: Ed25519PublicKey) -> list[str]:
    """What is wrong with a signed head: of this tree, over these leaves, by this key."""
    text, _, signatures = note.partition("\n\n")
    origin, size, root = text.split("\n")[:3]
    if origin != ledger.origin or int(size) > ledger.size:
        return [f"{agreement}: a head of {size} entries of {origin} was signed; {ledger.size} of {ledger.origin} are there"]
    if base64.b64decode(root) != root_over(ledger.leaves[: int(size)]):
        return [f"{agreement}: the first {size} entries do not have the root that was signed"]
    try:
        key.verify(base64.b64decode(signatures.split()[2])[4:], text.encode() + b"\n")
    except InvalidSignature:
        return [f"{agreement}: the head of {size} entries does not bear our signature"]
    return []


def read_public_key(home: Path) -> Ed25519PublicKey:
    """The key that customers hold, `name+id+base64`; its first byte says Ed25519."""
    material = base64.b64decode((home / "keys/signing.vkey").read_text().strip().split("+", 2)[2])
    return Ed25519PublicKey.from_public_bytes(material[1:])
