"""Bytes sealed in frames: each one packed, then encrypted and vouched for with its name and place (AES-256-GCM)."""

import secrets
import zlib
from collections.abc import Iterable, Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from upheld.gateways.sealing.keys import SealKey

FRAME_BYTES = 1_048_576
NONCE_BYTES, LENGTH_BYTES = 12, 4
LEVEL = 6
LONGEST_FRAME = 2 * FRAME_BYTES


class NotSealed(ValueError):
    """Bytes that this key does not open: altered, cut short, or sealed under another one."""


def seal(key: SealKey, name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The frames of an entry: all of them are of `FRAME_BYTES`, but the last one, which says that it is the last."""
    waiting, number = bytearray(), 0
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > FRAME_BYTES:
            yield write_frame(key, name, number, bytes(waiting[:FRAME_BYTES]), is_last=False)
            del waiting[:FRAME_BYTES]
            number += 1
    yield write_frame(key, name, number, bytes(waiting), is_last=True)


def write_frame(key: SealKey, name: str, number: int, plain: bytes, *, is_last: bool) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key.secret).encrypt(nonce, zlib.compress(plain, LEVEL), place_of(name, number, is_last=is_last))
    return (len(sealed)).to_bytes(LENGTH_BYTES, "big") + nonce + sealed


def place_of(name: str, number: int, *, is_last: bool) -> bytes:
    return f"{name}\n{number}\n{'last' if is_last else 'more'}".encode()


def open_sealed(key: SealKey, name: str, file: IO[bytes]) -> Iterator[bytes]:
    """The bytes of an entry as they were. Raises NotSealed."""
    number = 0
    head = file.read(LENGTH_BYTES)
    while head:
        length = int.from_bytes(head, "big")
        nonce, sealed = file.read(NONCE_BYTES), file.read(min(length, LONGEST_FRAME))
        head = file.read(LENGTH_BYTES)
        try:
            packed = AESGCM(key.secret).decrypt(nonce, sealed, place_of(name, number, is_last=not head))
        except (InvalidTag, ValueError):
            raise NotSealed(f"{name}: {key.name} does not open frame {number + 1}") from None
        yield zlib.decompress(packed)
        number += 1
    if not number:
        raise NotSealed(f"{name}: there is nothing to open")
