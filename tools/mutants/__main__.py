"""
`python -m tools.mutants [N] [SEED]` tries N mutants of the core (0: every one), drawn by a seed, and lists the survivors.

All tests of the core and the examples of the agreements run once on the right code, to see which of them come past which
line; a mutant is tried on those that come past its line, in the order of `stages`.
"""

import gc
import importlib
import random
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from tools.mutants.changes import Change, list_changes, write_mutant
from tools.mutants.reach import CORE, ROOT, Reach, join, measure
from tools.mutants.stages import list_stages
from tools.mutants.trial import try_mutant

REASONS = Path(__file__).with_name("survivors.txt")
LEAST = 90
WORKERS = 2
TESTS = ("tests/core", "tests/clauses")


def every_change() -> list[Change]:
    return [
        change
        for path in sorted(CORE.rglob("*.py"))
        for change in list_changes(name_of(path), str(path.relative_to(ROOT)), path.read_text("utf-8"))
    ]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def measure_all() -> Reach:
    """What every test reaches; in processes of their own, so that nothing under test is loaded here."""
    files = sorted(str(path.relative_to(ROOT)) for room in TESTS for path in (ROOT / room).rglob("test_*.py"))
    with ProcessPoolExecutor(WORKERS) as pool:
        return join(list(pool.map(measure, (files[at::WORKERS] for at in range(WORKERS)))))


def load(names: Iterable[str]) -> None:
    """Load what the tests need of others once, before a process is forked for each mutant."""
    for name in sorted(names):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
    gc.freeze()


MEASURED: list[Reach] = []
"""For the processes that judge: each is told once."""


def judge(change: Change) -> tuple[Change, str]:
    """What became of a mutant; one that is known to survive is not tried again."""
    if why_known(change):
        return change, "survived"
    mutant, reach = write_mutant(change), MEASURED[0]
    for tests in list_stages(change, reach):
        if (outcome := try_mutant(mutant, tests, reach.seconds)) != "survived":
            return change, outcome
    return change, "survived"


def why_known(change: Change) -> str:
    return read_reasons().get((change.path, change.what, change.is_of), "")


@cache
def read_reasons() -> dict[tuple[str, ...], str]:
    """Known survivors (path, change, line) with the reason why no test can tell them from the right code."""
    lines = (line.split(" :: ", 3) for line in REASONS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(path, what, text): why for path, what, text, why in lines}


def main() -> int:
    number, seed = (int(word) for word in (*sys.argv[1:], *("300", "1")[len(sys.argv) - 1 :]))
    changes = every_change()
    chosen = random.Random(seed).sample(changes, min(number or len(changes), len(changes)))
    print(f"{len(changes)} mutants of the core; {len(chosen)} tried, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as compiled:
        sys.pycache_prefix, sys.dont_write_bytecode = compiled, False
        reach = measure_all()
        if reach.failed:
            print("the tests fail on the right code; mend that first:", *reach.failed, sep="\n  ")
            return 1
        print(f"{len(reach.seconds)} tests, {sum(reach.seconds.values()):.0f} s in all, on the right code", flush=True)
        load(reach.loaded)
        return try_all(chosen, reach)


def try_all(chosen: list[Change], reach: Reach) -> int:
    killed = 0
    with ProcessPoolExecutor(WORKERS, initializer=MEASURED.append, initargs=(reach,)) as pool:
        for place, (change, outcome) in enumerate(pool.map(judge, chosen), 1):
            killed += outcome != "survived"
            if outcome == "survived":
                why = why_known(change)
                print(f"{change.path}:{change.line}: {change.what}: {change.is_of}{why and f' ({why})'}", flush=True)
            if place % 50 == 0:
                print(f"{place} tried, {killed} killed", flush=True)
    known = sum(bool(why_known(change)) for change in chosen)
    share = 100 * killed // max(len(chosen), 1)
    print(f"{killed} of {len(chosen)} killed ({share} %), {len(chosen) - killed} survived; at least {LEAST} % is asked")
    print(f"no test can tell {known} of those, each with its reason in {REASONS.name}")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
