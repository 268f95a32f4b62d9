"""Due instants of very many runs of clocks, reckoned anew; those that moved are told."""

import numpy as np
from numpy.typing import ArrayLike

from upheld.bulk.business_time import BusinessTime, require_pairs
from upheld.bulk.micros import read_micros
from upheld.core.service_hours import ServiceHours


def find_moved(
    hours: ServiceHours, ids: ArrayLike, starts: ArrayLike, allowances: ArrayLike, dues: ArrayLike
) -> list[tuple[int, int]]:
    """
    Of runs, in microseconds, each whose due instant is another one by these hours: the due instant and the id, in the
    order of the ids. Raises NeverOpen for hours that never open again, NotMicros for anything but whole numbers.
    """
    named, known = read_micros(ids, "ids"), read_micros(dues, "dues")
    require_pairs(named, known, "ids", "dues")
    due = BusinessTime(hours).due(starts, allowances)
    require_pairs(named, due, "ids", "starts")
    moved = np.flatnonzero(due != known)
    # A database writes rows fastest in the order in which it keeps them.
    if (np.diff(named[moved]) < 0).any():
        moved = moved[np.argsort(named[moved], kind="stable")]
    return list(zip(due[moved].tolist(), named[moved].tolist(), strict=True))
