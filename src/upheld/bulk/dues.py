"""Due instants of very many runs of clocks, reckoned anew; those that moved are told."""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np

from upheld.bulk.business_time import BusinessTime
from upheld.core.service_hours import ServiceHours

COLUMNS = 4


def find_moved(hours: ServiceHours, runs: Iterable[tuple[int, int, int, int]]) -> Iterator[tuple[int, int]]:
    """
    Of rows of (id, start, allowed, due), in microseconds, each whose due instant is another one by these hours: the due
    instant and the id, in the order of the ids given. Raises NeverOpen for hours that never open again.
    """
    table = np.fromiter(chain.from_iterable(runs), dtype=np.int64).reshape(-1, COLUMNS)
    due = BusinessTime(hours).due(table[:, 1].copy(), table[:, 2].copy())
    moved = np.flatnonzero(due != table[:, 3])
    yield from zip(due[moved].tolist(), table[moved, 0].tolist(), strict=True)
