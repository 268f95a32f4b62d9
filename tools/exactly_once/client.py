"""One process with several clients: `python -m tools.exactly_once.client HOME FIRST COUNT REPEATS OUTAGES SEED`."""

import os
import random
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from tools.exactly_once.ground import plan_outages, start_django


def main(arguments: Sequence[str]) -> int:
    home, numbers = Path(arguments[0]), [int(one) for one in arguments[1:]]
    first, count, repeats, outages, seed = numbers
    start_django(home)
    names = [name for name, _, _ in plan_outages(outages)]
    clients = [
        threading.Thread(target=repeat, args=(home, number, repeats, names, seed)) for number in range(first, first + count)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return 0


def repeat(home: Path, number: int, repeats: int, names: Sequence[str], seed: int) -> None:
    """One client: its deeds one after the other, until it did so many; what it did before it was killed counts."""
    from django.db import OperationalError, connections

    from tools.exactly_once.deeds import list_deeds

    deeds = list_deeds()
    journal = os.open(home / f"client-{number}", os.O_CREAT | os.O_RDWR)
    done = int(os.pread(journal, 20, 0) or b"0")
    chance = random.Random(f"{seed}/{number}/{done}")
    while done < repeats:
        deed = deeds[chance.choice(list(deeds))]
        try:
            deed(chance.choice(names), f"client-{number}")
        except OperationalError:
            continue  # the database had no time for it: asked again
        done += 1
        os.pwrite(journal, b"%-20d" % done, 0)
    os.close(journal)
    connections.close_all()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
