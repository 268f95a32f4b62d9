"""Vectors of proofs (RFC 6962), and of heads: notes that are held against a key."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from tests.verify.samples import HARBOUR, IMPOSTOR
from tools.vectors.notes import flip
from upheld.core.proof import (
    EMPTY_ROOT,
    Checkpoint,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    write_checkpoint,
    write_note,
)

LEAVES = [leaf_hash(f"entry {number}".encode()) for number in range(70)]
PLACES = [(0, 1), (0, 2), (1, 2), (2, 3), (6, 7), (3, 8), (7, 8), (8, 9), (21, 40), (63, 64), (64, 65), (69, 70)]
GROWTHS = [(0, 0), (0, 5), (1, 1), (1, 2), (2, 3), (3, 4), (4, 8), (6, 8), (7, 70), (32, 64), (33, 65), (64, 70), (70, 70)]


def text(hash_: bytes) -> str:
    return b64encode(hash_).decode()


def make_proofs() -> Iterator[dict[str, Any]]:
    for index, size in PLACES:
        proof, root, leaf = inclusion_proof(LEAVES, index, size), root_of(LEAVES[:size]), LEAVES[index]
        name = f"inclusion/{index}-of-{size}"
        yield included(name, index, size, leaf, proof, root, True)
        yield included(f"{name}/leaf", index, size, flip(leaf, 3), proof, root, False)
        yield included(f"{name}/root", index, size, leaf, proof, flip(root, 31), False)
        yield included(f"{name}/more", index, size, leaf, [*proof, EMPTY_ROOT], root, False)
        yield included(f"{name}/outside", size, size, leaf, proof, root, False)
        if proof:
            yield included(f"{name}/less", index, size, leaf, proof[:-1], root, False)
            yield included(f"{name}/sibling", index, size, leaf, [flip(proof[0], 0), *proof[1:]], root, False)
            yield included(f"{name}/short-hash", index, size, leaf, [proof[0][:-1], *proof[1:]], root, False)
    for old, new in GROWTHS:
        proof, roots = consistency_proof(LEAVES, old, new), (root_of(LEAVES[:old]), root_of(LEAVES[:new]))
        name = f"consistency/{old}-to-{new}"
        yield grown(name, old, new, roots, proof, True)
        yield grown(f"{name}/old-root", old, new, (flip(roots[0], 5), roots[1]), proof, False)
        if old:
            yield grown(f"{name}/new-root", old, new, (roots[0], flip(roots[1], 5)), proof, False)
        yield grown(f"{name}/more", old, new, roots, [*proof, EMPTY_ROOT], False)
        if old != new:
            yield grown(f"{name}/back", new, old, (roots[1], roots[0]), proof, False)
        if proof:
            yield grown(f"{name}/less", old, new, roots, proof[1:], False)
            yield grown(f"{name}/sibling", old, new, roots, [*proof[:-1], flip(proof[-1], 1)], False)


def included(
    name: str, index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes, is_valid: bool
) -> dict[str, Any]:
    hashes = {"leaf": text(leaf), "proof": [text(hash_) for hash_ in proof], "root": text(root)}
    return {"name": name, "kind": "inclusion", "index": index, "size": size, **hashes, "valid": is_valid}


def grown(name: str, old: int, new: int, roots: tuple[bytes, bytes], proof: list[bytes], is_valid: bool) -> dict[str, Any]:
    hashes = {"old_root": text(roots[0]), "new_root": text(roots[1]), "proof": [text(hash_) for hash_ in proof]}
    return {"name": name, "kind": "consistency", "old_size": old, "new_size": new, **hashes, "valid": is_valid}


def make_heads() -> Iterator[dict[str, Any]]:
    for size in (0, 1, 2, 41, 70):
        stated = write_checkpoint(Checkpoint("harbour.example/harbour-orchard", size, root_of(LEAVES[:size])))
        note = write_note(stated, [HARBOUR.sign(stated)])
        both = write_note(stated, [IMPOSTOR.sign(stated), HARBOUR.sign(stated)])
        yield head(f"head/{size}", note, True)
        yield head(f"head/{size}/witness", both, True)
        yield head(f"head/{size}/impostor", write_note(stated, [IMPOSTOR.sign(stated)]), False)
        yield head(f"head/{size}/other-size", note.replace(f"\n{size}\n", f"\n{size + 1}\n", 1), False)
        yield head(f"head/{size}/carriage-returns", note.replace("\n", "\r\n"), False)
        yield head(f"head/{size}/cut", note[:-1], False)
        yield head(f"head/{size}/more", f"{note}\n", False)
    wrong = write_checkpoint(Checkpoint("harbour.example/x", 1, sha256(b"").digest())).replace("\n1\n", "\n0\n")
    yield head("head/empty-tree", write_note(wrong, [HARBOUR.sign(wrong)]), True)
    other = wrong.replace(wrong.split("\n")[2], text(sha256(b"x").digest()))
    yield head("head/empty-tree/other-root", write_note(other, [HARBOUR.sign(other)]), False)


def head(name: str, note: str, is_valid: bool) -> dict[str, Any]:
    return {"name": name, "key": str(HARBOUR.key), "note": note, "valid": is_valid}
