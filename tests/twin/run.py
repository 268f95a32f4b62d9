"""
So many questions to the judge and to its naive twin: python -m tests.twin.run QUESTIONS [SEED] [--calendars]

Half of them are about calendars (with --calendars all are); half are figures of statements, from histories made by chance.
Prints the seed, with which the same questions come again, how many answers of whom were compared, and each difference;
exits with 1 on any.
"""

import argparse
import secrets
import sys
import time
from itertools import count

from tests.core.naive.history import make_history, write_facts
from tests.core.naive.test_twin import expect, figures, state
from tests.twin.compare import compare_calendars

MOST_SHOWN = 10


def compare_histories(questions: int, seed: int) -> tuple[int, int, list[str]]:
    """At least so many figures of statements: how many, from how many histories, and the differences."""
    asked = 0
    differences: list[str] = []
    for number in count():
        if asked >= questions:
            return asked, number, differences
        made = make_history(seed + number)
        expected, actual = expect(made), figures(made, state(made, write_facts(made)))
        for name in expected:
            # A claim and a window are a question each: what became of it.
            asked += len(expected[name]) if name in ("claims", "windows", "interruptions") else 1
            if expected[name] != actual[name]:
                differences.append(f"history {seed + number}: {name} is {actual[name]}, naive {expected[name]}")
    raise AssertionError("the histories ran out")


def ask_calendars(questions: int, seed: int) -> tuple[int, list[str]]:
    began = time.monotonic()
    tally = compare_calendars(questions, seed)
    told = ", ".join(f"{who} {number:,}" for who, number in tally.compared.items())
    print(
        f"calendars: {tally.asked:,} questions, answers compared: {told}; {tally.beyond:,} more lie beyond the weeks that "
        f"were marked; {len(tally.differences)} differences; {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return tally.asked, tally.differences


def ask_statements(questions: int, seed: int) -> tuple[int, list[str]]:
    began = time.monotonic()
    asked, histories, differences = compare_histories(questions, seed)
    print(
        f"statements: {asked:,} figures of {histories:,} histories; {len(differences)} differences; "
        f"{time.monotonic() - began:.0f} s",
        flush=True,
    )
    return asked, differences


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.twin.run", description="The judge beside its naive twin.")
    parser.add_argument("questions", type=int)
    parser.add_argument("seed", type=int, nargs="?", default=secrets.randbelow(10**6))
    parser.add_argument("--calendars", action="store_true", help="ask about calendars alone")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    half = 0 if chosen.calendars else chosen.questions // 2
    asked, wrong = ask_calendars(chosen.questions - half, chosen.seed)
    if half:
        more, others = ask_statements(half, chosen.seed)
        asked, wrong = asked + more, wrong + others
    print("\n".join((*wrong[:MOST_SHOWN], f"{asked:,} questions, {len(wrong)} differences")))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
