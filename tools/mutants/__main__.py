"""
`python -m tools.mutants [N] [SEED]` tries N mutants of the core (0: every one), drawn by a seed, and lists the survivors.

A mutant is tried on the tests of its room first, then on all of the core's, then on the examples of the agreements.
"""

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tools.mutants.changes import Mutant, list_mutants
from tools.mutants.trial import try_mutant

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src/upheld/core"
REASONS = Path(__file__).with_name("survivors.txt")
LEAST = 90
WORKERS = 2


def every_mutant() -> list[Mutant]:
    return [
        mutant
        for path in sorted(CORE.rglob("*.py"))
        for mutant in list_mutants(name_of(path), str(path.relative_to(ROOT)), path.read_text("utf-8"))
    ]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")


def tiers(mutant: Mutant) -> list[list[str]]:
    room = mutant.module.split(".")[2] if mutant.module.count(".") > 1 else ""
    near = [f"tests/core/{room}"] if (ROOT / "tests/core" / room).is_dir() and room else []
    return [near, ["tests/core"], ["tests/clauses"]] if near else [["tests/core"], ["tests/clauses"]]


def judge(mutant: Mutant) -> tuple[Mutant, str]:
    for tests in tiers(mutant):
        if (outcome := try_mutant(mutant, tests)) != "survived":
            return mutant, outcome
    return mutant, "survived"


def is_sound() -> bool:
    """Whether the tests pass where nothing was changed: else every mutant would seem to be noticed."""
    first = CORE / "__init__.py"
    right = Mutant(name_of(first), str(first.relative_to(ROOT)), 0, "nothing", first.read_text("utf-8"))
    return try_mutant(right, ["tests/core", "tests/clauses"]) == "survived"


def read_reasons() -> dict[str, str]:
    """Known survivors with the reason why no test can tell them from the right code."""
    lines = (line.split(" :: ") for line in REASONS.read_text("utf-8").splitlines() if " :: " in line)
    return {f"{path} {what}": why for path, what, why in lines}


def main() -> int:
    number, seed = (int(word) for word in (*sys.argv[1:], *("300", "1")[len(sys.argv) - 1 :]))
    mutants = every_mutant()
    chosen = random.Random(seed).sample(mutants, min(number or len(mutants), len(mutants)))
    print(f"{len(mutants)} mutants of the core; {len(chosen)} tried, seed {seed}", flush=True)
    if not is_sound():
        print("the tests fail on the right code; mend that first")
        return 1
    reasons, killed, survivors = read_reasons(), 0, []
    with ProcessPoolExecutor(WORKERS) as pool:
        for place, (mutant, outcome) in enumerate(pool.map(judge, chosen), 1):
            killed += outcome != "survived"
            if outcome == "survived":
                survivors.append(mutant)
                known = reasons.get(f"{mutant.path} {mutant.what}", "")
                print(f"{mutant.path}:{mutant.line}: {mutant.what}{f' ({known})' if known else ''}", flush=True)
            if place % 50 == 0:
                print(f"{place} tried, {killed} killed", flush=True)
    share = 100 * killed // max(len(chosen), 1)
    print(f"{killed} of {len(chosen)} killed ({share} %), {len(survivors)} survived; at least {LEAST} % is asked")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
