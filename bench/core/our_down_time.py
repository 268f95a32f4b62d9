"""Our months of down time from changes of state less exclusions. Run by bench.core."""

import sys

import numpy as np

from bench.core.measure import median_cpu, peak_mb, tell
from bench.core.questions import EXCLUSIONS, SECOND, make_changes, scan_seconds
from upheld.bulk import SpansOf, measure_down_time
from upheld.core.timeline import Instant, Span

SCANNED = 20


def measure(services: int, changes: int) -> None:
    at, is_up, excluded, first, last = make_changes(services, changes)
    period = Span(Instant(first * SECOND), Instant(last * SECOND))
    offsets, changed_at = np.arange(services + 1) * changes, (at * SECOND).ravel()
    flat = (excluded * SECOND).reshape(-1, 2)
    leaves = SpansOf.of(np.arange(services + 1) * EXCLUSIONS, flat[:, 0], flat[:, 1])
    found = measure_down_time(period, offsets, changed_at, is_up.ravel(), leaves)
    cpu, peak = median_cpu(lambda: measure_down_time(period, offsets, changed_at, is_up.ravel(), leaves)), peak_mb()
    scanned = range(0, services, max(1, services // SCANNED))
    right = sum(
        (int(found.down[n]), int(found.base[n]))
        == tuple(length * SECOND for length in scan_seconds(at[n], is_up[n], excluded[n], first, last))
        for n in scanned
    )
    tell(
        months=services / cpu, peak_mb=peak, scanned=len(scanned), right=right,
        down=int(found.down.sum()) // SECOND, base=int(found.base.sum()) // SECOND,
    )  # fmt: skip


if __name__ == "__main__":
    measure(int(sys.argv[1]), int(sys.argv[2]))
