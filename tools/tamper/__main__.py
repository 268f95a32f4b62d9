"""
`python -m tools.tamper N [SEED]`: N random tamperings, every single-row edit of a ledger, and untouched ledgers.

With FACTS and UNTOUCHED in the environment: the size of the ledger whose rows are edited one by one (5,000), and how many
untouched ledgers are checked (1,000). Ends with 1 where one tampering was missed, its first entry was not named, or an
untouched ledger was suspected.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from tools.tamper.start import start_installation

if TYPE_CHECKING:
    from tools.tamper.ledgers import Kept

SIZES = (2, 3, 8, 21, 64, 90)
TOLD_EVERY = 500
"""After how many single-row edits it is said how far the run is: it takes its time."""


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 10_000
    seed = int(arguments[1]) if len(arguments) > 1 else int.from_bytes(os.urandom(4), "big")
    start_installation()
    from tests.append_only import triggers_stand_aside

    print(f"to repeat this run: python -m tools.tamper {count} {seed}", flush=True)
    begun, spent = time.monotonic(), time.process_time()
    with triggers_stand_aside():
        missed = tamper_at_random(count, Random(seed))
        missed += edit_each_row(int(os.environ.get("FACTS", "5000")))
        suspected = check_untouched(int(os.environ.get("UNTOUCHED", "1000")), Random(seed))
    took = f"{time.monotonic() - begun:.0f} s, {time.process_time() - spent:.0f} s CPU"
    print(f"{took}; missed or misplaced: {len(missed)}; false alarms: {len(suspected)}")
    for line in (*missed[:20], *suspected[:20]):
        print(f"  {line}")
    return 1 if missed or suspected else 0


def tamper_at_random(count: int, random: Random) -> list[str]:
    from tools.tamper.kinds import KINDS
    from tools.tamper.ledgers import make_ledger

    ledgers = [
        make_ledger(f"size-{size}-{kept}", size, kept) for size in SIZES for kept in {size - size // 4, size} if kept > 1
    ]
    done, missed = Counter[str](), list[str]()
    by_head = 0
    for number in range(count):
        name = list(KINDS)[number % len(KINDS)]
        kept = random.choice(ledgers)

        def bend(kept: "Kept" = kept, name: str = name) -> int | None:
            return KINDS[name](random, kept)

        wrong, is_by_head_alone = judge(kept, name, bend)
        missed += wrong
        by_head += is_by_head_alone
        done[name] += 1
    told = ", ".join(f"{number} {name}" for name, number in sorted(done.items()))
    alone = f"{by_head} of them contradict nothing but the older head"
    print(f"random tamperings: {count} ({told}); {alone}; missed: {len(missed)}", flush=True)
    return missed


def judge(kept: "Kept", name: str, bend: Callable[[], int | None]) -> tuple[list[str], bool]:
    """Bend the ledger, look, and put everything back; what was missed, and whether the older head alone showed it."""
    from django.db import transaction

    from tools.tamper.ledgers import find_tampering

    with transaction.atomic():
        first = bend()
        found = find_tampering(kept)
        transaction.set_rollback(True)
    where = f"{name} in {kept.agreement}, first bad entry {first}"
    if not found.is_found:
        return [f"{where}: nothing was found"], False
    if found.first != first:
        return [f"{where}: entry {found.first} was named; {found.by_rows[:2]} {found.by_head}"], False
    return [], not found.by_rows


def edit_each_row(size: int) -> list[str]:
    from tools.tamper.kinds import edit_column
    from tools.tamper.ledgers import make_ledger

    kept, missed = make_ledger("each-row", size, size - size // 10), list[str]()
    for index in range(size):
        missed += judge(kept, "one column", lambda index=index: edit_column(kept, index))[0]  # type: ignore[misc]
        if (index + 1) % TOLD_EVERY == 0:
            print(f"single-row edits so far: {index + 1}; missed: {len(missed)}", flush=True)
    print(f"single-row edits: each of {size} rows; missed: {len(missed)}", flush=True)
    return missed


def check_untouched(count: int, random: Random) -> list[str]:
    from tools.tamper.ledgers import find_tampering, make_ledger

    suspected: list[str] = []
    for number in range(count):
        size = random.randrange(1, 60)
        found = find_tampering(make_ledger(f"untouched-{number}", size, random.randrange(1, size + 1)))
        suspected += [f"untouched-{number}: {found}"] if found.is_found or found.first is not None else []
    print(f"untouched ledgers: {count}")
    return suspected


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
