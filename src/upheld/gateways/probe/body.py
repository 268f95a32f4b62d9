"""Looking for a text in a body that comes in pieces, perhaps packed, and perhaps made to never end."""

from __future__ import annotations

import zlib

BODY_LIMIT = 1_048_576  # bytes read of one body, after unpacking
_PACKED = {b"gzip": 31, b"x-gzip": 31, b"deflate": 15}  # encoding -> zlib's wbits


class UnreadableBody(Exception):
    """The body cannot be unpacked; the text says why."""


class Body:
    """Search of one text in one body. Keeps only as much as a text across two pieces needs."""

    __slots__ = ("_kept", "_text", "_unpacker", "_wbits", "is_found", "size")

    def __init__(self, text: bytes, encoding: bytes = b"") -> None:
        self._text = text
        self._kept = b""
        self.is_found = False
        self.size = 0
        encoding = encoding.strip().lower()
        self._wbits = 0 if encoding in (b"", b"identity") else _PACKED.get(encoding, -1)
        if self._wbits < 0:
            raise UnreadableBody(f"the body is packed as {encoding[:40]!r}; expected gzip, deflate or plain")
        self._unpacker = zlib.decompressobj(self._wbits) if self._wbits else None

    @property
    def is_full(self) -> bool:
        """True when the limit is reached: nothing more will be looked at."""
        return self.size >= BODY_LIMIT

    def take(self, piece: bytes) -> None:
        """Look at one more piece. Raises UnreadableBody."""
        if self._unpacker is None:
            self._search(piece[: BODY_LIMIT - self.size])
            return
        while piece and not self.is_found and not self.is_full:
            try:
                plain = self._unpacker.decompress(piece, BODY_LIMIT - self.size)
            except zlib.error as problem:
                raise UnreadableBody(f"the body cannot be unpacked: {problem}") from None
            self._search(plain)
            piece = self._unpacker.unconsumed_tail
            if self._unpacker.eof:  # RFC 1952 2.2: a gzip body may have several members
                piece = self._unpacker.unused_data
                self._unpacker = zlib.decompressobj(self._wbits)

    def _search(self, plain: bytes) -> None:
        self.size += len(plain)
        if self.is_found:
            return
        if self._text in plain:
            self.is_found = True
            return
        joined = self._kept + plain
        self.is_found = self._text in joined
        self._kept = joined[-(len(self._text) - 1) :] if len(self._text) > 1 else b""
