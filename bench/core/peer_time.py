"""workclock, a calendar written in Rust, with the same questions. Run by bench.core in the environment of the peers."""

import sys
from importlib import import_module

import numpy as np

from bench.core.measure import median_cpu, nanoseconds_each, tell
from bench.core.questions import CLOSES, LONDON, OPENS, list_holidays, make_batch, make_singles


def measure(count: int, batch: int) -> None:
    workclock = import_module("workclock")
    schedule = workclock.Schedule(
        [workclock.WorkDay(OPENS, CLOSES), workclock.Holidays(list_holidays())], time_zone=LONDON
    )
    singles = make_singles(count)
    starts, ends, allowances = make_batch(batch)
    begun, done, allowed = starts.astype("M8[us]"), ends.astype("M8[us]"), allowances.astype("m8[us]")
    elapsed, due = schedule.between_many(begun, done), schedule.add_many(begun, allowed)
    tell(
        elapsed_one=nanoseconds_each(schedule.between, [(start, end) for start, end, _ in singles]),
        due_one=nanoseconds_each(schedule.add, [(start, allowance) for start, _, allowance in singles]),
        elapsed_many=median_cpu(lambda: schedule.between_many(begun, done), 3) / batch * 1e9,
        due_many=median_cpu(lambda: schedule.add_many(begun, allowed), 3) / batch * 1e9,
        elapsed_sum=int(np.sum(elapsed.astype("m8[us]").astype(np.int64))),
        due_sum=int(np.sum((due.astype("M8[us]") - begun).astype(np.int64))),
    )


if __name__ == "__main__":
    measure(int(sys.argv[1]), int(sys.argv[2]))
