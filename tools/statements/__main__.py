"""
`python -m tools.statements N [SEED]`: N made-up statements of each shipped agreement, bundled, checked by both verifiers.

`upheld-verify` computes every value again, to the second and the cent; the second verifier checks the structure, in Node.
Ends with 1 where one value differs or one bundle is refused. Where facts came late, the restatement is checked too, and that
the first statement stands, byte for byte, in the longer ledger.
"""

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tools.cases.__main__ import load
from tools.statements.bound import Bound
from tools.statements.checking import find_differences, find_refusals
from tools.statements.history import Signed, make_history
from tools.statements.issuing import Bundled, issue_all
from upheld.core.explain import Verdict
from upheld.core.statement import Statement
from upheld.gateways.signing import FakeSigner

SHIPPED = Path(__file__).parents[2] / "agreements"
PROCESSES, AT_A_TIME = 2, 50
"""So many statements are checked by one start of Node; of what they need, nothing is looked for as garbage meanwhile."""


@dataclass
class Tally:
    """What was made and found; CPU in seconds, with that of Node."""

    statements: int = 0
    restated: int = 0
    bundles: int = 0
    facts: int = 0
    told: Counter[str] = field(default_factory=Counter)
    """What the statements say, so that it shows that they say something."""
    cpu: float = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.statements += other.statements
        self.restated += other.restated
        self.bundles += other.bundles
        self.facts += other.facts
        self.told += other.told
        self.cpu += other.cpu
        self.wrong += other.wrong

    def __str__(self) -> str:
        return (
            f"{self.statements} statements, {self.restated} of them restated after late facts; {self.facts} facts; "
            f"{', '.join(f'{count} {what}' for what, count in sorted(self.told.items()))}; "
            f"{self.bundles} bundles checked by both; differences and refusals: {len(self.wrong)}; {self.cpu:.0f} s CPU"
        )


@cache
def read_shipped(name: str) -> Signed:
    path = SHIPPED / f"{name}.md"
    agreement = load(path)
    return Signed.of(path.read_bytes(), agreement.document, agreement.calendars)


def check_some(name: str, seeds: range) -> Tally:
    """One statement for each seed, or two; whatever cannot be made counts as wrong."""
    begun, tally, signer = os.times(), Tally(), FakeSigner()
    signed, bundled, key = read_shipped(name), list[Bundled](), signer.verifier_key()
    issuing, verifying = Bound(), Bound()
    with garbage_left():
        for seed in seeds:
            try:
                with issuing.in_use():
                    history = make_history(signed, f"{name}-{seed}", seed, key)
                    made = issue_all(signed, history, signer)
            except Exception as wrong:
                tally.wrong.append(f"{name}, seed {seed}: it cannot be made: {wrong!r}")
                continue
            tally.statements += 1
            tally.restated += len(made) > 1
            tally.facts += len(history.facts)
            tally.told += count_told(made[0].statement)
            with verifying.in_use():
                tally.wrong += find_differences(made, key)
            bundled += made
        tally.bundles = len(bundled)
        tally.wrong += find_refusals(bundled, key)
    tally.cpu = sum(os.times()[:4]) - sum(begun[:4])
    return tally


@contextmanager
def garbage_left() -> Iterator[None]:
    """Looking for cycles again and again costs a fifth of the time, and there are next to none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


def count_told(statement: Statement) -> Counter[str]:
    """How many figures, promises missed, claims accepted, credits given, and facts that no figure could use."""
    judged = statement.judged
    return Counter({
        "figures": len(statement.findings),
        "missed": sum(1 for finding in statement.findings if finding.verdict is Verdict.MISSED),
        "claims": len(judged.claims),
        "claims accepted": sum(1 for claim in judged.claims if claim.checked.accepted),
        "credits given": sum(1 for credit in judged.credits if judged.granted(credit).units),
        "unusable facts": len(statement.held),
    })  # fmt: skip


def parts(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, AT_A_TIME):
        yield range(start, min(start + AT_A_TIME, first + count))


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 1000
    first = int(arguments[1]) if len(arguments) > 1 else int.from_bytes(os.urandom(3), "big")
    print(f"to repeat this run: python -m tools.statements {count} {first}", flush=True)
    begun, wrong = time.monotonic(), list[str]()
    with ProcessPoolExecutor(PROCESSES) as pool:
        for name in sorted(path.stem for path in SHIPPED.glob("*.md")):
            tally = Tally()
            for part in pool.map(check_some, *zip(*((name, seeds) for seeds in parts(first, count)), strict=True)):
                tally.add(part)
            print(f"{name}: {tally}", flush=True)
            wrong += tally.wrong
    print(f"{time.monotonic() - begun:.0f} s; differences and refusals: {len(wrong)}")
    for line in wrong[:30]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
