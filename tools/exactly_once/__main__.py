"""
Many clients propose, grant, invoice and tell the same things, are killed with SIGKILL and started again.

    python -m tools.exactly_once [--clients 64] [--repeats 1000] [--outages 40] [--kills 50] [--seed N]

Over SQLite in a temporary home, or over UPHELD_DATABASE_URL (an empty database; `tools.with_postgres` gives one). Ends with
0 when each credit, invoice and notice is there exactly once, and the sum equals what plain arithmetic says.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from tools.exactly_once.ground import lay_ground, reckon, start_django

PROCESSES = 4
LOOK_SECONDS = 0.05
KILLED_WITHIN = (0.05, 0.6)
"""The part of all deeds within which processes are killed: after it there is still something to lose."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Deeds over money, repeated by many clients that are killed.")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--repeats", type=int, default=1000, help="deeds of each client")
    parser.add_argument("--outages", type=int, default=40, help="each brings one credit, one invoice and one notice")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}: {given.clients} clients x {given.repeats} deeds, {given.kills} kills", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="upheld-once-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        start_django(home)
        lay_ground(given.outages)
        killed = run(home, given)
        return tell(home, given, killed, time.monotonic() - began)


def run(home: Path, given: argparse.Namespace) -> int:
    """Let every client come to its end; the processes that were killed on the way."""
    from django.db import connections

    connections.close_all()
    chance, number = random.Random(given.seed), min(PROCESSES, given.clients)
    shares = [given.clients * place // number for place in range(number + 1)]
    parts = [(first, last - first) for first, last in pairwise(shares)]
    running = {place: start(home, given, *part) for place, part in enumerate(parts)}
    began = {place: count_done(home, *part) for place, part in enumerate(parts)}
    deeds, killed = given.clients * given.repeats, 0
    due = sorted(chance.uniform(*KILLED_WITHIN) * deeds for _ in range(given.kills))
    while running:
        time.sleep(LOOK_SECONDS)
        for place, process in list(running.items()):
            if process.poll() == 0:
                del running[place]
            elif process.returncode is not None:
                running[place] = start(home, given, *parts[place])
        if killed == given.kills or count_done(home, 0, given.clients) < due[killed]:
            continue
        # Whoever is killed is in the middle of deeds: killed while it starts, it would prove nothing.
        working = [place for place in sorted(running) if count_done(home, *parts[place]) > began[place]]
        if working:
            place = chance.choice(working)
            running[place].send_signal(signal.SIGKILL)
            running[place].wait()
            killed += 1
            running[place], began[place] = start(home, given, *parts[place]), count_done(home, *parts[place])
    return killed


def count_done(home: Path, first: int, count: int) -> int:
    """The deeds that these clients have noted."""
    journals = [home / f"client-{number}" for number in range(first, first + count)]
    return sum(int(journal.read_text() or "0") for journal in journals if journal.exists())


def start(home: Path, given: argparse.Namespace, first: int, count: int) -> "subprocess.Popen[bytes]":
    numbers = (first, count, given.repeats, given.outages, given.seed)
    command = [sys.executable, "-m", "tools.exactly_once.client", str(home), *(str(one) for one in numbers)]
    return subprocess.Popen(command)


def tell(home: Path, given: argparse.Namespace, killed: int, seconds: float) -> int:
    """One last round of every deed, so that nothing waits for chance; then what is there, and what differs."""
    from tools.exactly_once.deeds import list_deeds
    from tools.exactly_once.reading import find_wrong

    expected = reckon(given.outages)
    for deed in list_deeds().values():
        for name in expected.names:
            deed(name, "the last round")
    done = count_done(home, 0, given.clients)
    wrong = find_wrong(expected)
    print(f"{done:,} deeds by {given.clients} clients, {killed} processes killed, {seconds:.0f} s")
    print(f"{len(expected.names)} credits, invoices and notices expected once each, {expected.cents} cents reckoned")
    for problem in wrong:
        print(f"wrong: {problem}")
    print("each exactly once, and the sum is equal" if not wrong else f"{len(wrong)} differences")
    return 1 if wrong or done != given.clients * given.repeats else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
