"""Signing with an Ed25519 key that lies in a file outside the database: whoever reads a dump of the rows cannot sign."""

import stat
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from upheld.core.proof import (
    NotAVerifierKey,
    NotBase64,
    VerifierKey,
    ed25519_key,
    note_to_sign,
    parse_base64,
    signature_line,
    write_base64,
)
from upheld.gateways.signing.kept import keep_once, publish

ED25519 = b"\x01"
SEED_SIZE = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class NotASigningKey(ValueError):
    """A key file that cannot be used; the message says why and what to do."""


class KeyFileSigner:
    """Signs with one key. Made by `open_key_file`."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._key = key_of(name, seed)

    def sign(self, text: str) -> str:
        """The signature line under `text`. Ed25519 has no chance in it: the same text gives the same line."""
        return signature_line(self._key, self._private.sign(note_to_sign(text)))

    def verifier_key(self) -> str:
        return str(self._key)


def open_key_file(folder: Path, name: str) -> KeyFileSigner:
    """
    The signer whose key is `signing.key` in `folder`; made at the first start, under `name`, readable by its owner alone.

    Beside it lies `signing.vkey`, the public half, for everybody. The key keeps the name that it was made with, whatever
    `name` says later: customers hold it. Raises NotASigningKey.
    """
    path = folder / "signing.key"
    written = keep_once(path, lambda: write_key(name, Ed25519PrivateKey.generate().private_bytes_raw()))
    if path.stat().st_mode & OTHERS:
        raise NotASigningKey(
            f"{path}: others may read this key; make it yours alone (chmod 600 {path}) and think of changing it"
        )
    signer = KeyFileSigner(*read_key(written, path))
    publish(folder / "signing.vkey", (signer.verifier_key() + "\n").encode())
    return signer


def key_of(name: str, seed: bytes) -> VerifierKey:
    return ed25519_key(name, Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def write_key(name: str, seed: bytes) -> bytes:
    """One line: `PRIVATE+KEY+name+id+key`, as Go's note package writes it."""
    key = key_of(name, seed)
    return f"PRIVATE+KEY+{name}+{key.key_id.hex()}+{write_base64(ED25519 + seed)}\n".encode()


def read_key(written: bytes, path: Path) -> tuple[str, bytes]:
    """Name and seed of a key file; raises NotASigningKey without quoting what it holds."""
    refusal = NotASigningKey(
        f"{path}: not one line PRIVATE+KEY+name+id+key of an Ed25519 key; restore the file from its backup"
    )
    try:
        parts = written.decode().removesuffix("\n").split("+", 4)
        material = parse_base64(parts[4]) if len(parts) == 5 and parts[:2] == ["PRIVATE", "KEY"] else b""
    except (UnicodeDecodeError, NotBase64):
        raise refusal from None
    if material[:1] != ED25519 or len(material) != 1 + SEED_SIZE:
        raise refusal
    try:
        key = key_of(parts[2], material[1:])
    except NotAVerifierKey:
        raise refusal from None
    if key.key_id.hex() != parts[3]:
        raise refusal
    return parts[2], material[1:]


def seed_from_words(words: str) -> bytes:
    """A seed that anybody can make again: for tests and published vectors, never for a key that is to prove something."""
    return sha256(words.encode()).digest()
