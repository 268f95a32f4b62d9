"""Columns of whole numbers as a database hands over very many of them at once: written as lists, or packed row by row."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from upheld.bulk.micros import NotMicros

Columns = NDArray[np.int64]
"""One row of the array for each column."""

BYTES = 8
NO_WHOLE_NUMBER = ("n", ".", "e", '"')
"""What stands in a list with an empty place, a fraction or words."""


def read_listed(lists: Sequence[str], rows: int) -> Columns:
    """Columns that are each written as a JSON list of whole numbers. Raises NotMicros unless each has `rows` of them."""
    read = np.empty((len(lists), rows), dtype=np.int64)
    for column, listed in zip(read, lists, strict=True):
        if any(mark in listed for mark in NO_WHOLE_NUMBER) or listed.count(",") != max(rows - 1, 0):
            raise NotMicros(f"expected a list of {rows} whole numbers, got {listed[:60]!r}")
        if rows:
            column[:] = np.fromstring(listed[1:-1], dtype=np.int64, sep=",")
    return read


def read_packed(packed: bytes, columns: int, rows: int) -> Columns:
    """Rows of 64-bit numbers, the highest byte first, one after the other. Raises NotMicros unless there are `rows`."""
    if len(packed) != rows * columns * BYTES:
        raise NotMicros(f"expected {rows} rows of {columns} numbers of {BYTES} bytes, got {len(packed)} bytes")
    return np.frombuffer(packed, dtype=">i8").reshape(rows, columns).T.astype(np.int64, order="C")
