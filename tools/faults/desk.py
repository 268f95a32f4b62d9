"""
Kill worker and web of a running demo, many times, while a thousand things are done at its desk.

    python -m tools.faults.desk [--deeds 1000] [--kills 20] [--seed N] [--keep FOLDER]

Ends with 0 when everything that was acknowledged is there once, nothing was sent twice, every ledger verifies, and the
clocks of the queue are those that the core finds anew.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tools.faults.__main__ import end, kill
from tools.faults.deeds import DESK, DeskLoad, get_token
from tools.faults.kept import list_wrong
from tools.faults.load import become_administrator
from tools.product import NotInTime, Product
from tools.with_postgres import find_free_port

VICTIMS = ("web", "worker")
PAUSE_SECONDS = (0.5, 4.0)
DRAIN_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Kill worker and web while a thousand things are done at the desk.")
    parser.add_argument("--deeds", type=int, default=1000, help="how many deeds are acknowledged")
    parser.add_argument("--kills", type=int, default=20, help="how often one of the two is killed")
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)), help="of deeds, order and pauses")
    parser.add_argument("--keep", type=Path, help="leave the home in this folder, to look at")
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}; the same again: python -m tools.faults.desk --seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="upheld-faults-", ignore_cleanup_errors=True) as folder:
        home = (given.keep or Path(folder)) / "home"
        home.mkdir(parents=True)
        return try_out(home, given.deeds, given.kills, random.Random(given.seed))


def try_out(home: Path, deeds: int, kills: int, chance: random.Random) -> int:
    """One whole run: its exit code."""
    door = find_free_port()
    more = {"UPHELD_INBOX_LISTEN": f"lmtp://127.0.0.1:{door}", "UPHELD_INBOX_ADDRESSES": DESK}
    product = Product(home, find_free_port(), ("--demo",), more=more)
    problems: list[str] = []
    product.start()
    try:
        become_administrator(product)
        load = DeskLoad(product, door, get_token(product), deeds, chance)
        load.start()
        for number in range(1, kills + 1):
            time.sleep(chance.uniform(*PAUSE_SECONDS))
            victim = chance.choice(VICTIMS)
            print(f"{number:>3} of {kills}: {victim:<7} back after {kill(product, victim):5.1f} s", flush=True)
        load.join()
        problems += load.problems
        drain(product)
    except (NotInTime, AssertionError) as problem:
        problems.append(str(problem))
    finally:
        problems += end(product)
    if not problems:
        problems += list_wrong(home, load.done)
        done = load.done
        print(f"\nacknowledged: {len(done.mails)} mails, {len(done.tickets)} tickets, {len(done.messages)} messages, "
              f"{done.decided} decisions; sent again {done.repeated} times, refused {len(done.refused)}")  # fmt: skip
    for each in problems:
        print(f"WRONG: {each}")
    print(f"{len(problems)} wrong")
    return 1 if problems else 0


def drain(product: Product) -> None:
    """Let the worker finish what waits: mails that were kept, answers that are to leave."""
    import sqlite3

    def is_empty() -> bool:
        with sqlite3.connect(f"file:{product.home}/upheld.sqlite3?mode=ro", uri=True, timeout=10) as rows:
            [[waiting]] = rows.execute("SELECT count(*) FROM desk_inbound WHERE state = 'waiting'").fetchall()
            [[unsent]] = rows.execute("SELECT count(*) FROM oncall_message WHERE due_at IS NOT NULL").fetchall()
            [[unwritten]] = rows.execute(
                "SELECT count(*) FROM desk_message m JOIN desk_ticket t ON t.id = m.ticket_id WHERE m.outgoing_id IS NULL"
                " AND m.is_public AND m.inbound_id IS NULL AND m.author <> 'customer' AND t.address LIKE '%@%'"
            ).fetchall()
        return not (waiting or unsent or unwritten)

    product.wait_until(is_empty, "nothing waits at the desk", DRAIN_SECONDS * 3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
