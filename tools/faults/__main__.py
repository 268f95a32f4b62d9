"""
Kill every process of a running demo, many times, at random moments, under load.

    python -m tools.faults [--kills 10] [--seed N] [--keep FOLDER]

The same seed draws the same order and pauses (what they meet depends on the machine). Ends with 0 when nothing that was
acknowledged is lost or doubled, every ledger verifies, no outage is made up or missed, and everything started again by
itself, or by the same command.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from tools.faults.load import Load, become_administrator
from tools.faults.reading import read_ledgers
from tools.faults.truth import Witness
from tools.faults.verdict import list_wrong
from tools.product import NotInTime, Product
from tools.with_postgres import find_free_port

SUPERVISOR = "supervisor"
VICTIMS = (SUPERVISOR, "signer", "web", "worker", "prober", "demo")
PAUSE_SECONDS = (0.3, 5.0)
QUIET_SECONDS = 16


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Kill every process of a running demo, under load.")
    parser.add_argument("--kills", type=int, default=10, help="how often each process is killed")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)), help="of the order and the pauses")
    parser.add_argument("--keep", type=Path, help="leave the home in this folder, to look at")
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}; the same again: python -m tools.faults --kills {given.kills} --seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="upheld-faults-", ignore_cleanup_errors=True) as folder:
        home = (given.keep or Path(folder)) / "home"
        home.mkdir(parents=True)
        return try_out(Product(home, find_free_port(), ("--demo",)), given.kills, random.Random(given.seed))


def try_out(product: Product, kills: int, chance: random.Random) -> int:
    """One whole run: its exit code."""
    back: dict[str, list[float]] = {victim: [] for victim in VICTIMS}
    problems: list[str] = []
    product.start()
    try:
        become_administrator(product)
        witness = Witness(json.loads((product.home / "demo/ports.json").read_text())["service"])
        witness.start()
        load = Load(product, chance)
        load.start()
        order = [victim for victim in VICTIMS for _ in range(kills)]
        chance.shuffle(order)
        for number, victim in enumerate(order, 1):
            time.sleep(chance.uniform(*PAUSE_SECONDS))
            back[victim].append(kill(product, victim))
            print(f"{number:>3} of {len(order)}: {victim:<10} back after {back[victim][-1]:5.1f} s", flush=True)
        load.end()
        product.do("demo", "mend")
        time.sleep(QUIET_SECONDS)
        witness.end()
    except (NotInTime, AssertionError) as problem:
        problems.append(str(problem))
    finally:
        problems += end(product)
    if not problems:
        problems += list_wrong(product.home, load.acknowledged, witness)
        tell(back, load, witness, product)
    for each in problems:
        print(f"WRONG: {each}")
    print(f"{len(problems)} wrong")
    return 1 if problems else 0


def kill(product: Product, victim: str) -> float:
    """SIGKILL, and the seconds until everything runs again: by itself, or after the same command for the supervisor."""
    began = time.monotonic()
    if victim == SUPERVISOR:
        assert product.process is not None
        product.process.kill()
        product.process.wait()
        product.start()
    else:
        process = product.find(victim)
        assert process is not None, f"{victim} does not run"
        os.kill(process, signal.SIGKILL)
        product.wait_until(lambda: product.find(victim) not in (None, process) and product.is_whole(), f"{victim} is back")
    return time.monotonic() - began


def end(product: Product) -> list[str]:
    """End it as an operator does; what was wrong with that."""
    try:
        code = product.stop()
    except NotInTime as problem:
        return [str(problem)]
    return [] if code == 0 else [f"upheld run ended with {code}:\n{product.read_log()}"]


def tell(back: dict[str, list[float]], load: Load, witness: Witness, product: Product) -> None:
    print(f"\n{'process':<12}{'kills':>6}{'back, median':>15}{'longest':>10}")
    for victim, seconds in back.items():
        print(f"{victim:<12}{len(seconds):>6}{sorted(seconds)[len(seconds) // 2]:>13.1f} s{max(seconds):>8.1f} s")
    done = load.acknowledged
    ledgers = read_ledgers(product.home)
    facts = [fact for ledger in ledgers.values() for fact in ledger.facts]
    told = f"{len(done.notes)} causes by the pages, {len(set(done.statements))} statements, {len(done.heads)} heads"
    print(f"\nacknowledged: {told}, {done.deeds} breaks and mends")
    print(f"no answer came {done.unknown} times, {len(done.refused)} deeds were refused")
    kinds = ("outage-opened/1", "outage-closed/1", "not-measured/1", "observations-sealed/1")
    told = ", ".join(f"{sum(fact['type'] == kind for fact in facts)} {kind[:-2]}" for kind in kinds)
    print(f"recorded: {len(facts)} facts ({told}), {sum(len(ledger.notes) for ledger in ledgers.values())} signed heads")
    print(f"truth: down {len(witness.down_spans())} times, looked at {len(witness.seen)} times\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
