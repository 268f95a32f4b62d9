"""Arrays of whole microseconds."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Micros = NDArray[np.int64]

FAR = 1 << 60
"""Later than every instant that is asked about, with room to add to it."""


class NotMicros(ValueError):
    """An array that holds no whole numbers in one row."""


def read_micros(written: ArrayLike, name: str) -> Micros:
    """A row of whole microseconds, as it came where it was one already."""
    given = np.asarray(written)
    if given.ndim != 1 or (given.size and given.dtype.kind != "i"):
        raise NotMicros(
            f"{name}: expected a row of whole microseconds, got {given.dtype} in {given.ndim} dimensions; "
            "floats are not exact and are not taken"
        )
    return np.ascontiguousarray(given, dtype=np.int64)
