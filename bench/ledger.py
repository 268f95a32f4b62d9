"""
Facts recorded in a second, durable and in the tree, by the product's own service; beside the bare database and one fsync.

    python -m bench.ledger [SECONDS]

Runs on a home of its own: SQLite, or the PostgreSQL that UPHELD_DATABASE_URL names (`python -m tools.with_postgres` starts
one, which does not wait for the disk). Each line is one JSON object; `group` is how many facts one transaction records.
"""

import json
import os
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

GROUPS = (1, 10, 100, 1000)
NOON_US = 1_771_070_400_000_000
PAGE = 4096


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        show("one page written and synced", measure_fsync(Path(folder)))
        for group in GROUPS:
            show("bare SQLite rows", measure(insert_bare(Path(folder), group), group, seconds))
        open_installation(Path(folder))
        for group in GROUPS:
            show("facts recorded", measure(record_facts(group), group, seconds))
        show("proofs", measure_proofs(seconds))


def show(what: str, figures: dict[str, Any]) -> None:
    print(json.dumps({"what": what, **figures}), flush=True)


def measure(step: Callable[[], object], group: int, seconds: float) -> dict[str, Any]:
    """Repeat a step for so long; facts a second, CPU of a fact, and how long the slowest hundredth of the commits took."""
    took: list[float] = []
    began, cpu = time.perf_counter(), used_cpu()
    while time.perf_counter() - began < seconds or len(took) < 3:
        before = time.perf_counter()
        step()
        took.append(time.perf_counter() - before)
    wall = time.perf_counter() - began
    facts = len(took) * group
    took.sort()
    return {
        "group": group,
        "facts_per_second": int(facts / wall),
        "commits_per_second": int(len(took) / wall),
        "cpu_us_per_fact": int((used_cpu() - cpu) / facts * 1e6),
        "slowest_hundredth_ms": int(took[int(len(took) * 0.99)] * 1e4) / 10,
    }


def used_cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def measure_fsync(folder: Path) -> dict[str, Any]:
    """What the disk allows: a page in the middle of a file, written and synced."""
    opened = os.open(folder / "pages", os.O_RDWR | os.O_CREAT)
    os.write(opened, bytes(PAGE * 300))
    os.fsync(opened)
    took = []
    for place in range(300):
        before = time.perf_counter()
        os.pwrite(opened, b"x" * PAGE, place * PAGE)
        os.fdatasync(opened)
        took.append(time.perf_counter() - before)
    os.close(opened)
    return {"per_second": int(1 / statistics.median(took)), "median_us": int(statistics.median(took) * 1e6)}


def insert_bare(folder: Path, group: int) -> Callable[[], None]:
    """The same bytes as rows of one table, without tree, index or framework: the bound of this database."""
    opened = sqlite3.connect(folder / f"bare-{group}.sqlite3", isolation_level=None)
    opened.execute("PRAGMA journal_mode=WAL")
    opened.execute("PRAGMA synchronous=FULL")
    opened.execute("CREATE TABLE bare (place INTEGER PRIMARY KEY, leaf BLOB)")
    leaf = b"x" * 200
    places = count_up()

    def step() -> None:
        opened.execute("BEGIN IMMEDIATE")
        opened.executemany("INSERT INTO bare VALUES (?, ?)", [(next(places), leaf) for _ in range(group)])
        opened.execute("COMMIT")

    return step


def count_up() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def open_installation(home: Path) -> None:
    os.environ |= {
        "UPHELD_HOME": str(home),
        "UPHELD_LOG_LEVEL": "error",
        "DJANGO_SETTINGS_MODULE": "upheld.project.settings",
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def record_facts(group: int) -> Callable[[], None]:
    from upheld.apps.ledger.services import record
    from upheld.core.facts import ObservationsSealed
    from upheld.core.timeline import Instant

    agreement, numbers, noon = f"bench-{group}", count_up(), Instant(NOON_US)

    def make(number: int) -> ObservationsSealed:
        return ObservationsSealed(
            id=f"sealed-{number}", agreement=agreement, occurred_at=noon, recorded_at=noon, source="prober",
            component="web", from_at=noon, to_at=noon, every=60_000_000, good=5, bad=0, unseen=0, digest="0" * 64,
        )  # fmt: skip

    return lambda: record(facts=[make(next(numbers)) for _ in range(group)])


def measure_proofs(seconds: float) -> dict[str, Any]:
    """Inclusion proofs from the stored hashes of the largest ledger that was just made."""
    from upheld.apps.ledger.queries import head_of, prove_inclusion

    head = head_of(f"bench-{GROUPS[-1]}")
    assert head is not None
    places = count_up()
    figures = measure(lambda: prove_inclusion(head.agreement, next(places) * 7919 % head.size, head.size), 1, seconds)
    return {"of_entries": head.size, "proofs_per_second": figures["facts_per_second"]}


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3)
