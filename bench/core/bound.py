"""The bound in C, asked the same questions as everybody. Run by bench.core with the path of the compiled library."""

import ctypes
import sys
from typing import Any

import numpy as np

from bench.core.measure import median_cpu, tell
from bench.core.questions import EXCLUSIONS, list_open_spans, make_batch, make_changes

SLOT = 1_800_000_000


def point(row: Any) -> ctypes.c_void_p:
    return ctypes.c_void_p(row.ctypes.data)


def measure_time(library: ctypes.CDLL, batch: int) -> dict[str, Any]:
    starts, ends, allowances = make_batch(batch)
    spans = list(list_open_spans())
    first = spans[0][0] // SLOT * SLOT
    is_open = np.zeros((spans[-1][1] - first) // SLOT + 2, np.uint8)
    for start, end in spans:
        is_open[(start - first) // SLOT : (end - first) // SLOT] = 1
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(is_open.astype(np.int64) * SLOT)))
    slots, found, many, since = np.flatnonzero(is_open), np.empty_like(starts), ctypes.c_int64(batch), ctypes.c_int64(first)

    def elapsed() -> None:
        library.elapsed(point(starts), point(ends), point(found), many, since, point(before), point(is_open))

    def due() -> None:
        known = (point(before), point(is_open), point(slots))
        library.due(point(starts), point(allowances), point(found), many, since, *known)

    told: dict[str, Any] = {"elapsed_many": median_cpu(elapsed) / batch * 1e9, "elapsed_sum": int(np.sum(found))}
    return {**told, "due_many": median_cpu(due) / batch * 1e9, "due_sum": int(np.sum(found - starts))}


def measure_down_time(library: ctypes.CDLL, services: int, changes: int) -> dict[str, Any]:
    at, is_up, excluded, first, last = make_changes(services, changes)
    up, down, base = np.ascontiguousarray(is_up, np.uint8), np.empty(services, np.int64), np.empty(services, np.int64)
    numbers = [ctypes.c_int64(number) for number in (services, changes, EXCLUSIONS, first, last)]

    def sweep() -> None:
        library.down_time(point(at), point(up), point(excluded), *numbers, point(down), point(base))

    return {"months": services / median_cpu(sweep), "down": int(np.sum(down)), "base": int(np.sum(base))}


if __name__ == "__main__":
    compiled = ctypes.CDLL(sys.argv[1])
    batch, services, changes = (int(number) for number in sys.argv[2:])
    tell(**measure_time(compiled, batch), **measure_down_time(compiled, services, changes))
