"""The statement of a month from a busy year of one agreement, and the start of the judge. Run by bench.core."""

import subprocess
import sys
from pathlib import Path
from statistics import median

from bench.core.measure import median_cpu, tell
from bench.year_of_facts import make_year
from upheld.core.proof import canonical_bytes
from upheld.core.statement import Statement, build
from upheld.core.timeline import Instant
from upheld.language import freeze_calendars, read_agreement

ROOT = Path(__file__).parents[2]
AGREEMENT = ROOT / "agreements" / "teamplify.md"
AS_OF = Instant.parse("2026-01-10T00:00Z")
# All rooms, by the interpreter alone: no packages, no site; its own start is not counted.
START = """
import sys, time
sys.path.insert(0, sys.argv[1])
import importlib, pkgutil
began = time.process_time()
import upheld.core
for room in pkgutil.iter_modules(upheld.core.__path__):
    importlib.import_module("upheld.core." + room.name)
print(time.process_time() - began)
"""
STARTS = 15


def measure(count: int) -> None:
    document, problems = read_agreement(AGREEMENT.read_text())
    if document is None:
        raise SystemExit(f"{AGREEMENT} cannot be read: {problems}")
    calendars, facts = freeze_calendars(document, 2024, 2028), make_year(count)

    def state(others: bool) -> Statement:
        return build(document, calendars, facts, "2025-06", AS_OF, others=others)

    stated = state(others=True)
    tell(
        facts=len(facts), outages=len(stated.judged.outages), figures=len(stated.findings),
        availability=stated.findings[0].shown,
        whole_s=median_cpu(lambda: canonical_bytes(state(others=True).to_json()), 5),
        figures_s=median_cpu(lambda: state(others=False), 5),
        start_ms=median(start() for _ in range(STARTS)) * 1000,
    )  # fmt: skip


def start() -> float:
    """CPU seconds until every room of core is there, compiled before."""
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", START, str(ROOT / "src")], check=True, capture_output=True, text=True
    )
    return float(ran.stdout)


if __name__ == "__main__":
    measure(int(sys.argv[1]))
