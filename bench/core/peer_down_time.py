"""The same months by data frames, as one would write it in each. Run by bench.core in the environment of the peers."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from bench.core.measure import median_cpu, peak_mb, tell
from bench.core.questions import EXCLUSIONS, make_changes

Rows = dict[str, Any]
Answer = Callable[[], tuple[Any, Any]]


def by_pandas(changes: Rows, excluded: Rows, services: int, first: int, last: int) -> Answer:
    """Down spans merged with the exclusions of their service; what they share is clipped and summed."""
    pandas = import_module("pandas")

    def answer() -> tuple[Any, Any]:
        rows, work = pandas.DataFrame(changes), pandas.DataFrame(excluded)
        rows["until"] = rows.groupby("service")["at"].shift(-1).fillna(last).astype("int64")
        down = rows[~rows["up"]]
        total = (down["until"] - down["at"]).groupby(down["service"]).sum().reindex(range(services), fill_value=0)
        met = down.merge(work, on="service")
        shared = (np.minimum(met["until"], met["end"]) - np.maximum(met["at"], met["start"])).clip(lower=0)
        less = shared.groupby(met["service"]).sum().reindex(range(services), fill_value=0)
        left = (work["end"] - work["start"]).groupby(work["service"]).sum()
        return (total - less).to_numpy(), (last - first - left).to_numpy()

    return answer


def by_polars(changes: Rows, excluded: Rows, services: int, first: int, last: int) -> Answer:
    pl = import_module("polars")

    def answer() -> tuple[Any, Any]:
        until = pl.col("at").shift(-1).over("service").fill_null(last)
        down = pl.LazyFrame(changes).with_columns(until=until).filter(~pl.col("up"))
        work = pl.LazyFrame(excluded)
        shared = pl.min_horizontal("until", "end") - pl.max_horizontal("at", "start")
        met = down.join(work, on="service").select("service", shared=shared.clip(lower_bound=0))
        less = met.group_by("service").agg(pl.col("shared").sum())
        left = work.group_by("service").agg(left=(pl.col("end") - pl.col("start")).sum())
        total = down.group_by("service").agg(total=(pl.col("until") - pl.col("at")).sum())
        found = total.join(less, on="service", how="left").join(left, on="service").sort("service").collect()
        return (found["total"] - found["shared"].fill_null(0)).to_numpy(), last - first - found["left"].to_numpy()

    return answer


def by_duckdb(changes: Rows, excluded: Rows, services: int, first: int, last: int) -> Answer:
    duckdb, polars = import_module("duckdb"), import_module("polars")
    asked = f"""
        with spans as (select service, "at", up,
                              coalesce(lead("at") over (partition by service order by "at"), {last}) as until from changes),
             down as (select * from spans where not up),
             less as (select service, sum(greatest(0, least(until, "end") - greatest("at", start))) as shared
                      from down join excluded using (service) group by service),
             total as (select service, sum(until - "at") as total from down group by service),
             work as (select service, sum("end" - start) as work from excluded group by service)
        select total - coalesce(shared, 0) as down, {last - first} - work as base
        from total left join less using (service) join work using (service) order by service"""

    def answer() -> tuple[Any, Any]:
        with duckdb.connect() as connection:
            connection.register("changes", polars.DataFrame(changes))
            connection.register("excluded", polars.DataFrame(excluded))
            found = connection.execute(asked).fetchnumpy()
        return found["down"].astype("int64"), found["base"].astype("int64")

    return answer


ENGINES = {"pandas": by_pandas, "polars": by_polars, "duckdb": by_duckdb}


def measure(engine: str, services: int, changes: int) -> None:
    at, is_up, excluded, first, last = make_changes(services, changes)
    owners = np.arange(services, dtype=np.int32)
    rows = {"service": np.repeat(owners, changes), "at": at.ravel(), "up": is_up.ravel()}
    work = {"service": np.repeat(owners, EXCLUSIONS), "start": excluded[:, :, 0].ravel(), "end": excluded[:, :, 1].ravel()}
    answer = ENGINES[engine](rows, work, services, first, last)
    down, base = answer()
    cpu = median_cpu(answer, 3)
    tell(months=services / cpu, peak_mb=peak_mb(), down=int(down.sum()), base=int(base.sum()))


if __name__ == "__main__":
    measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
