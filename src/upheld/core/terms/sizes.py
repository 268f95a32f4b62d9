"""Sizes of data: `100 GB` are decimal, `100 GiB` binary; exact numbers of bytes."""

import re
from dataclasses import dataclass
from fractions import Fraction

UNITS = ("kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "PiB")
STEPS = 5
"""Units of each system, every one a step above the one before it."""


@dataclass(frozen=True, slots=True)
class Size:
    """So many bytes, with the words that said so."""

    bytes: Fraction
    written: str

    def __str__(self) -> str:
        return self.written


def parse_size(text: str) -> Size | None:
    """
    A size of data; None where the text is none.

    >>> parse_size("100 GB").bytes
    Fraction(100000000000, 1)
    """
    found = re.fullmatch(rf"(\d+(?:\.\d+)?) (bytes?|{'|'.join(UNITS)})", text)
    if not found:
        return None
    if found[2].startswith("byte"):
        return Size(Fraction(found[1]), text)
    at = UNITS.index(found[2])
    unit = 1000 ** (at + 1) if at < STEPS else 1024 ** (at - STEPS + 1)
    return Size(Fraction(found[1]) * unit, text)
